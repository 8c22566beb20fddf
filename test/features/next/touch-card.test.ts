import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Actor } from '../../../sandbox/server/actor.ts';
import type { SandboxMessage } from '../../../sandbox/server/contract.ts';
import type { Deal } from '../../../src/domain/deal.ts';
import type { ChannelId } from '../../../src/domain/ids.ts';
import {
  know,
  resend,
  resubmit,
  runDeal,
  settle,
  submit,
  winAsAdmin,
} from '../../support/deals.ts';
import { startWorld, type World } from '../../support/homeroom.ts';
import { addSteps, plantDeal } from '../../support/planted.ts';
import { rowsOf } from '../../support/rows.ts';
import { actionsOn, answer, wordsOn } from '../../support/shown.ts';

let world: World;
let anna: Actor;
let acme: Deal;

/** They asked something three business days ago; the deal lives in a channel. */
beforeEach(async () => {
  world = await startWorld();
  anna = world.anna;
  acme = await plantDeal(world, await know(world, anna), { channelId: 'C0ACME' as ChannelId });
  await addSteps(world, acme, [{ title: 'List who signs' }]);
  world.clock.set('2026-11-20T14:30:00Z');
  await runDeal(world, anna, 'touch acme');
  await settle(world, anna.choose(anna.topView(), 'side', 'buyer'));
  await log({ expects_reply_buyer: ['yes'] });
  await anna.close(anna.topView());
  world.clock.set('2026-11-25T14:30:00Z');
});
afterEach(() => world.stop());

const log = (values: Record<string, unknown> = {}) =>
  submit(world, anna, { moved: 'nothing_yet', ...values });
const press = (shown: SandboxMessage, id: string) => settle(world, anna.press(shown, id));
const owing = 'we owe them an answer';
const touches = () => rowsOf(world.app.store, 'touches');

async function cardInChannel(): Promise<SandboxMessage> {
  await runDeal(world, anna, 'plan', { channel: 'C0ACME' });
  const card = anna.lastMessage('C0ACME');
  expect(wordsOn(card)).toContain(owing);
  return card;
}

describe('a plan card from which a turn was logged', () => {
  it('is drawn again in place, for everybody in the channel, and the answer stays open', async () => {
    const card = await cardInChannel();
    await press(card, 'touch_ours');
    await log();
    const [again, ...others] = world.mia.messages('C0ACME');
    expect(others).toEqual([]);
    expect(again?.ts).toBe(card.ts);
    expect(wordsOn(again ?? { blocks: [] })).not.toContain(owing);
    expect(again?.text).not.toContain(owing);
    expect(actionsOn(again ?? { blocks: [] })).toContain('touch_theirs');
    expect(wordsOn(anna.topView())).toContain('It is their turn.');
  });

  it('is drawn again where only one person sees it', async () => {
    await runDeal(world, anna, 'plan acme');
    const before = anna.ephemerals().length;
    expect(wordsOn(answer(anna))).toContain(owing);
    await press(answer(anna), 'touch_ours');
    await log();
    expect(anna.ephemerals()).toHaveLength(before);
    expect(wordsOn(answer(anna))).not.toContain(owing);
  });

  it('is drawn again as well when the side was changed in the form', async () => {
    const card = await cardInChannel();
    await press(card, 'touch_theirs');
    await settle(world, anna.choose(anna.topView(), 'side', 'seller'));
    await log();
    expect(wordsOn(anna.lastMessage('C0ACME'))).not.toContain(owing);
  });

  it('stays one card, and the turn one turn, when Slack delivers the form twice', async () => {
    const card = await cardInChannel();
    await press(card, 'touch_ours');
    await log();
    await resubmit(world);
    expect(await touches()).toHaveLength(2);
    expect(anna.messages('C0ACME').map(({ ts }) => ts)).toEqual([card.ts]);
  });

  it('is left alone when the form was not taken', async () => {
    const card = await cardInChannel();
    await press(card, 'touch_ours');
    await addSteps(world, acme, [{ title: 'Map who signs' }]);
    await log();
    const shown = anna.lastMessage('C0ACME');
    expect(wordsOn(shown)).toContain('Map who signs');
    await addSteps(world, acme, [{ title: 'Workshop' }]);
    await resend(world, 'view_submission', { values: { moved: null } });
    expect(anna.lastMessage('C0ACME')).toEqual(shown);
  });

  it('loses its buttons when the deal ended before the turn was logged', async () => {
    const card = await cardInChannel();
    await press(card, 'touch_ours');
    await winAsAdmin(world, 'acme');
    expect(JSON.stringify(await log())).toContain('was won on Wed 25 Nov');
    expect(wordsOn(anna.lastMessage('C0ACME'))).toContain('Won on Wed 25 Nov');
    expect(actionsOn(anna.lastMessage('C0ACME'))).toEqual([]);
    expect(await touches()).toHaveLength(1);
  });

  it('loses its buttons when one of them is pressed after the end of the deal', async () => {
    const card = await cardInChannel();
    await winAsAdmin(world, 'acme');
    await press(card, 'touch_theirs');
    expect(anna.modals()).toEqual([]);
    expect(actionsOn(anna.lastMessage('C0ACME'))).toEqual([]);
  });

  it('fails nothing when it can no longer be reached: the turn is kept', async () => {
    const card = await cardInChannel();
    await press(card, 'touch_ours');
    world.clock.set('2026-11-25T16:30:00Z');
    expect(await log()).toEqual({ ok: true });
    expect(wordsOn(anna.topView())).toContain('It is their turn.');
    expect(await touches()).toHaveLength(2);
    expect(anna.lastMessage('C0ACME')).toEqual(card);
  });

  it('is no other message: what is next stays as it was read', async () => {
    await runDeal(world, anna, 'next acme');
    const shown = answer(anna);
    await press(shown, 'touch_ours');
    await log();
    expect(answer(anna)).toEqual(shown);
  });
});
