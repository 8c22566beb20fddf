import { afterEach, beforeEach, expect, it } from 'vitest';
import { fairFightMoves } from '../../../src/domain/loss-story.ts';
import {
  allDeals,
  know,
  openDealFor,
  resubmit,
  runDeal,
  settle,
  stepsOf,
  submit,
} from '../../support/deals.ts';
import { startWorld, type World } from '../../support/homeroom.ts';
import { asked, goodLoss, startLosing } from '../../support/losses.ts';
import { rowsOf } from '../../support/rows.ts';
import { inputsOn, wordsOn } from '../../support/shown.ts';

let world: World;
beforeEach(async () => {
  world = await startWorld();
  await openDealFor(world, world.anna);
});
afterEach(() => world.stop());

const codes: readonly string[] = fairFightMoves.map(({ code }) => code);
const keptLosses = () => rowsOf(world.app.store, 'losses');

async function finish(): Promise<void> {
  await settle(world, world.anna.choose(world.anna.topView(), 'outcome', 'unknown'));
  const result = await submit(world, world.anna, asked(world.anna, goodLoss));
  expect(result).toMatchObject({ ok: true });
}

it('shows three moves of the six first, and goes on without any mark', async () => {
  await runDeal(world, world.anna, 'lost');
  const [last, ...moves] = inputsOn(world.anna.topView()).reverse();
  expect(last).toBe('none_because');
  expect(moves).toHaveLength(3);
  expect(codes).toEqual(expect.arrayContaining(moves));
  expect(await submit(world, world.anna)).toMatchObject({ ok: true });
  await finish();
  expect(await keptLosses()).toMatchObject([{ fairFight: [] }]);
});

it('keeps what was marked with the loss', async () => {
  const fight = { ask_the_decider: 'not_possible', executive_call: 'chose_not' };
  await startLosing(world, world.anna, '', { fight });
  expect(inputsOn(world.anna.topView())).toEqual(['outcome']);
  await finish();
  expect(await keptLosses()).toMatchObject([
    {
      fairFight: [
        { move: 'executive_call', mark: 'chose_not' },
        { move: 'ask_the_decider', mark: 'not_possible' },
      ],
    },
  ]);
});

it('offers to keep it open with a dated step of ours, and adds it', async () => {
  await startLosing(world, world.anna, '', { fight: { ask_the_decider: 'try_now' } });
  const words = wordsOn(world.anna.topView());
  expect(words).toContain('Good: there is more in it.');
  // Thanksgiving is a day of work here: no holidays are set.
  expect(words).toContain('Ask the one who decides, directly by Thu 26 Nov.');
  await settle(world, world.anna.press(world.anna.topView(), 'losses_keep_open'));
  expect(await submit(world, world.anna)).toMatchObject({ ok: true });
  const [acme] = await allDeals(world);
  expect(acme?.status).toBe('open');
  expect(acme && (await stepsOf(world, acme.id))).toMatchObject([
    { side: 'seller', title: 'Ask the one who decides, directly', dueOn: '2026-11-26' },
  ]);
  expect(await keptLosses()).toEqual([]);
});

it('saves the loss anyway, with the mark', async () => {
  await startLosing(world, world.anna, '', { fight: { ask_the_decider: 'try_now' } });
  await settle(world, world.anna.press(world.anna.topView(), 'losses_save_anyway'));
  await finish();
  expect(await keptLosses()).toMatchObject([
    { fairFight: [{ move: 'ask_the_decider', mark: 'try_now' }] },
  ]);
});

it('keeps why none of them was left, shows it to owner and manager alone, and blocks nobody', async () => {
  const ben = await know(world, world.ben, { role: 'manager' });
  await know(world, world.anna, { managerId: ben.id });
  const fight = { executive_call: 'chose_not', none_because: '  They signed\non Friday ' };
  await startLosing(world, world.anna, '', { fight });
  expect(inputsOn(world.anna.topView())).toEqual(['outcome']);
  await finish();
  await world.deliver();
  expect(await keptLosses()).toMatchObject([
    {
      fairFight: [
        { move: 'executive_call', mark: 'chose_not' },
        { noneBecause: 'They signed on Friday' },
      ],
    },
  ]);
  const line =
    'Before it was closed: a call between executives (we choose not to); none of these, because They signed on Friday';
  for (const actor of [world.anna, world.ben]) {
    expect(actor.dm().map(wordsOn).join('\n')).toContain(line);
  }
  await world.goTo('2026-11-26T15:00:00Z');
  const told = world.anna.messages('closed-lost').map(wordsOn).join('\n');
  expect(told).toContain('Acme');
  expect(told).not.toContain('none of these');
});

it('goes on with more words than fit, as far as they do', async () => {
  await runDeal(world, world.anna, 'lost');
  await submit(world, world.anna);
  await world.anna.close(world.anna.topView());
  await runDeal(world, world.anna, 'lost');
  await submit(world, world.anna, { none_because: 'No' });
  const shown = await resubmit(world, { none_because: 'x'.repeat(3_000) });
  expect(shown).toMatchObject({ response_action: 'update' });
});

it('forgets the marks of a deal that was never one', async () => {
  await startLosing(world, world.anna, '', { fight: { ask_the_decider: 'chose_not' } });
  await settle(world, world.anna.choose(world.anna.topView(), 'outcome', 'invalid'));
  await submit(world, world.anna);
  expect(await allDeals(world)).toMatchObject([{ status: 'invalid' }]);
  expect(await keptLosses()).toEqual([]);
  expect(await rowsOf(world.app.store, 'reviews')).toEqual([]);
});
