import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildBuyerPlan, splitLines, toCsv } from '../../../src/domain/buyer-plan.ts';
import { addDays, day } from '../../../src/domain/calendar.ts';
import { draftHomework, type Homework } from '../../../src/domain/homework.ts';
import type { DealId, HomeworkId } from '../../../src/domain/ids.ts';

const today = day('2026-11-23');
const deal = {
  account: 'Acme',
  name: 'Core platform',
  decisionOn: day('2026-12-18'),
  originalDecisionOn: day('2026-12-18'),
  feedbackAgreed: undefined,
};
const steady = { slips: 0, netDays: 0 };

function step(facts: Partial<Homework>): Homework {
  return draftHomework({
    id: '01STEP' as HomeworkId,
    dealId: '01DEAL' as DealId,
    side: 'buyer',
    title: 'List who signs',
    doer: { name: 'Dana Lee', personId: undefined, contactId: undefined },
    dueOn: day('2026-11-27'),
    doneWhen: 'Names are in the document',
    ...facts,
  });
}

const plan = (steps: readonly Homework[]) => buildBuyerPlan({ deal, steps, slips: steady, today });

describe('the buyer’s view of a plan', () => {
  it('says whose step it is from where they stand, who does it, by when and when it is done', () => {
    const us = { name: 'Anna', personId: undefined, contactId: undefined };
    const { text } = plan([
      step({ agreedOn: today, whyForThem: 'No surprise at the end' }),
      step({ side: 'seller', title: 'Send the pack', doer: us, doneWhen: '' }),
      step({ side: 'both', title: 'Kick-off', status: 'done', doneOn: day('2026-11-20') }),
      step({ title: 'Not needed', status: 'dropped' }),
    ]);
    expect(text.split('\n')).toEqual([
      'Shared plan: Acme · Core platform',
      'Decision: Fri 18 Dec',
      '',
      'Your steps',
      '• List who signs — Dana Lee, by Fri 27 Nov (agreed)',
      '  Done when: Names are in the document',
      '  Why it is worth it: No surprise at the end',
      '',
      'Our steps',
      '• Send the pack — Anna, by Fri 27 Nov (proposed)',
      '',
      'Done',
      '• Kick-off — Dana Lee, Fri 20 Nov',
      '',
      'Whichever way you go, will you tell us plainly what we should do better?',
    ]);
  });

  it('asks for their advice until they said yes or no to that', () => {
    for (const feedbackAgreed of [true, false]) {
      const answered = { ...deal, feedbackAgreed };
      const shown = buildBuyerPlan({ deal: answered, steps: [], slips: steady, today });
      expect(shown.asksEarly).toBe(false);
      expect(shown.text).not.toContain('Whichever way');
    }
  });

  it('keeps the first date beside the one that stands', () => {
    const moved = { ...deal, originalDecisionOn: day('2026-11-27') };
    const slips = { slips: 2, netDays: 21 };
    const { text } = buildBuyerPlan({ deal: moved, steps: [], slips, today });
    expect(text).toContain(
      'Decision: Fri 18 Dec (first Fri 27 Nov, moved out 2 times, now 21 days later)',
    );
    const later = { dueOn: day('2026-12-01'), originalDueOn: day('2026-11-27') };
    expect(plan([step(later)]).text).toContain('by Tue 1 Dec, first Fri 27 Nov (proposed)');
  });

  it('says that a step nobody understood is being worded anew, and not what was said of it', () => {
    const unclear = step({ status: 'needs_rewrite', pointless: true, confusing: true });
    const { text, csv } = plan([unclear]);
    expect(text).toContain('(we are wording this anew)');
    expect(`${text}${csv}`).not.toMatch(/pointless|confus/i);
  });

  it('has the same steps as CSV', () => {
    const { csv } = plan([step({}), step({ title: 'Say "yes", or no', side: 'seller' })]);
    expect(parse(csv)).toEqual([
      ['Whose', 'Step', 'Who', 'By', 'First date', 'Done when', 'State', 'Done on'],
      [
        'You',
        'List who signs',
        'Dana Lee',
        '2026-11-27',
        '2026-11-27',
        'Names are in the document',
        'proposed',
        '',
      ],
      [
        'We',
        'Say "yes", or no',
        'Dana Lee',
        '2026-11-27',
        '2026-11-27',
        'Names are in the document',
        'proposed',
        '',
      ],
    ]);
  });
});

describe('what the buyer must never read', () => {
  const secret = 'Between Us';
  const words = fc
    .array(
      fc.constantFrom('Homework', 'send', 'the', 'homework', '=cmd', '"a",', '@x', '-1', 'pack'),
    )
    .map((parts) => parts.join(' '));
  const steps = fc.array(
    fc.record({
      side: fc.constantFrom('buyer', 'seller', 'both', 'partner'),
      status: fc.constantFrom(
        'proposed',
        'agreed',
        'in_progress',
        'done',
        'accepted',
        'declined',
        'dropped',
        'superseded',
        'needs_rewrite',
      ),
      title: words,
      doneWhen: words,
      whyForThem: fc.option(words, { nil: undefined }),
      dueOn: fc.integer({ min: -60, max: 300 }).map((days) => addDays(today, days)),
      reaction: fc.constantFrom('keen', 'fine', 'blank', 'annoyed', undefined),
      confusing: fc.boolean(),
      pointless: fc.boolean(),
      gate: fc.boolean(),
    }),
    { maxLength: 40 },
  );
  const banned =
    /homework|health|stance|score|stall|at risk|pointless|confus|annoyed|keen|blank|gate|slip|late\b|lost|blame|Between Us/i;

  it('is in no plan at all, whatever its steps say', () => {
    fc.assert(
      fc.property(steps, fc.nat(9), (drawn, slips) => {
        const internal = { dropReason: secret, askedVia: secret, unlocks: secret };
        const full = drawn.map((facts) => step({ ...(facts as Partial<Homework>), ...internal }));
        const inside = { dateDriver: secret, problem: secret, pauseReason: secret };
        const shown = buildBuyerPlan({
          deal: { ...deal, ...inside },
          steps: full,
          slips: { slips, netDays: slips * 7 },
          today,
        });
        expect(shown.text).not.toMatch(banned);
        expect(shown.csv).not.toMatch(banned);
      }),
    );
  });

  it('is no formula in any cell, and every cell comes back as it was', () => {
    const cells = fc.array(
      fc.array(fc.string({ unit: 'grapheme' }), { minLength: 2, maxLength: 2 }),
      { minLength: 1 },
    );
    fc.assert(
      fc.property(cells, (rows) => {
        const read = parse(toCsv(rows), { relax_column_count: true }) as string[][];
        for (const [at, row] of rows.entries()) {
          for (const [column, cell] of row.entries()) {
            const came = read[at]?.[column] ?? '';
            expect(came).not.toMatch(/^[=+\-@]/);
            expect(came.replace(/^'/, '')).toBe(cell.replace(/^'/, ''));
          }
        }
      }),
    );
    expect(toCsv([['=1+1', '+1', '-1', '@x', 'a-b']])).toBe("'=1+1,'+1,'-1,'@x,a-b");
  });
});

describe('a text that is longer than an input', () => {
  it('is cut between its lines, each part short enough, and nothing is lost', () => {
    const text = Array.from({ length: 400 }, (_, at) => `Line ${at} of the plan`).join('\n');
    const parts = splitLines(text, 3000);
    expect(parts.length).toBeGreaterThan(1);
    expect(Math.max(...parts.map(({ length }) => length))).toBeLessThanOrEqual(3000);
    expect(parts.join('\n')).toBe(text);
  });

  it('is cut inside a line only where one line alone is too long, never inside a character', () => {
    expect(splitLines('abcdef', 4)).toEqual(['abcd', 'ef']);
    expect(splitLines('a😀😀b', 4)).toEqual(['a😀', '😀b']);
  });
});
