import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { paceOf } from '../../src/outbox/pacing.ts';
import { listTrouble } from '../../src/store/outbox.ts';
import { claimDue } from '../../src/store/outbox-claims.ts';
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

function posts() {
  return world.sandbox.calls.filter(({ method }) => method === 'chat.postMessage');
}

describe('failures', () => {
  test('gives up after eight attempts and tells once', async () => {
    world.sandbox.faults.add({
      method: 'chat.postMessage',
      kind: 'platform',
      error: 'service_unavailable',
      when: ({ channel }) => channel === 'C0ROOM1',
    });
    await world.queue({ key: 'a' });
    expect(await world.dispatcher().runUntilIdle()).toEqual({ ...nothing, dead: 1, sent: 1 });
    expect(await world.row('a')).toMatchObject({ state: 'dead', detail: 'service_unavailable' });
    expect(posts().filter(({ args }) => args['channel'] === 'C0ROOM1')).toHaveLength(8);
  });

  test.each([
    ['is_archived'],
    ['token_revoked'],
    ['missing_scope'],
    ['restricted_action_read_only_channel'],
  ])('%s ends the message at once and raises one notice', async (error) => {
    world.sandbox.faults.add({
      method: 'chat.postMessage',
      kind: 'platform',
      error,
      when: ({ channel }) => channel === 'C0ROOM1',
    });
    await world.queue({ key: 'a', kind: 'loss_listed' });
    await world.dispatcher().runUntilIdle();
    const dead = await world.row('a');
    expect(dead).toMatchObject({ state: 'dead', detail: error, attempts: 0 });
    expect(await world.row(`notice:${dead.id}`)).toMatchObject({
      kind: 'notice_raised',
      state: 'sent',
      target: 'U0ANNA',
      payload: { about: 'loss_listed', code: error, target: 'C0ROOM1', outboxId: dead.id },
    });
    expect(await world.rows()).toHaveLength(2);
  });

  test('a channel the app is not in is told about, once', async () => {
    await world.queue({ key: 'a', target: '#nowhere' }, { key: 'b', target: 'C0ROOM1' });
    expect(await world.dispatcher().runUntilIdle()).toEqual({ ...nothing, dead: 1, sent: 2 });
    expect(await world.row('a')).toMatchObject({ state: 'dead', detail: 'channel_not_found' });
  });

  test('there is no notice about a notice', async () => {
    await world.queue({ key: 'n', kind: 'notice_raised', target: '#nowhere' });
    expect(await world.dispatcher().runUntilIdle()).toEqual({ ...nothing, dead: 1 });
    expect(await world.rows()).toHaveLength(1);
  });

  test('a message that nobody is to hear about dies quietly', async () => {
    await world.queue({ key: 'a', target: '#nowhere' });
    await world.dispatcher({ noticeTarget: async () => undefined }).runUntilIdle();
    expect(await world.rows()).toHaveLength(1);
  });

  test('a row that passed into other hands is theirs to tell about', async () => {
    await world.queue({ key: 'a', target: '#nowhere' });
    const noticeTarget = async () => {
      world.clock.advance(60 * 60_000);
      const now = world.clock.now();
      const pace = paceOf(4);
      const query = { workspaceId, now, pace, leaseMs: 60_000, claim: 'another', limit: 1 };
      await world.store.transaction((tx) => claimDue(tx, query));
      return 'U0ANNA';
    };
    expect(await world.dispatcher({ noticeTarget }).runUntilIdle()).toEqual(nothing);
    expect(await world.rows()).toMatchObject([{ key: 'a', state: 'sending', claim: 'another' }]);
  });

  test('refused blocks are left out, once, and the text arrives', async () => {
    const renderers = renderersOf({
      ...plainRenderer,
      render: async () => ({
        do: 'post',
        target: 'C0ROOM1',
        message: {
          text: 'Whole meaning',
          blocks: [{ type: 'header', text: { type: 'plain_text', text: 'x'.repeat(151) } }],
        },
      }),
    });
    await world.queue({ key: 'a' });
    expect(await world.dispatcher({ renderers }).runUntilIdle()).toEqual({ ...nothing, sent: 1 });
    expect(world.texts('C0ROOM1')).toEqual(['Whole meaning']);
    expect(posts()).toHaveLength(2);
    expect(world.logged.join('')).toContain('sending the text alone');
  });

  test('a text too long for Slack ends the message without a call', async () => {
    await world.queue({ key: 'a', payload: { text: 'x'.repeat(40_001) } });
    await world.dispatcher({ noticeTarget: async () => undefined }).runUntilIdle();
    expect(await world.row('a')).toMatchObject({ state: 'dead', detail: 'msg_too_long' });
    expect(posts()).toEqual([]);
  });

  test('a message that cannot be rendered holds up its own channel for a while, then nobody', async () => {
    const renderers = renderersOf({
      ...plainRenderer,
      render: async (tx, input) => {
        if (input.payload['broken']) throw new TypeError('boom');
        return plainRenderer.render(tx, input);
      },
    });
    await world.queue({ key: 'a', payload: { broken: 'yes' } }, { key: 'b' });
    const tally = await world.dispatcher({ renderers }).runUntilIdle();
    expect(tally).toEqual({ ...nothing, dead: 1, sent: 2 });
    expect(await world.row('a')).toMatchObject({ state: 'dead', detail: 'render_failed' });
  });

  test('lists what is in trouble, newest first', async () => {
    await world.queue(
      { key: 'a', target: '#nowhere' },
      { key: 'b', target: '#neither' },
      { key: 'c' },
    );
    await world.dispatcher({ noticeTarget: async () => undefined }).runUntilIdle();
    const trouble = await world.store.read((tx) => listTrouble(tx, workspaceId));
    expect(trouble.map(({ key, state, detail }) => [key, state, detail])).toEqual([
      ['b', 'dead', 'channel_not_found'],
      ['a', 'dead', 'channel_not_found'],
    ]);
  });
});
