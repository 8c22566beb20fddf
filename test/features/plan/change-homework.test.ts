import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Deal } from '../../../src/domain/deal.ts';
import {
  know,
  openDealFor,
  resend,
  resubmit,
  runDeal,
  settle,
  stepsOf,
  submit,
  winAsAdmin,
} from '../../support/deals.ts';
import { startWorld, type World } from '../../support/homeroom.ts';
import { addSteps } from '../../support/planted.ts';
import { rowsOf } from '../../support/rows.ts';
import { actionsOn, answer, wordsOn } from '../../support/shown.ts';

let world: World;
let acme: Deal;
beforeEach(async () => {
  world = await startWorld();
  acme = await openDealFor(world, world.anna, { channel: 'deal-acme' });
  await addSteps(world, acme, [{}]);
  await runDeal(world, world.anna, 'plan', { channel: 'deal-acme' });
});
afterEach(() => world.stop());

const card = () => world.anna.lastMessage('deal-acme');
const press = (what: 'done' | 'move' | 'drop' | 'add', actor = world.anna) =>
  settle(world, actor.press(card(), `plan_${what}`));

async function history(): Promise<string[]> {
  const log = await rowsOf(world.app.store, 'events');
  return log.map(({ kind }) => kind);
}

describe('Done', () => {
  it('marks the step, today, and refreshes the card where it stands', async () => {
    const { ts } = card();
    await press('done');
    expect(await stepsOf(world, acme.id)).toMatchObject([{ status: 'done', doneOn: '2026-11-23' }]);
    expect(card().ts).toBe(ts);
    expect(wordsOn(card())).toContain('Done (1) List who signs — Theirs · Dana Lee, Mon 23 Nov');
    const onStep = actionsOn(card()).filter((id) => /^plan_(done|move|drop|step)/.test(id));
    expect(onStep).toEqual([]);
    expect(world.anna.messages('deal-acme')).toHaveLength(1);
    expect(world.anna.ephemerals('deal-acme')).toEqual([]);
  });

  it('pressed twice is done once and no error', async () => {
    await press('done');
    await resend(world, 'block_actions');
    expect(await history()).toEqual(['deal_opened', 'homework_done']);
    expect(world.anna.ephemerals('deal-acme')).toEqual([]);
    expect(wordsOn(card())).toContain('Done (1) List who signs');
  });

  it('pressed by two people at once is done once and no error', async () => {
    await know(world, world.admin, { role: 'admin' });
    const shown = card();
    await Promise.all([
      world.anna.press(shown, 'plan_done'),
      world.admin.press(shown, 'plan_done'),
    ]);
    await world.sandbox.settled();
    expect(await history()).toEqual(['deal_opened', 'homework_done']);
    expect(world.anna.ephemerals('deal-acme')).toEqual([]);
    expect(world.admin.ephemerals('deal-acme')).toEqual([]);
    expect(wordsOn(card())).toContain('Their steps 1 of 1 done');
  });

  it('refreshes a card only I see, too', async () => {
    await runDeal(world, world.anna, 'plan acme');
    await settle(world, world.anna.press(answer(world.anna), 'plan_done'));
    expect(world.anna.ephemerals()).toHaveLength(1);
    expect(wordsOn(answer(world.anna))).toContain('Done (1) List who signs');
  });
});

describe('Another date', () => {
  it('moves the step, keeps its first date in sight and refreshes the card', async () => {
    await press('move');
    expect(wordsOn(world.anna.topView())).toContain('The first date, Fri 27 Nov, stays visible.');
    await submit(world, world.anna, { due_on: '2026-11-30' });
    await press('move');
    await submit(world, world.anna, { due_on: '2026-12-03' });
    expect(await stepsOf(world, acme.id)).toMatchObject([
      { dueOn: '2026-12-03', originalDueOn: '2026-11-27', status: 'proposed' },
    ]);
    expect(world.anna.modals()).toEqual([]);
    expect(wordsOn(card())).toContain('due Thu 3 Dec (first Fri 27 Nov)');
    expect(await history()).toEqual(['deal_opened', 'homework_moved', 'homework_moved']);
  });

  it.each([
    ['2026-11-25T15:00:00Z', 'two days after the day it is due', '2026-12-01'],
    ['2026-12-07T15:00:00Z', 'two days from now when it is late', '2026-12-09'],
    ['2026-12-17T15:00:00Z', 'the decision when that comes first', '2026-12-18'],
  ])('at %s suggests %s', async (at, _what, suggested) => {
    world.clock.set(at);
    await press('move');
    const picker = world.anna.topView().blocks.find(({ block_id }) => block_id === 'due_on');
    expect(picker).toMatchObject({ element: { initial_date: suggested } });
  });

  it.each([
    ['a day that has passed', '2026-11-20', 'Fri 20 Nov has passed. Pick today or later.'],
    ['a day after the decision', '2026-12-21', 'They decide on Fri 18 Dec. Pick a day up to then.'],
  ])('refuses %s', async (_what, dueOn, words) => {
    await press('move');
    const { errors } = await submit(world, world.anna, { due_on: dueOn });
    expect(errors).toEqual({ due_on: words });
    expect(await stepsOf(world, acme.id)).toMatchObject([{ dueOn: '2026-11-27' }]);
    expect(await history()).toEqual(['deal_opened']);
  });

  it('is saved half an hour later too, when the card cannot be refreshed any more', async () => {
    await press('move');
    world.clock.advance(31 * 60_000);
    await submit(world, world.anna, { due_on: '2026-12-01' });
    expect(await stepsOf(world, acme.id)).toMatchObject([{ dueOn: '2026-12-01' }]);
    expect(wordsOn(world.anna.topView())).toContain('List who signs is up to date. /deal plan');
  });
});

describe('Drop', () => {
  it('takes the step out of the plan with the reason', async () => {
    await press('drop');
    await submit(world, world.anna, { reason: ' Their  legal team does it ' });
    const rows = await rowsOf(world.app.store, 'homework');
    expect(rows).toMatchObject([{ status: 'dropped', dropReason: 'Their legal team does it' }]);
    expect(wordsOn(card())).not.toContain('List who signs');
    expect(wordsOn(card())).toContain('Their steps 0 of 0 done');
    expect(await history()).toEqual(['deal_opened', 'homework_dropped']);
  });

  it('needs a reason of a length somebody reads', async () => {
    await press('drop');
    expect((await submit(world, world.anna, { reason: '\u200f ' })).errors).toEqual({
      reason: 'The reason is missing.',
    });
    const body = await resubmit(world, { reason: 'x'.repeat(3_000) });
    expect(body).toMatchObject({
      errors: { reason: 'The reason has 3000 characters. Please keep it to 200.' },
    });
    expect(await stepsOf(world, acme.id)).toMatchObject([{ status: 'proposed' }]);
  });
});

describe('a card that is older than the plan', () => {
  it.each(['move', 'drop'] as const)('shows the plan as it is instead of %s', async (what) => {
    await runDeal(world, world.anna, 'plan acme');
    const old = answer(world.anna);
    await press('done');
    await settle(world, world.anna.press(old, `plan_${what}`));
    expect(world.anna.modals()).toEqual([]);
    expect(wordsOn(answer(world.anna))).toContain('Done (1) List who signs');
  });

  it('shows the plan as it is when somebody was done before the form was sent', async () => {
    await know(world, world.admin, { role: 'admin' });
    await press('move');
    await press('done', world.admin);
    await submit(world, world.anna, { due_on: '2026-12-01' });
    expect(await stepsOf(world, acme.id)).toMatchObject([{ status: 'done', dueOn: '2026-11-27' }]);
    expect(world.anna.modals()).toEqual([]);
    expect(await history()).toEqual(['deal_opened', 'homework_done']);
  });

  it.each(['done', 'move', 'drop', 'add'] as const)(
    'answers %s with a sentence once the deal ended',
    async (what) => {
      await winAsAdmin(world, 'acme');
      await press(what);
      expect(answer(world.anna, 'deal-acme').text).toBe(
        'Acme · Core platform was won on Mon 23 Nov, so its plan no longer changes.',
      );
      expect(world.anna.modals()).toEqual([]);
      expect(await stepsOf(world, acme.id)).toMatchObject([{ status: 'proposed' }]);
    },
  );

  it.each([
    ['done', 'step'],
    ['move', 'step'],
    ['drop', 'step'],
    ['add', 'deal'],
  ] as const)('answers %s of a %s that never was with a sentence', async (what, thing) => {
    await press(what);
    for (const view of world.anna.modals()) await world.anna.close(view);
    for (const id of ['01GARBAGE', "'; drop table homework; --", 'x'.repeat(2_000)]) {
      await resend(world, 'block_actions', { pressed: id });
      expect(answer(world.anna, 'deal-acme').text).toContain(`That ${thing} is not here any more`);
    }
    expect(world.anna.ephemerals('deal-acme')).toHaveLength(3);
  });
});
