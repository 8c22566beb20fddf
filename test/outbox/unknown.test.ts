import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { paceOf } from '../../src/outbox/pacing.ts';
import type { Gateway } from '../../src/slack/gateway.ts';
import { listTrouble } from '../../src/store/outbox.ts';
import { claimDue, markAttempt } from '../../src/store/outbox-claims.ts';
import {
  type DeliveryWorld,
  plainRenderer,
  renderersOf,
  startDeliveryWorld,
  workspaceId,
} from '../support/delivery-world.ts';

let world: DeliveryWorld;

beforeEach(async () => {
  world = await startDeliveryWorld();
});

afterEach(() => world.stop());

const nothing = { sent: 0, dropped: 0, dead: 0, unknown: 0 };
const forgetting = renderersOf({ ...plainRenderer, whenUnknown: 'forget' });

function posts() {
  return world.sandbox.calls.filter(({ method }) => method === 'chat.postMessage');
}

describe('unknown outcomes', () => {
  const dropped = { method: 'chat.postMessage', kind: 'dropped_after_write', times: 1 } as const;
  const broken = { method: 'chat.postMessage', kind: 'server_error', times: 1 } as const;

  test('a message that went through is found and not sent again', async () => {
    world.sandbox.faults.add(dropped);
    await world.queue(
      { key: 'a', payload: { text: 'Once' } },
      { key: 'b', payload: { text: 'Next' } },
    );
    expect(await world.dispatcher().runUntilIdle()).toEqual({ ...nothing, sent: 2 });
    expect(world.texts('C0ROOM1')).toEqual(['Once', 'Next']);
    const [message] = world.sandbox.as('U0ANNA').messages('C0ROOM1');
    expect((await world.row('a')).messageTs).toBe(message?.ts);
  });

  test('a reply that went through is found in its thread', async () => {
    const parent = await world.gateway.post({
      target: 'C0ROOM1',
      message: { text: 'Parent', blocks: [] },
      key: 'parent',
    });
    world.sandbox.faults.add(dropped);
    await world.queue({ key: 'a', payload: { text: 'Reply', thread: parent.messageTs } });
    expect(await world.dispatcher().runUntilIdle()).toEqual({ ...nothing, sent: 1 });
    expect(world.texts('C0ROOM1')).toEqual(['Parent', 'Reply']);
  });

  test('a message that is not there is sent again', async () => {
    world.sandbox.faults.add(broken);
    await world.queue({ key: 'a', payload: { text: 'Again' } });
    expect(await world.dispatcher().runUntilIdle()).toEqual({ ...nothing, sent: 1 });
    expect(world.texts('C0ROOM1')).toEqual(['Again']);
    expect(posts()).toHaveLength(2);
  });

  test('a message that makes no sense any more is dropped once it is known not to be there', async () => {
    let wanted = true;
    const renderers = renderersOf({
      ...plainRenderer,
      render: async (tx, input) => {
        const rendered = wanted ? plainRenderer.render(tx, input) : { do: 'drop', reason: 'done' };
        wanted = false;
        return rendered as Awaited<ReturnType<typeof plainRenderer.render>>;
      },
    });
    world.sandbox.faults.add(broken);
    await world.queue({ key: 'a' });
    expect(await world.dispatcher({ renderers }).runUntilIdle()).toEqual({
      ...nothing,
      dropped: 1,
    });
  });

  test('where nobody may look the message stays unknown and is logged', async () => {
    world.sandbox.faults.add(broken);
    await world.queue({ key: 'a', target: 'U0BEN' }, { key: 'b', target: 'U0BEN' });
    expect(await world.dispatcher().runUntilIdle()).toEqual({ ...nothing, unknown: 1, sent: 1 });
    expect(await world.row('a')).toMatchObject({ state: 'unknown', detail: 'direct_message' });
    expect(world.logged.join('')).toContain('a message is unknown');
    const trouble = await world.store.read((tx) => listTrouble(tx, workspaceId));
    expect(trouble.map(({ key }) => key)).toEqual(['a']);
  });

  test('without the scope to look the message stays unknown', async () => {
    await world.stop();
    world = await startDeliveryWorld({ scopes: ['chat:write', 'channels:read', 'groups:read'] });
    world.sandbox.faults.add(dropped);
    await world.queue({ key: 'a', payload: { text: 'Once' } });
    expect(await world.dispatcher().runUntilIdle()).toEqual({ ...nothing, unknown: 1 });
    expect(await world.row('a')).toMatchObject({ state: 'unknown', detail: 'missing_scope' });
    expect(world.texts('C0ROOM1')).toEqual(['Once']);
  });

  test('a look that fails is repeated', async () => {
    world.sandbox.faults.add(dropped);
    world.sandbox.faults.add({
      method: 'conversations.history',
      kind: 'rate_limited',
      retryAfter: 60,
      times: 2,
    });
    await world.queue({ key: 'a', payload: { text: 'Once' } });
    expect(await world.dispatcher().runUntilIdle()).toEqual({ ...nothing, sent: 1 });
    expect(world.texts('C0ROOM1')).toEqual(['Once']);
  });

  test('what may be forgotten is never sent again', async () => {
    world.sandbox.faults.add(broken);
    await world.queue({ key: 'a', kind: 'nudge_planned' });
    const tally = await world.dispatcher({ renderers: forgetting }).runUntilIdle();
    expect(tally).toEqual({ ...nothing, unknown: 1 });
    expect(world.texts('C0ROOM1')).toEqual([]);
    expect(world.sandbox.calls.some(({ method }) => method === 'conversations.history')).toBe(
      false,
    );
  });

  test('an update is simply repeated', async () => {
    const { messageTs } = await world.gateway.post({
      target: 'C0ROOM1',
      message: { text: 'Old', blocks: [] },
      key: 'old',
    });
    world.sandbox.faults.add({ method: 'chat.update', kind: 'dropped_after_write', times: 2 });
    await world.queue({ key: 'u', payload: { text: 'New', update: messageTs } });
    expect(await world.dispatcher({ renderers: forgetting }).runUntilIdle()).toEqual({
      ...nothing,
      sent: 1,
    });
    expect(world.texts('C0ROOM1')).toEqual(['New']);
  });

  test('a sent message whose record failed is found and recorded, not sent again', async () => {
    let failures = 1;
    const renderers = renderersOf({
      ...plainRenderer,
      sent: async () => {
        failures -= 1;
        if (failures >= 0) throw new Error('disk full');
      },
    });
    await world.queue({ key: 'a', payload: { text: 'Once' } });
    expect(await world.dispatcher({ renderers }).runUntilIdle()).toEqual({ ...nothing, sent: 1 });
    expect(world.texts('C0ROOM1')).toEqual(['Once']);
  });
});

describe('a dispatcher that died', () => {
  const abandon = async (options: { attempted: boolean }) => {
    const now = world.clock.now();
    await world.store.transaction(async (tx) => {
      const [row] = await claimDue(tx, {
        workspaceId,
        now,
        pace: paceOf(4),
        leaseMs: 120_000,
        claim: 'dead process',
        limit: 1,
      });
      if (row && options.attempted) await markAttempt(tx, row, { now, leaseMs: 120_000 });
    });
  };

  test('its message is left alone until the lease ends', async () => {
    await world.queue({ key: 'a' }, { key: 'b' });
    await abandon({ attempted: true });
    expect(await world.dispatcher().runUntilIdle()).toEqual(nothing);
    expect(posts()).toEqual([]);
  });

  test('before its call went out: the message is sent', async () => {
    await world.queue({ key: 'a', kind: 'nudge_planned' });
    await abandon({ attempted: false });
    world.clock.advance(120_001);
    const tally = await world.dispatcher({ renderers: forgetting }).runUntilIdle();
    expect(tally).toEqual({ ...nothing, sent: 1 });
  });

  test('after its call went through: the message is found', async () => {
    await world.queue({ key: 'a', payload: { text: 'Once' } });
    await abandon({ attempted: true });
    await world.gateway.post({
      target: 'C0ROOM1',
      message: { text: 'Once', blocks: [] },
      key: 'a',
    });
    world.clock.advance(120_001);
    expect(await world.dispatcher().runUntilIdle()).toEqual({ ...nothing, sent: 1 });
    expect(world.texts('C0ROOM1')).toEqual(['Once']);
  });

  test('before Slack saw its call: the message is sent', async () => {
    await world.queue({ key: 'a', payload: { text: 'Once' } });
    await abandon({ attempted: true });
    world.clock.advance(120_001);
    expect(await world.dispatcher().runUntilIdle()).toEqual({ ...nothing, sent: 1 });
    expect(world.texts('C0ROOM1')).toEqual(['Once']);
  });

  test('with a message that may be forgotten: it is', async () => {
    await world.queue({ key: 'a', kind: 'nudge_planned' });
    await abandon({ attempted: true });
    world.clock.advance(120_001);
    const tally = await world.dispatcher({ renderers: forgetting }).runUntilIdle();
    expect(tally).toEqual({ ...nothing, unknown: 1 });
    expect(posts()).toEqual([]);
  });

  test('with an update: it is repeated', async () => {
    const old = { text: 'Old', blocks: [] };
    const { messageTs } = await world.gateway.post({ target: 'C0ROOM1', message: old, key: 'old' });
    await world.queue({ key: 'a', payload: { text: 'New', update: messageTs } });
    await abandon({ attempted: true });
    world.clock.advance(120_001);
    expect(await world.dispatcher({ renderers: forgetting }).runUntilIdle()).toEqual({
      ...nothing,
      sent: 1,
    });
    expect(world.texts('C0ROOM1')).toEqual(['New']);
  });
});

test('a call that outlasts its lease is not taken for a dead one by who makes it', async () => {
  const slow: Gateway['post'] = async (message) => {
    if (message.key === 'slow') {
      world.clock.advance(60 * 60_000);
      await world.queue({ key: 'other', target: 'C0ROOM2' });
      dispatcher.wake();
      await expect.poll(async () => (await world.row('other')).state).toBe('sent');
    }
    return world.gateway.post(message);
  };
  const dispatcher = world.dispatcher({ gateway: { ...world.gateway, post: slow } });
  await world.queue({ key: 'slow', payload: { text: 'Once' } });
  expect(await dispatcher.runUntilIdle()).toEqual({ ...nothing, sent: 2 });
  expect(world.texts('C0ROOM1')).toEqual(['Once']);
  expect(world.sandbox.calls.some(({ method }) => method === 'conversations.history')).toBe(false);
});
