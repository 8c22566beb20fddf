import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { OpenDeal } from '../../../src/domain/deal.ts';
import type { Person } from '../../../src/domain/person.ts';
import { startWorld, type World } from '../../support/homeroom.ts';
import { createSeed, type Seed } from '../../support/seed.ts';

let world: World;
let seed: Seed;
let anna: Person;
let acme: OpenDeal;

beforeEach(async () => {
  world = await startWorld();
  seed = createSeed(world.app, world.clock);
  anna = await seed.person('U0ANNA', 'Anna Snelling');
  acme = await seed.deal({ account: 'Acme', owner: anna });
});
afterEach(() => world.stop());

/** What Anna reads on Tuesday 24 November about one step. */
async function read(title: string, dueOn: string, doer: Person | string): Promise<string> {
  await seed.step(acme, { title, dueOn, doer });
  await world.goTo('2026-11-24T14:00:00Z');
  return world.anna.dm()[0]?.text.split('\n')[1] ?? '';
}

describe('what a bundle asks', () => {
  const ours = 'Send the pack (Acme · Core platform): ';
  const theirs = 'Name the signers (Acme · Core platform): ';

  it.each([
    ['2026-11-19', 'It slipped past Thu 19 Nov. What gets in the way?'],
    ['2026-11-24', 'It is due today. Will it be done?'],
    ['2026-11-26', 'It is due Thu 26 Nov. On track?'],
  ])('asks about our own step due on %s', async (dueOn, asked) => {
    expect(await read('Send the pack', dueOn, anna)).toBe(ours + asked);
  });

  it.each([
    [
      '2026-11-19',
      'Dana Lee’s step is 3 business days past Thu 19 Nov. Is it done, or is another day better?',
    ],
    [
      '2026-11-23',
      'Dana Lee’s step is 1 business day past Mon 23 Nov. Is it done, or is another day better?',
    ],
    ['2026-11-24', 'Dana Lee’s step is due today. Have you heard from them?'],
    ['2026-11-26', 'Dana Lee’s step is due Thu 26 Nov. Is it moving?'],
  ])('asks the owner about the buyer’s step due on %s, by name', async (dueOn, asked) => {
    expect(await read('Name the signers', dueOn, 'Dana Lee')).toBe(theirs + asked);
  });

  it('names a colleague who has left, whose step is now the owner’s to answer', async () => {
    const lou = await seed.person('U0LEFT', 'Lou Left', { active: false });
    expect(await read('Send the pack', '2026-11-24', lou)).toBe(
      `${ours}Lou Left’s step is due today. Have you heard from them?`,
    );
  });

  it('says the year of a day in another one', async () => {
    const asked = await read('Send the pack', '2025-11-24', anna);
    expect(asked).toBe(`${ours}It slipped past Mon 24 Nov 2025. What gets in the way?`);
  });

  it('offers Done and Another date on each step, and tells screen readers which is which', async () => {
    await read('Send the pack', '2026-11-24', anna);
    const rows = world.anna.dm()[0]?.blocks.filter(({ type }) => type === 'actions') ?? [];
    expect(rows).toHaveLength(1);
    expect(rows[0]).toMatchObject({
      elements: [
        { text: { text: 'Done' }, accessibility_label: 'Done: Send the pack' },
        { text: { text: 'Another date' }, accessibility_label: 'Another date: Send the pack' },
      ],
    });
  });

  it('shows what a person typed as they typed it, and lets none of it act', async () => {
    await read('<!channel> *now* `rm`', '2026-11-24', anna);
    const message = world.anna.dm()[0];
    expect(message?.text).toContain('&lt;!channel&gt; *now* `rm` (Acme · Core platform)');
    expect(JSON.stringify(message?.blocks)).toContain('"text":"<!channel> *now* `rm`"');
  });

  it('shows twenty of many steps, in words and in blocks, and where the rest is', async () => {
    const title = 'x'.repeat(150);
    for (let n = 0; n < 200; n += 1)
      await seed.step(acme, { title, dueOn: '2026-11-20', doer: anna });
    await world.goTo('2026-11-24T14:00:00Z');
    const [message] = world.anna.dm();
    const lines = message?.text.split('\n') ?? [];
    expect(lines[0]).toBe('200 steps to look at: 200 late.');
    expect(lines.filter((line) => line.startsWith(title))).toHaveLength(20);
    expect(lines.at(-1)).toBe('180 more steps: /deal list shows your deals.');
    expect(message?.blocks.filter(({ type }) => type === 'actions')).toHaveLength(20);
  });
});
