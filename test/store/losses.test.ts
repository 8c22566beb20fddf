import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type {
  ChannelId,
  LossId,
  LossThreadId,
  MessageTs,
  SlackUserId,
} from '../../src/domain/ids.ts';
import {
  countLossThreadReplies,
  findLossThread,
  findLossThreadByTs,
  findPreviousRitual,
  insertLossThread,
  insertLossThreadReply,
  lossThreadKey,
  saveLossEntryAddress,
  saveLossThreadAddress,
} from '../../src/store/loss-threads.ts';
import { findLoss, listThreadLosses, listUntoldLosses } from '../../src/store/losses.ts';
import { enqueue } from '../../src/store/outbox.ts';
import { rowsOf } from '../support/rows.ts';
import {
  elsewhere,
  later,
  now,
  openStoreWorld,
  type StoreWorld,
  workspaceId,
} from '../support/store-world.ts';
import { engines } from '../support/test-store.ts';

let world: StoreWorld;

const weekMs = 7 * 24 * 60 * 60_000;
const facts = { daysOpen: 30, steps: { done: 2, total: 3 } as never };
const address = { channelId: 'C0LOST' as ChannelId, threadTs: '1.1' as MessageTs };

describe.each(engines)('losses on %s', (engine) => {
  beforeEach(async () => {
    world = await openStoreWorld(engine);
  });
  afterEach(() => world.store.close());

  async function lose(account: string, ms: number) {
    const deal = await world.seed.deal({ account, owner: world.anna });
    await world.seed.loss(deal, { loggedAt: later(ms).toISOString(), ownWords: account, facts });
  }
  const untold = () => world.run(listUntoldLosses, workspaceId, later(-1), later(weekMs));
  const thread = (lossIds: readonly LossId[], scheduledFor = now) =>
    world.run(
      insertLossThread,
      workspaceId,
      { scheduledFor, sinceAt: later(-weekMs), late: false, lossIds },
      now,
    );

  it('are untold in the order they were logged, with their facts as they were', async () => {
    await lose('Second', 5);
    await lose('First', 4);
    await lose('Before', -1);
    const losses = await untold();
    expect(losses.map(({ account }) => account)).toEqual(['First', 'Second']);
    expect(losses[0]).toMatchObject({ facts, loggedAt: later(4), ownWords: 'First' });
    const id = losses[0]?.id as LossId;
    expect(await world.run(findLoss, workspaceId, id)).toEqual(losses[0]);
    expect(await world.run(findLoss, elsewhere, id)).toBeUndefined();
  });

  it('are told once their thread is posted or on its way, and only then', async () => {
    await lose('Acme', 1);
    const ids = (await untold()).map(({ id }) => id);
    const id = (await thread(ids)) as LossThreadId;
    expect(await thread(ids)).toBeUndefined();
    expect(await untold()).toHaveLength(1);
    const intent = { kind: 'loss_thread_opened', target: '#lost', payload: {} } as const;
    await world.run(enqueue, workspaceId, now, [{ ...intent, key: lossThreadKey(id) }]);
    expect(await untold()).toEqual([]);
    const listed = await world.run(listThreadLosses, workspaceId, id);
    expect(listed.map(({ account }) => account)).toEqual(['Acme']);
  });

  it('fill a thread of any size', async () => {
    const ids = Array.from({ length: 1_200 }, (_, at) => `L${at}` as LossId);
    await thread(ids);
    expect(await rowsOf(world.store, 'lossThreadEntries')).toHaveLength(1_200);
  });

  it('have a thread that is found again by its id and its place in Slack', async () => {
    const id = (await thread(['L1' as LossId])) as LossThreadId;
    await world.run(saveLossThreadAddress, workspaceId, id, address);
    await world.run(saveLossEntryAddress, {
      threadId: id,
      lossId: 'L1' as LossId,
      messageTs: '1.2' as MessageTs,
    });
    const found = await world.run(findLossThread, workspaceId, id);
    expect(found).toEqual({
      id,
      scheduledFor: now,
      sinceAt: later(-weekMs),
      late: false,
      ...address,
    });
    const { channelId, threadTs } = address;
    const byTs = world.run(findLossThreadByTs, workspaceId, channelId, threadTs);
    expect(await byTs).toEqual(found);
    expect((await rowsOf(world.store, 'lossThreadEntries'))[0]?.messageTs).toBe('1.2');
  });

  it('follow the newest ritual that was posted, else the very first', async () => {
    const previous = async () =>
      (await world.run(findPreviousRitual, workspaceId, later(2 * weekMs)))?.scheduledFor;
    expect(await previous()).toBeUndefined();
    const first = (await thread([], now)) as LossThreadId;
    const second = (await thread([], later(weekMs))) as LossThreadId;
    expect(await previous()).toEqual(now);
    await world.run(saveLossThreadAddress, workspaceId, second, address);
    expect(await previous()).toEqual(later(weekMs));
    expect(first).not.toBe(second);
  });

  it('have replies that count once, and voices that count once each', async () => {
    const threadId = (await thread([])) as LossThreadId;
    const reply = (messageTs: string, slackUserId: string) =>
      world.run(insertLossThreadReply, {
        workspaceId,
        threadId,
        messageTs: messageTs as MessageTs,
        slackUserId: slackUserId as SlackUserId,
      });
    expect(await reply('2.1', 'U1')).toBe(true);
    expect(await reply('2.1', 'U1')).toBe(false);
    await reply('2.2', 'U1');
    await reply('2.3', 'U2');
    expect(await world.run(countLossThreadReplies, threadId)).toEqual({ replies: 3, voices: 2 });
  });
});
