import type { HomeView } from '@slack/types';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { ChannelId, MessageTs, SlackUserId } from '../../src/domain/ids.ts';
import { readReadership } from '../../src/slack/channel-sharing.ts';
import { toUserFact } from '../../src/slack/user-directory.ts';
import { type DeliveryWorld, says, startDeliveryWorld } from '../support/delivery-world.ts';

let world: DeliveryWorld;

beforeEach(async () => {
  world = await startDeliveryWorld({ enforcePacing: false });
});

afterEach(() => world.stop());

const room = 'C0ROOM1' as ChannelId;

function calls(method: string) {
  return world.sandbox.calls.filter((call) => call.method === method);
}

describe('writing', () => {
  test('refuses to be called within a transaction, before anything goes out', async () => {
    const message = { target: room, message: says('Hello'), key: 'a' };
    await world.store.transaction(async () => {
      const { gateway } = world;
      const view: HomeView = { type: 'home', blocks: [] };
      const userId = 'U0ANNA' as SlackUserId;
      await expect(gateway.post(message)).rejects.toMatchObject({ code: 'inside_transaction' });
      await expect(gateway.resolveChannel('#x')).rejects.toMatchObject({
        code: 'inside_transaction',
      });
      await expect(gateway.publishHome({ userId, view })).rejects.toMatchObject({
        code: 'inside_transaction',
      });
    });
    expect(world.sandbox.calls).toEqual([]);
  });

  test.each([
    ['no text', '', 'no_text'],
    ['a blank text', '  \n', 'no_text'],
    ['more text than Slack takes', 'x'.repeat(40_001), 'msg_too_long'],
  ])('refuses %s', async (_what, text, code) => {
    const message = { text, blocks: [] };
    const post = world.gateway.post({ target: room, message, key: 'a' });
    await expect(post).rejects.toMatchObject({ code });
    const place = { channelId: room, messageTs: '1.2' as MessageTs };
    await expect(world.gateway.update({ ...place, message })).rejects.toMatchObject({ code });
    expect(world.sandbox.calls).toEqual([]);
  });

  test('never repeats a post by itself', async () => {
    world.sandbox.faults.add({ method: 'chat.postMessage', kind: 'server_error' });
    await expect(
      world.gateway.post({ target: room, message: says('Hello'), key: 'a' }),
    ).rejects.toThrow('503');
    expect(calls('chat.postMessage')).toHaveLength(1);
  });

  test('an update without blocks takes the old ones away and keeps the key', async () => {
    const posted = await world.gateway.post({ target: room, message: says('Old'), key: 'a' });
    await world.gateway.update({ ...posted, message: { text: 'New', blocks: [] } });
    const [message] = world.sandbox.as('U0ANNA').messages(room);
    expect(message).toMatchObject({ text: 'New', blocks: [] });
    const since = world.clock.now();
    expect(await world.gateway.findByKey(room, 'a', since)).toEqual({ is: 'there', posted });
  });

  test('publishes a Home and remembers when Slack last answered', async () => {
    expect(world.gateway.lastContactAt()).toBeUndefined();
    world.clock.advance(1_000);
    await world.gateway.publishHome({
      userId: 'U0ANNA' as SlackUserId,
      view: { type: 'home', blocks: [{ type: 'divider' }] },
    });
    expect(world.sandbox.as('U0ANNA').home()?.blocks).toHaveLength(1);
    expect(world.gateway.lastContactAt()).toEqual(world.clock.now());
  });

  test('a refusal is contact too, an outage is not', async () => {
    world.sandbox.faults.add({ method: 'chat.postMessage', kind: 'server_error', times: 1 });
    const message = { target: 'U0GONE', message: says('Hello'), key: 'a' };
    await expect(world.gateway.post(message)).rejects.toThrow();
    expect(world.gateway.lastContactAt()).toBeUndefined();
    await expect(world.gateway.post(message)).rejects.toThrow('channel_not_found');
    expect(world.gateway.lastContactAt()).toEqual(world.clock.now());
  });
});

describe('finding a message by its key', () => {
  const post = (key: string, threadTs?: MessageTs) =>
    world.gateway.post({
      target: room,
      message: says(key),
      key,
      ...(threadTs ? { threadTs } : {}),
    });

  test('finds it on a later page of a busy channel', async () => {
    const since = world.clock.now();
    const posted = await post('first');
    for (let more = 0; more < 205; more += 1) await world.sandbox.as('U0ANNA').say(room, 'chatter');
    expect(await world.gateway.findByKey(room, 'first', since)).toEqual({ is: 'there', posted });
    expect(calls('conversations.history')).toHaveLength(2);
  });

  test('forgives five seconds between two clocks, not more', async () => {
    await post('early');
    const later = (ms: number) => new Date(world.clock.now().getTime() + ms);
    expect(await world.gateway.findByKey(room, 'early', later(4_900))).toMatchObject({
      is: 'there',
    });
    expect(await world.gateway.findByKey(room, 'early', later(5_100))).toEqual({ is: 'absent' });
  });

  test('finds a reply in its thread', async () => {
    const since = world.clock.now();
    const parent = await post('parent');
    const reply = await post('reply', parent.messageTs);
    const { messageTs } = parent;
    expect(await world.gateway.findByKey(room, 'reply', since, messageTs)).toEqual({
      is: 'there',
      posted: reply,
    });
    expect(await world.gateway.findByKey(room, 'other', since, messageTs)).toEqual({
      is: 'absent',
    });
  });

  test('knows where it cannot look', async () => {
    const since = world.clock.now();
    expect(await world.gateway.findByKey('U0BEN' as ChannelId, 'a', since)).toEqual({
      is: 'unreadable',
      code: 'direct_message',
    });
    await world.sandbox.kick(room);
    expect(await world.gateway.findByKey(room, 'a', since)).toMatchObject({ is: 'unreadable' });
  });

  test('an outage is no answer', async () => {
    world.sandbox.faults.add({ method: 'conversations.history', kind: 'rate_limited' });
    await expect(world.gateway.findByKey(room, 'a', world.clock.now())).rejects.toThrow(
      'rate-limit',
    );
  });
});

describe('a channel that another company reads', () => {
  const shared = { code: 'channel_shared' };
  const place = { channelId: room, messageTs: '1.2' as MessageTs };
  const hello = { target: room, message: says('Hello'), key: 'a' };

  test('gets no post, no update and no whisper', async () => {
    await world.sandbox.share(room, 'T0BUYER');
    const { gateway } = world;
    await expect(gateway.post(hello)).rejects.toMatchObject(shared);
    await expect(gateway.update({ ...place, message: says('New') })).rejects.toMatchObject(shared);
    const note = { channelId: room, userId: 'U0ANNA' as SlackUserId, threadTs: place.messageTs };
    await expect(gateway.whisper({ ...note, message: says('psst') })).rejects.toMatchObject(shared);
    expect(world.sandbox.calls.map(({ method }) => method)).toEqual(['conversations.info']);
  });

  test('counts from the invitation on', async () => {
    world.sandbox.offerToShare(room, 'T0BUYER');
    await expect(world.gateway.post(hello)).rejects.toMatchObject(shared);
  });

  test('is noticed within a minute, and at once when Slack tells', async () => {
    await world.gateway.post(hello);
    await world.sandbox.share(room, 'T0BUYER');
    world.clock.advance(60_000);
    await expect(world.gateway.post(hello)).rejects.toMatchObject(shared);
    await world.sandbox.unshare(room);
    world.gateway.forgetChannel(room);
    await world.gateway.post(hello);
    expect(calls('conversations.info')).toHaveLength(3);
  });

  test('is asked about once a minute, direct messages never', async () => {
    for (const target of [room, room, 'U0ANNA', room])
      await world.gateway.post({ ...hello, target });
    expect(calls('conversations.info')).toHaveLength(1);
  });

  test('a failed look is not kept, and nothing is posted on it', async () => {
    world.sandbox.faults.add({ method: 'conversations.info', kind: 'rate_limited', times: 1 });
    await expect(world.gateway.post(hello)).rejects.toThrow('rate-limit');
    expect(calls('chat.postMessage')).toEqual([]);
    await world.gateway.post(hello);
  });

  test.each([
    ['nothing of the kind', { id: 'C1' }, undefined],
    ['no channel', undefined, undefined],
    ['workspaces of one company', { is_ext_shared: false, is_org_shared: true }, 'ours'],
    ['another company', { is_ext_shared: true }, 'shared'],
    ['an invitation', { is_ext_shared: false, is_pending_ext_shared: true }, 'shared'],
    ['one invited', { is_ext_shared: false, pending_connected_team_ids: ['T1'] }, 'shared'],
  ])('Slack says %s', (_what, channel, readership) => {
    expect(readReadership(channel)).toBe(readership);
  });
});

describe('channels by name', () => {
  test('finds those the app is in, with and without #, in any case, and takes ids as they are', async () => {
    const { gateway } = world;
    expect(await gateway.resolveChannel('#closed-lost')).toBe('C0ROOM0');
    expect(await gateway.resolveChannel('Closed-Lost')).toBe('C0ROOM0');
    expect(await gateway.resolveChannel('U0ANNA')).toBe('U0ANNA');
    expect(calls('users.conversations')).toHaveLength(1);
  });

  test('asks again after some minutes', async () => {
    await world.gateway.resolveChannel('closed-lost');
    world.clock.advance(5 * 60_000);
    await world.gateway.resolveChannel('closed-lost');
    expect(calls('users.conversations')).toHaveLength(2);
  });

  test('a name of no channel is refused, and looked for afresh the next time', async () => {
    await expect(world.gateway.resolveChannel('#deals')).rejects.toMatchObject({
      code: 'channel_not_found',
    });
    world.sandbox.addChannel({ id: 'C0DEALS', name: 'deals' });
    expect(await world.gateway.resolveChannel('#deals')).toBe('C0DEALS');
  });

  test('forgets what it found when Slack no longer finds it', async () => {
    await world.gateway.resolveChannel('closed-lost');
    const message = { target: 'C0GONE', message: says('Hello'), key: 'a' };
    await expect(world.gateway.post(message)).rejects.toThrow('channel_not_found');
    await world.gateway.resolveChannel('closed-lost');
    expect(calls('users.conversations')).toHaveLength(2);
  });

  test('a failed look is not kept', async () => {
    world.sandbox.faults.add({ method: 'users.conversations', kind: 'rate_limited', times: 1 });
    await expect(world.gateway.resolveChannel('closed-lost')).rejects.toThrow('rate-limit');
    expect(await world.gateway.resolveChannel('closed-lost')).toBe('C0ROOM0');
  });
});

describe('people', () => {
  test('says who somebody is', async () => {
    await world.sandbox.addUser({
      id: 'U0GUS',
      name: 'gus',
      realName: 'Gus Guest',
      email: 'gus@example.com',
      tz: 'Europe/Berlin',
      isRestricted: true,
    });
    expect(await world.gateway.userInfo('U0GUS' as SlackUserId)).toEqual({
      id: 'U0GUS',
      name: 'Gus Guest',
      email: 'gus@example.com',
      zone: 'Europe/Berlin',
      deleted: false,
      isBot: false,
      isGuest: true,
      isAdmin: false,
    });
  });

  test.each([
    ['another company', { team_id: 'T0BUYER', is_admin: true }, true],
    ['no company named', { is_admin: true }, true],
    ['another workspace of another organization', foreignGrid('E0THEIRS'), true],
    ['another workspace of our organization', foreignGrid('E0OURS'), false],
    ['our workspace', { team_id: 'T0TEAM', is_admin: true }, false],
  ])('of %s is told by their team, for Slack calls them no strangers', (_who, user, isGuest) => {
    const home = { teamId: 'T0TEAM', enterpriseId: 'E0OURS' };
    const fact = toUserFact({ id: 'U1', name: 'x', is_stranger: false, ...user }, home);
    expect([fact.isGuest, fact.isAdmin]).toEqual([isGuest, !isGuest]);
  });

  test('lists everybody, page by page', async () => {
    for (let index = 0; index < 250; index += 1) {
      await world.sandbox.addUser({ id: `U0P${index}`, name: `p${index}` });
    }
    const people = await world.gateway.listUsers();
    expect(people.filter(({ id }) => id.startsWith('U0P'))).toHaveLength(250);
    expect(calls('users.list').length).toBeGreaterThan(1);
  });

  test('repeats a read that failed in passing', async () => {
    world.sandbox.faults.add({ method: 'users.info', kind: 'server_error', times: 2 });
    expect(await world.gateway.userInfo('U0ANNA' as SlackUserId)).toMatchObject({ id: 'U0ANNA' });
  });
});

function foreignGrid(enterprise_id: string) {
  return { team_id: 'T0OTHER', is_admin: true, enterprise_user: { enterprise_id } };
}
