import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  type DeliveryWorld,
  plainRenderer,
  renderersOf,
  startDeliveryWorld,
} from '../support/delivery-world.ts';

const scopes = ['chat:write', 'channels:read', 'groups:read', 'users:read', 'dnd:read'];

let world: DeliveryWorld;

beforeEach(async () => {
  world = await startDeliveryWorld({ scopes });
});

afterEach(() => world.stop());

const nothing = { sent: 0, dropped: 0, dead: 0, unknown: 0 };
const now = '2026-11-23T14:30:00.000Z';
const later = '2026-11-23T16:00:00.000Z';

const polite = renderersOf(plainRenderer, {
  nudge_planned: { ...plainRenderer, whenUnknown: 'forget', whenDisturbing: 'wait' },
});

const nudge = { key: 'n', kind: 'nudge_planned', target: 'U0BEN' } as const;
const quiet = { from: new Date('2026-11-23T14:00:00Z'), until: new Date(later) };

function run(options: Parameters<DeliveryWorld['dispatcher']>[0] = {}) {
  return world.dispatcher({ renderers: polite, ...options }).runUntilIdle();
}

function calls(name: string) {
  return world.sandbox.calls.filter(({ method }) => method === name);
}

const bensDms = () => world.sandbox.as('U0BEN').dm();

describe('a reader who wants quiet', () => {
  test('gets the message when do-not-disturb is over, and no attempt is spent', async () => {
    world.sandbox.setQuiet('U0BEN', quiet);
    await world.queue(nudge);
    expect(await run()).toEqual(nothing);
    expect(bensDms()).toEqual([]);
    expect(await world.row('n')).toMatchObject({
      state: 'pending',
      attempts: 0,
      detail: 'do_not_disturb',
      availableAt: new Date(later),
      claim: null,
    });
    world.clock.set('2026-11-23T15:59:59Z');
    expect(await run({ random: () => 0.5 })).toEqual({ ...nothing, sent: 1 });
    expect(world.clock.now() >= new Date(later)).toBe(true);
    expect(bensDms()).toHaveLength(1);
  });

  test('gets it at once when the quiet has not begun or is over', async () => {
    for (const [key, hours] of [
      ['before', { from: new Date(later), until: new Date('2026-11-24T07:00:00Z') }],
      ['after', { from: new Date('2026-11-23T01:00:00Z'), until: new Date(now) }],
    ] as const) {
      world.sandbox.setQuiet('U0BEN', hours);
      await world.queue({ ...nudge, key });
      expect(await run()).toEqual({ ...nothing, sent: 1 });
    }
  });

  test('does not keep other messages of theirs, or anybody else’s, waiting', async () => {
    world.sandbox.setQuiet('U0BEN', quiet);
    await world.queue(
      nudge,
      { key: 'notice', kind: 'notice_raised', target: 'U0BEN' },
      { ...nudge, key: 'mia', target: 'U0MIA' },
    );
    expect(await run()).toEqual({ ...nothing, sent: 2 });
    expect(world.clock.now() < new Date(later)).toBe(true);
    expect(await world.row('n')).toMatchObject({ state: 'pending' });
  });

  test('is not waited for with a message that may disturb', async () => {
    world.sandbox.setQuiet('U0BEN', quiet);
    await world.queue({ key: 'notice', kind: 'notice_raised', target: 'U0BEN' });
    expect(await run()).toEqual({ ...nothing, sent: 1 });
    expect(calls('dnd.info')).toEqual([]);
  });

  test('does not get what became pointless meanwhile', async () => {
    world.sandbox.setQuiet('U0BEN', quiet);
    await world.queue(nudge);
    await run();
    world.clock.set(later);
    const answered = renderersOf(plainRenderer, {
      nudge_planned: {
        whenUnknown: 'forget',
        whenDisturbing: 'wait',
        render: async () => ({ do: 'drop', reason: 'nothing left to ask' }),
      },
    });
    expect(await run({ renderers: answered })).toEqual({ ...nothing, dropped: 1 });
  });
});

describe('when Slack does not say whether somebody wants quiet', () => {
  test('a message waits as long as Slack asks for, without an attempt, and nobody asks meanwhile', async () => {
    world.sandbox.faults.add({
      method: 'dnd.info',
      kind: 'rate_limited',
      retryAfter: 40,
      times: 1,
    });
    await world.queue(nudge, { ...nudge, key: 'mia', target: 'U0MIA' });
    expect(await run({ concurrency: 1 })).toEqual({ ...nothing, sent: 2 });
    expect(+world.clock.now() - Date.parse(now)).toBeGreaterThanOrEqual(40_000);
    expect(calls('dnd.info')).toHaveLength(3);
    expect((await world.rows()).map(({ attempts }) => attempts)).toEqual([0, 0]);
  });

  test('other kinds of message go on meanwhile', async () => {
    world.sandbox.faults.add({
      method: 'dnd.info',
      kind: 'rate_limited',
      retryAfter: 40,
      times: 1,
    });
    await world.queue(nudge, { key: 'other', target: 'C0ROOM1' });
    await run({ concurrency: 1 });
    const posts = calls('chat.postMessage').map(({ args }) => args['channel']);
    expect(posts).toEqual(['C0ROOM1', 'U0BEN']);
  });

  test.each(['internal_error', 'user_not_found', 'missing_scope'])(
    'the message goes out after %s',
    async (error) => {
      world.sandbox.faults.add({ method: 'dnd.info', kind: 'platform', error });
      await world.queue(nudge);
      expect(await run()).toEqual({ ...nothing, sent: 1 });
      expect(world.logged.join('')).toContain('nobody knows whether the reader wants quiet');
    },
  );

  test('the message goes out when Slack is down for that question', async () => {
    world.sandbox.faults.add({ method: 'dnd.info', kind: 'server_error', status: 503 });
    await world.queue(nudge);
    expect(await run()).toEqual({ ...nothing, sent: 1 });
  });
});
