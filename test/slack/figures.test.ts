import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { validateMessage } from '../../sandbox/server/block-kit.ts';
import { barFigure, messageOf, pieFigure, tableFigure } from '../../src/slack/figures.ts';

const complaintsOf = (message: { text: string; blocks: unknown }) =>
  validateMessage({ text: message.text, blocks: message.blocks } as never, []);

const label = fc.string({ minLength: 0, maxLength: 60 });
const counts = fc.array(fc.record({ label, value: fc.nat(100_000) }), { maxLength: 30 });

describe('charts and tables', () => {
  it('are what Slack takes, whatever labels and numbers they are made of', () => {
    fc.assert(
      fc.property(counts, counts, (bars, slices) => {
        const bar = barFigure({
          title: 'A title that is a good deal longer than Slack lets a chart’s title be',
          categories: ['one', ...bars.map((one) => one.label)],
          series: [{ name: 'Won', values: bars.map(({ value }) => value) }],
          unit: 'deals',
        });
        const pie = pieFigure({ title: 'Pie', slices });
        const table = tableFigure('Table', [
          ['What', 'n'],
          ...bars.map((one) => [one.label, String(one.value)]),
        ]);
        const message = messageOf([bar, ...(pie ? [pie] : []), table]);
        expect(complaintsOf(message)).toEqual([]);
      }),
      { numRuns: 40 },
    );
  });

  it('leave a pie of nothing out', () => {
    expect(pieFigure({ title: 'Pie', slices: [{ label: 'a', value: 0 }] })).toBeUndefined();
  });

  it('put what is more than six slices into one', () => {
    const slices = Array.from({ length: 9 }, (_, at) => ({ label: `s${at}`, value: 10 - at }));
    const said = pieFigure({ title: 'Pie', slices })?.says ?? '';
    expect(said).toContain('All others: 14');
  });

  it('cut a table at what Slack shows and say how much is left out', () => {
    const rows = Array.from({ length: 300 }, (_, at) => [`row ${at}`, 'x'.repeat(200)]);
    const figure = tableFigure('Table', [['What', 'n'], ...rows]);
    const message = messageOf([figure]);
    expect(complaintsOf(message)).toEqual([]);
    expect(figure.says).toMatch(/25\d more rows are left out/);
  });

  it('come with a form that has none of them and says the same', () => {
    const bar = barFigure({
      title: 'Won',
      categories: ['Mon', 'Tue'],
      series: [{ name: 'Won', values: [1, 2] }],
      unit: 'deals',
    });
    const message = messageOf([
      bar,
      bar,
      bar,
      tableFigure('T', [
        ['a', 'b'],
        ['c', 'd'],
      ]),
    ]);
    const types = (blocks: readonly { type: string }[]) => blocks.map(({ type }) => type);
    expect(types(message.blocks).filter((type) => type === 'data_visualization')).toHaveLength(2);
    expect(types(message.fallback ?? [])).not.toContain('data_visualization');
    expect(types(message.fallback ?? [])).not.toContain('table');
    expect(JSON.stringify(message.fallback)).toContain('Tue: Won 2');
    expect(message.text).toContain('Tue: Won 2');
  });
});
