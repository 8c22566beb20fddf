import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Actor } from '../../../sandbox/server/actor.ts';
import type { SandboxMessage } from '../../../sandbox/server/contract.ts';
import type { OpenDeal } from '../../../src/domain/deal.ts';
import { know, openDealFor, runDeal, settle, submit } from '../../support/deals.ts';
import { startWorld, type World } from '../../support/homeroom.ts';
import { addSteps } from '../../support/planted.ts';
import { answer, wordsOn } from '../../support/shown.ts';

let world: World;
let anna: Actor;
let acme: OpenDeal;

/** A deal of Anna's whose date slipped twice: from 18 to 23 and to 30 December. */
beforeEach(async () => {
  world = await startWorld();
  anna = world.anna;
  acme = (await openDealFor(world, anna)) as OpenDeal;
  const ben = await know(world, world.ben, { role: 'manager' });
  await know(world, anna, { managerId: ben.id });
  world.clock.set('2026-11-25T14:30:00Z');
  for (const to of ['2026-12-23', '2026-12-30']) {
    await move(to);
    await anna.close(anna.topView());
  }
});
afterEach(() => world.stop());

async function move(to: string) {
  await runDeal(world, anna, 'date Acme');
  await settle(world, anna.press(anna.topView(), 'deals_date_move_it'));
  const why = { side: 'buyer', reason: 'Their board meets later', tried: ['help'] };
  return submit(world, anna, { decision_on: to, ...why });
}

const modalAfter = async (line: string) => {
  await runDeal(world, anna, line);
  return wordsOn(anna.topView());
};
const answerTo = async (line: string) => {
  await runDeal(world, anna, line);
  return textAndWords(answer(anna));
};
/** Both what is on the screen and what a notification says: each needs it. */
const textAndWords = (message: SandboxMessage) => [wordsOn(message), message.text];
const press = (shown: Parameters<Actor['press']>[0], id: string) =>
  settle(world, anna.press(shown, id));

async function searchOptions() {
  await runDeal(world, anna, 'plan Zebra');
  return anna.options(answer(anna), 'deals_pick', '');
}

async function wordsToSend(): Promise<string> {
  world.clock.set('2027-01-04T14:30:00Z');
  await runDeal(world, anna, 'next Acme');
  await press(answer(anna), 'next_draft');
  expect(JSON.stringify(anna.topView())).toContain('We had Wed 30 Dec 2026 down as your decision');
  return wordsOn(anna.topView());
}

const views: readonly (readonly [string, () => Promise<string | string[]>])[] = [
  ['the plan card', () => answerTo('plan Acme')],
  ['the list of deals', () => answerTo('list')],
  ['what is next on one deal', () => answerTo('next Acme')],
  ['what is next on all deals', () => answerTo('next')],
  ['the form for a step', () => modalAfter('homework Acme')],
  ['the ways to keep the date', () => modalAfter('date Acme')],
  [
    'the form that moves it',
    async () => {
      await runDeal(world, anna, 'date Acme');
      await press(anna.topView(), 'deals_date_move_it');
      return wordsOn(anna.topView());
    },
  ],
  [
    'the date when they agreed to it',
    async () => {
      await runDeal(world, anna, 'date Acme');
      await press(anna.topView(), 'deals_date_agreed');
      return wordsOn(anna.topView());
    },
  ],
  [
    'the date when it was kept',
    async () => {
      const [workshop] = await addSteps(world, acme, [{ title: 'Workshop' }]);
      await runDeal(world, anna, 'date Acme');
      await submit(world, anna, { drop: [workshop?.id] });
      expect(wordsOn(anna.topView())).toContain('Dropped: Workshop.');
      return wordsOn(anna.topView());
    },
  ],
  ['the question whether it is won', () => modalAfter('won Acme')],
  ['the form that pauses it', () => modalAfter('pause Acme')],
  [
    'both lots of a split',
    async () => {
      await runDeal(world, anna, 'split Acme');
      await submit(world, anna, { name: 'Support contract' });
      return wordsOn(anna.topView());
    },
  ],
  [
    'the pack of a handover',
    async () => {
      await runDeal(world, anna, 'reassign Acme');
      await submit(world, anna, { new_owner: 'U0MIA' });
      await world.deliver();
      return world.mia.dm().flatMap(textAndWords);
    },
  ],
  [
    'what the manager is asked to see',
    async () => {
      await world.deliver();
      return world.ben.dm().flatMap(textAndWords);
    },
  ],
  [
    'the question after it passed',
    async () => {
      await world.goTo('2026-12-31T14:30:00Z');
      return anna.dm().slice(-1).flatMap(textAndWords);
    },
  ],
  [
    'the end of a pause it passed in',
    async () => {
      await runDeal(world, anna, 'pause Acme');
      await submit(world, anna, { until: '2027-01-11', reason: 'Freeze', restart: 'January' });
      world.clock.set('2027-01-04T14:30:00Z');
      return answerTo('resume Acme');
    },
  ],
  ['the words to send after it passed', wordsToSend],
  [
    'the options of a search',
    async () => {
      const options = await searchOptions();
      return options.map((option) => JSON.stringify(option));
    },
  ],
  [
    'the options of two close names',
    async () => {
      await openDealFor(world, anna, { name: 'Support', decision_on: '2026-12-18' });
      await runDeal(world, anna, 'plan Acme');
      return JSON.stringify(answer(anna).blocks);
    },
  ],
];

describe('a date that slipped twice', () => {
  it.each(views)('shows its first day, both slips and the net days in %s', async (_view, open) => {
    const shown = [await open()].flat();
    expect(shown.length).toBeGreaterThan(0);
    for (const words of shown) {
      expect(words).toMatch(/Wed 30 Dec/);
      expect(words).toMatch(/first (set for )?Fri 18 Dec/);
      expect(words).toMatch(/2 slips/);
      expect(words).toMatch(/\+12 d/);
    }
  });

  it('says so in the buyer’s words, too', async () => {
    await runDeal(world, anna, 'plan Acme');
    await press(answer(anna), 'plan_copy');
    expect(JSON.stringify(anna.topView())).toContain(
      'Wed 30 Dec (first Fri 18 Dec, moved out 2 times, now 12 days later)',
    );
  });
});

describe('an option of a select', () => {
  it('leaves out the amount before any part of a date’s past', async () => {
    await world.app.store.transaction(async (tx) => {
      await tx.update(tx.tables.deals).set({ amountMinor: 123_456_789_012 });
    });
    world.clock.set('2027-01-04T14:30:00Z');
    const [option] = await searchOptions();
    expect(option).toMatchObject({
      description: { text: 'passed Wed 30 Dec 2026 (first Fri 18 Dec 2026, 2 slips, +12 d)' },
    });
  });
});
