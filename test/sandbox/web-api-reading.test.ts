import { describe, expect, test } from 'vitest';
import { ana, ben, deals, elsewhere, hidden, startSandbox } from './trial.ts';

describe('changing messages', () => {
  test('keeps blocks and metadata that an update leaves out', async () => {
    const { sandbox, client } = await startSandbox();
    const { ts = '' } = await client.chat.postMessage({
      channel: deals,
      text: 'Before',
      blocks: [{ type: 'divider', block_id: 'line' }],
      metadata: { event_type: 'made', event_payload: { key: 'k1' } },
    });
    await client.chat.update({ channel: deals, ts, text: 'After' });
    expect(sandbox.as(ana).lastMessage(deals)).toMatchObject({
      text: 'After',
      edited: true,
      blocks: [{ type: 'divider', block_id: 'line' }],
      metadata: { event_type: 'made', event_payload: { key: 'k1' } },
    });
  });

  test('refuses what it cannot find or did not write', async () => {
    const { sandbox, client } = await startSandbox();
    await sandbox.as(ana).say(deals, 'Mine');
    const { ts } = sandbox.as(ana).lastMessage(deals);
    const change = (at: string) => client.chat.update({ channel: deals, ts: at, text: 'Yours' });
    await expect(change(ts)).rejects.toThrow('cant_update_message');
    await expect(change('1700000000.000100')).rejects.toThrow('message_not_found');
    await expect(client.chat.delete({ channel: deals, ts })).rejects.toThrow('cant_delete_message');
  });

  test('links to a message and deletes it', async () => {
    const { sandbox, client } = await startSandbox();
    const { ts = '' } = await client.chat.postMessage({ channel: deals, text: 'Here' });
    const { permalink } = await client.chat.getPermalink({ channel: deals, message_ts: ts });
    expect(permalink).toContain(`/archives/${deals}/p${ts.replace('.', '')}`);
    await client.chat.delete({ channel: deals, ts });
    expect(sandbox.as(ana).messages(deals)).toEqual([]);
  });
});

describe('reading', () => {
  test('pages through history, newest first, without thread replies', async () => {
    const { client } = await startSandbox();
    const { ts = '' } = await client.chat.postMessage({ channel: deals, text: 'one' });
    await client.chat.postMessage({ channel: deals, text: 'reply', thread_ts: ts });
    await client.chat.postMessage({ channel: deals, text: 'two' });
    const texts: unknown[] = [];
    for await (const page of client.paginate('conversations.history', {
      channel: deals,
      limit: 1,
    })) {
      const { messages } = page as { messages?: { text: string }[] };
      texts.push(messages?.map((message) => message.text));
    }
    expect(texts).toEqual([['two'], ['one']]);
  });

  test('returns a thread oldest first, with metadata when asked', async () => {
    const { client } = await startSandbox();
    const { ts = '' } = await client.chat.postMessage({ channel: deals, text: 'root' });
    const metadata = { event_type: 'made', event_payload: { key: 'k1' } };
    await client.chat.postMessage({ channel: deals, text: 'reply', thread_ts: ts, metadata });
    const { messages } = await client.conversations.replies({
      channel: deals,
      ts,
      include_all_metadata: true,
    });
    expect(messages?.map((message) => message.text)).toEqual(['root', 'reply']);
    expect(messages?.[0]).toMatchObject({ reply_count: 1 });
    expect(messages?.[1]).toMatchObject({ metadata });
    const plain = await client.conversations.replies({ channel: deals, ts });
    expect(plain.messages?.[1]).not.toHaveProperty('metadata');
  });

  test('finds people, with their zone and their address', async () => {
    const { client } = await startSandbox();
    const { user } = await client.users.info({ user: ana });
    expect(user).toMatchObject({
      tz: 'Europe/Madrid',
      tz_offset: 3600,
      profile: { email: 'ana@example.com' },
    });
    const found = await client.users.lookupByEmail({ email: 'BEN@example.com' });
    expect(found.user?.id).toBe(ben);
    await expect(client.users.info({ user: 'U404' })).rejects.toThrow('user_not_found');
    await expect(client.users.lookupByEmail({ email: 'x@y.z' })).rejects.toThrow('users_not_found');
  });

  test('lists Slackbot as a person, as Slack does', async () => {
    const { client } = await startSandbox();
    const { members } = await client.users.list({});
    expect(members?.find(({ id }) => id === 'USLACKBOT')).toMatchObject({ is_bot: false });
  });

  test('lists the channels of the app and of a person', async () => {
    const { client } = await startSandbox();
    const types = 'public_channel,private_channel';
    const own = await client.users.conversations({ types });
    expect(own.channels?.map(({ id }) => id)).toEqual([deals]);
    const his = await client.users.conversations({ types, user: ben });
    expect(his.channels?.map(({ id }) => id)).toEqual([deals, elsewhere]);
    const { members } = await client.conversations.members({ channel: deals });
    expect(members).toContain(ana);
    await expect(client.conversations.info({ channel: hidden })).rejects.toThrow(
      'channel_not_found',
    );
  });

  test('knows the team, the app and who wants quiet', async () => {
    const { sandbox, client } = await startSandbox();
    expect(await client.auth.test()).toMatchObject({ user_id: sandbox.app.userId });
    expect((await client.team.info()).team).toMatchObject({ name: 'Sandbox' });
    expect(await client.dnd.info({ user: ana })).toMatchObject({ dnd_enabled: false });
    const from = new Date('2026-03-02T20:00:00Z');
    sandbox.setQuiet(ana, { from, until: new Date('2026-03-03T07:00:00Z') });
    expect(await client.dnd.info({ user: ana })).toMatchObject({
      dnd_enabled: true,
      next_dnd_start_ts: from.getTime() / 1000,
    });
  });

  test('opens conversations with people, not with bots', async () => {
    const { sandbox, client } = await startSandbox();
    const { channel } = await client.conversations.open({ users: ana });
    expect(channel?.id).toMatch(/^D/);
    await expect(client.conversations.open({ users: sandbox.app.userId })).rejects.toThrow(
      'cannot_dm_bot',
    );
  });
});
