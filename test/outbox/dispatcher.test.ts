import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Posted } from '../../src/slack/message.ts';
import { firstSeen } from '../../src/store/inbox.ts';
import {
  type DeliveryWorld,
  plainRenderer,
  renderersOf,
  rooms,
  startDeliveryWorld,
  workspaceId,
} from '../support/delivery-world.ts';

let world: DeliveryWorld;

beforeEach(async () => {
  world = await startDeliveryWorld();
});

afterEach(() => world.stop());

const nothing = { sent: 0, dropped: 0, dead: 0, unknown: 0 };

function posts() {
  return world.sandbox.calls.filter(({ method }) => method === 'chat.postMessage');
}

describe('sending', () => {
  test('sends what is queued and keeps where it went', async () => {
    await world.queue({ key: 'a', payload: { text: 'First loss' } });
    expect(await world.dispatcher().runUntilIdle()).toEqual({ ...nothing, sent: 1 });
    const [message] = world.sandbox.as('U0ANNA').messages('C0ROOM1');
    expect(message?.text).toBe('First loss');
    expect(await world.row('a')).toMatchObject({
      state: 'sent',
      channelId: 'C0ROOM1',
      messageTs: message?.ts,
      claim: null,
      leaseUntil: null,
    });
  });

  test('writes a direct message to a user id and a channel message to a name', async () => {
    await world.queue(
      { key: 'dm', target: 'U0BEN', payload: { text: 'For Ben' } },
      { key: 'named', target: '#closed-lost', payload: { text: 'For all' } },
    );
    await world.dispatcher().runUntilIdle();
    expect(world.sandbox.as('U0BEN').dm()).toMatchObject([{ text: 'For Ben' }]);
    expect(world.texts('C0ROOM0')).toEqual(['For all']);
    expect((await world.row('named')).channelId).toBe('C0ROOM0');
  });

  test('asks Slack to parse, unfurl and link nothing and marks the message with its key', async () => {
    await world.queue({ key: 'marked' });
    await world.dispatcher().runUntilIdle();
    expect(posts()[0]?.args).toMatchObject({
      parse: 'none',
      unfurl_links: 'false',
      unfurl_media: 'false',
      metadata: JSON.stringify({
        event_type: 'homeroom_message',
        event_payload: { key: 'marked' },
      }),
    });
  });

  test('drops what no longer makes sense and keeps why', async () => {
    await world.queue({ key: 'a', payload: { drop: 'the deal was won' } });
    expect(await world.dispatcher().runUntilIdle()).toEqual({ ...nothing, dropped: 1 });
    expect(await world.row('a')).toMatchObject({ state: 'dropped', detail: 'the deal was won' });
    expect(posts()).toEqual([]);
  });

  test('updates a message in place', async () => {
    const { messageTs } = await world.gateway.post({
      target: 'C0ROOM1',
      message: { text: 'Old', blocks: [] },
      key: 'old',
    });
    await world.queue({ key: 'new', payload: { text: 'New', update: messageTs } });
    await world.dispatcher().runUntilIdle();
    expect(world.texts('C0ROOM1')).toEqual(['New']);
    expect((await world.row('new')).messageTs).toBe(messageTs);
  });

  test('keeps the address in the transaction that marks the row sent', async () => {
    const kept: Posted[] = [];
    const renderers = renderersOf({
      ...plainRenderer,
      sent: async (tx, { now }, posted) => {
        await firstSeen(tx, workspaceId, posted.messageTs, now);
        kept.push(posted);
      },
    });
    await world.queue({ key: 'a' });
    await world.dispatcher({ renderers }).runUntilIdle();
    const { messageTs } = await world.row('a');
    expect(kept).toEqual([{ channelId: 'C0ROOM1', messageTs }]);
    const again = await world.store.transaction((tx) =>
      firstSeen(tx, workspaceId, messageTs ?? '', world.clock.now()),
    );
    expect(again).toBe(false);
  });

  test('leaves what is planned for later than it may wait', async () => {
    const soon = new Date(world.clock.now().getTime() + 9 * 60_000);
    const tomorrow = new Date(world.clock.now().getTime() + 24 * 60 * 60_000);
    await world.queue({ key: 'soon', availableAt: soon }, { key: 'late', availableAt: tomorrow });
    expect(await world.dispatcher().runUntilIdle()).toEqual({ ...nothing, sent: 1 });
    expect((await world.row('late')).state).toBe('pending');
    expect((await world.row('soon')).finishedAt?.getTime()).toBeGreaterThanOrEqual(soon.getTime());
  });

  test('sends what is queued while it runs, and stops with nothing in hand', async () => {
    const dispatcher = world.dispatcher();
    dispatcher.start();
    await world.queue({ key: 'a' }, { key: 'b', target: 'C0ROOM2' });
    dispatcher.wake();
    await expect
      .poll(async () => (await world.rows()).map(({ state }) => state))
      .toEqual(['sent', 'sent']);
    await world.queue({ key: 'c' });
    await dispatcher.stop();
    const states = (await world.rows()).map(({ state }) => state);
    expect(states).not.toContain('sending');
  });
});

describe('order and pace', () => {
  test('sends to one channel in the order of queueing, a second apart', async () => {
    const keys = Array.from({ length: 6 }, (_, index) => `m${index}`);
    await world.queue(...keys.map((key) => ({ key, payload: { text: key } })));
    await world.dispatcher().runUntilIdle();
    expect(world.texts('C0ROOM1')).toEqual(keys);
    const times = world.sandbox.pacing.posts('C0ROOM1').map(Number);
    const gaps = times.slice(1).map((at, index) => at - (times[index] ?? 0));
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(1_000);
  });

  test('keeps to the ceiling of the workspace', async () => {
    const start = world.clock.now().getTime();
    await world.queue(
      ...['U0ANNA', 'U0BEN', 'U0MIA', 'C0ROOM1', 'C0ROOM2'].map((target) => ({ target })),
    );
    await world.dispatcher({ ceilingPerSecond: 2, concurrency: 1 }).runUntilIdle();
    const times = posts().map(({ at }) => at.getTime() - start);
    expect(times).toHaveLength(5);
    const gaps = times.slice(1).map((at, index) => at - (times[index] ?? 0));
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(500);
  });

  test('a message that waits for its retry holds up the later ones of its channel only', async () => {
    world.sandbox.faults.add({
      method: 'chat.postMessage',
      kind: 'platform',
      error: 'service_unavailable',
      times: 3,
      when: ({ text }) => text === 'first',
    });
    await world.queue(
      { payload: { text: 'first' } },
      { payload: { text: 'second' } },
      { target: 'C0ROOM2', payload: { text: 'elsewhere' } },
    );
    await world.dispatcher().runUntilIdle();
    expect(world.texts('C0ROOM1')).toEqual(['first', 'second']);
    const order = posts()
      .filter(({ ok }) => ok)
      .map(({ args }) => args['text']);
    expect(order).toEqual(['elsewhere', 'first', 'second']);
  });
});

describe('rate limits', () => {
  const paused = {
    method: 'chat.postMessage',
    kind: 'rate_limited',
    retryAfter: 30,
    times: 12,
  } as const;

  test('a 429 pauses its method for as long as Slack says and spends no attempt', async () => {
    world.sandbox.faults.add(paused);
    await world.queue({ key: 'a' }, { key: 'b', target: 'C0ROOM2' }, { key: 'c', target: 'U0BEN' });
    const tally = await world.dispatcher({ concurrency: 1 }).runUntilIdle();
    expect(tally).toEqual({ ...nothing, sent: 3 });
    expect((await world.rows()).map(({ attempts }) => attempts)).toEqual([0, 0, 0]);
    const calls = posts();
    expect(calls).toHaveLength(15);
    const pauses = calls
      .slice(0, 12)
      .map(({ at }, index) => Number(calls[index + 1]?.at) - Number(at));
    expect(Math.min(...pauses)).toBeGreaterThanOrEqual(30_000);
  });

  test('updates go on while posts are paused', async () => {
    const old = { text: 'Old', blocks: [] };
    const { messageTs } = await world.gateway.post({ target: 'C0ROOM3', message: old, key: 'old' });
    world.sandbox.faults.add(paused);
    await world.queue(
      { key: 'post', target: 'C0ROOM1' },
      {
        key: 'update',
        kind: 'loss_thread_replied',
        target: 'C0ROOM3',
        payload: { update: messageTs, text: 'New' },
      },
    );
    await world.dispatcher({ concurrency: 1 }).runUntilIdle();
    const [updated, posted] = [await world.row('update'), await world.row('post')];
    expect(updated.finishedAt?.getTime()).toBeLessThan(posted.finishedAt?.getTime() ?? 0);
  });

  test('while posts are paused no post is tried', async () => {
    world.sandbox.faults.add({
      method: 'chat.postMessage',
      kind: 'rate_limited',
      retryAfter: 60,
      times: 1,
    });
    await world.queue(...Array.from({ length: 20 }, () => ({ target: 'U0ANNA' })));
    await world.dispatcher({ concurrency: 1 }).runUntilIdle();
    expect(posts().filter(({ ok }) => !ok)).toHaveLength(1);
    expect(posts()).toHaveLength(21);
  });

  test('what waits for a paused method is left in the queue', async () => {
    world.sandbox.faults.add({ ...paused, times: 1 });
    let renders = 0;
    const renderers = renderersOf({
      ...plainRenderer,
      render: (tx, input) => {
        renders += 1;
        return plainRenderer.render(tx, input);
      },
    });
    await world.queue(...rooms.map((target) => ({ target })));
    await world.dispatcher({ renderers, concurrency: 1 }).runUntilIdle();
    expect(renders).toBe(rooms.length + 1);
  });
});
