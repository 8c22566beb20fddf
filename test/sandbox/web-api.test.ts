import { ErrorCode, type WebAPIPlatformError } from '@slack/web-api';
import { describe, expect, test } from 'vitest';
import type { Sandbox } from '../../sandbox/server/sandbox.ts';
import {
  ana,
  ben,
  botToken,
  deals,
  elsewhere,
  hidden,
  quietClient,
  startSandbox,
} from './trial.ts';

/** Calls a method by name, so that a test can also say what the typed client would not let it. */
async function call(sandbox: Sandbox, method: string, args: object, token = botToken) {
  const response = await fetch(sandbox.apiUrl + method, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: JSON.stringify(args),
  });
  return { response, body: (await response.json()) as Record<string, unknown> };
}

const text = (words: string) => ({ type: 'plain_text', text: words });
const section = { type: 'section', text: text('A step') };

describe('a call that Slack would not understand', () => {
  test.each([
    ['a method nobody documented', 'chat.shout', {}, { error: 'unknown_method' }],
    ['a method named like a property', 'constructor', {}, { error: 'unknown_method' }],
    [
      'an argument the method does not have',
      'chat.postMessage',
      { channel: deals, text: 'Hi', colour: 'red' },
      { error: 'invalid_arguments' },
    ],
    ['no channel', 'chat.postMessage', { text: 'Hi' }, { error: 'invalid_arguments' }],
    [
      'blocks that are no JSON',
      'chat.postMessage',
      { channel: deals, text: 'Hi', blocks: '[' },
      { error: 'invalid_blocks_format' },
    ],
    ['a cursor it never gave', 'users.list', { cursor: 'abc' }, { error: 'invalid_cursor' }],
  ])('refuses %s', async (_what, method, args, expected) => {
    const { sandbox } = await startSandbox();
    const { body } = await call(sandbox, method, args);
    expect(body).toMatchObject({ ok: false, ...expected });
  });

  test('names the unknown argument', async () => {
    const { sandbox } = await startSandbox();
    const { body } = await call(sandbox, 'users.info', { user: ana, colour: 'red' });
    expect(JSON.stringify(body['response_metadata'])).toContain('unknown argument: colour');
  });
});

describe('authorization', () => {
  test.each([
    ['a wrong token', 'auth.test', 'xoxb-other', 'invalid_auth'],
    ['an app token for a bot method', 'auth.test', 'xapp-trial', 'not_allowed_token_type'],
    ['a bot token for sockets', 'apps.connections.open', botToken, 'not_allowed_token_type'],
  ])('refuses %s', async (_what, method, token, error) => {
    const { sandbox } = await startSandbox();
    expect((await call(sandbox, method, {}, token)).body).toMatchObject({ ok: false, error });
  });

  test('refuses a call without a token', async () => {
    const { sandbox } = await startSandbox();
    const response = await fetch(`${sandbox.apiUrl}auth.test`, { method: 'POST' });
    expect(await response.json()).toMatchObject({ ok: false, error: 'not_authed' });
  });

  test('names the missing scope and shows the granted ones', async () => {
    const { sandbox } = await startSandbox({ app: { scopes: ['chat:write'] } });
    const { response, body } = await call(sandbox, 'users.info', { user: ana });
    expect(body).toMatchObject({
      error: 'missing_scope',
      needed: 'users:read',
      provided: 'chat:write',
    });
    expect(response.headers.get('x-oauth-scopes')).toBe('chat:write');
  });

  test('asks for the history scope of the kind of channel', async () => {
    const { sandbox } = await startSandbox({ app: { scopes: ['groups:history'] } });
    const { body } = await call(sandbox, 'conversations.history', { channel: deals });
    expect(body).toMatchObject({ error: 'missing_scope', needed: 'channels:history' });
  });

  test('is over once the app is removed', async () => {
    const { sandbox, client } = await startSandbox();
    await sandbox.uninstall();
    await expect(client.auth.test()).rejects.toThrow('account_inactive');
  });
});

describe('posting', () => {
  test('opens the DM of a person named as channel', async () => {
    const { sandbox, client } = await startSandbox();
    const { channel } = await client.chat.postMessage({ channel: ana, text: 'Good morning' });
    expect(channel).toMatch(/^D/);
    expect(sandbox.as(ana).dm()).toHaveLength(1);
    expect(sandbox.as(ana).unread()).toEqual({ [String(channel)]: 1 });
  });

  test.each([
    ['an unknown channel', { channel: 'C404' }, 'channel_not_found'],
    ['an unknown person', { channel: 'U404' }, 'channel_not_found'],
    ['a private channel it is not in', { channel: hidden }, 'channel_not_found'],
    ['a public channel it is not in', { channel: elsewhere }, 'not_in_channel'],
    ['a bot', { channel: 'U00000BOT' }, 'cannot_dm_bot'],
    ['somebody who left', { channel: 'U0000OLD' }, 'user_disabled'],
    ['a thread that never was', { thread_ts: '1700000000.000100' }, 'thread_not_found'],
    ['a thread that is no ts', { thread_ts: 'yesterday' }, 'invalid_thread_ts'],
    ['nothing to say', { text: '' }, 'no_text'],
    ['a text beyond all reading', { text: 'x'.repeat(40_001) }, 'msg_too_long'],
    ['blocks without words', { text: '', blocks: [section] }, 'no_text'],
    ['a block nobody knows', { blocks: [{ type: 'poll' }] }, 'invalid_blocks'],
    ['another name', { username: 'Boss' }, 'missing_scope'],
    ['metadata without a type', { metadata: { event_payload: {} } }, 'invalid_metadata_schema'],
    [
      'metadata that is a book',
      { metadata: { event_type: 'a', event_payload: { a: 'x'.repeat(20_000) } } },
      'metadata_too_large',
    ],
  ])('refuses %s', async (_what, args, error) => {
    const { sandbox } = await startSandbox();
    const { body } = await call(sandbox, 'chat.postMessage', {
      channel: deals,
      text: 'Hi',
      ...args,
    });
    expect(body).toMatchObject({ ok: false, error });
    expect(sandbox.as(ana).messages(deals)).toEqual([]);
  });

  test('refuses an archived channel', async () => {
    const { sandbox, client } = await startSandbox();
    await sandbox.archive(deals);
    await expect(client.chat.postMessage({ channel: deals, text: 'Hi' })).rejects.toThrow(
      'is_archived',
    );
  });

  test('refuses an answer to an answer', async () => {
    const { client } = await startSandbox();
    const root = await client.chat.postMessage({ channel: deals, text: 'Root' });
    const reply = await client.chat.postMessage({
      channel: deals,
      text: 'Reply',
      thread_ts: String(root.ts),
    });
    const deeper = client.chat.postMessage({
      channel: deals,
      text: 'Deeper',
      thread_ts: String(reply.ts),
    });
    await expect(deeper).rejects.toThrow('cannot_reply_to_message');
  });

  test('points at what is wrong with the blocks', async () => {
    const { client } = await startSandbox();
    const header = { type: 'header' as const, text: { type: 'plain_text' as const, text: '' } };
    const error = await client.chat
      .postMessage({ channel: deals, text: 'Hi', blocks: [header] })
      .catch((reason: unknown) => reason as WebAPIPlatformError);
    expect(error).toMatchObject({
      code: ErrorCode.PlatformError,
      data: {
        error: 'invalid_blocks',
        response_metadata: {
          messages: ['[ERROR] must be more than 0 characters [json-pointer:/blocks/0/text/text]'],
        },
      },
    });
  });

  test('gives every message its own rising ts, even when time stands still', async () => {
    const { client } = await startSandbox();
    const posted = [];
    for (let n = 0; n < 3; n += 1) {
      posted.push((await client.chat.postMessage({ channel: deals, text: `${n}` })).ts);
    }
    expect(posted.toSorted((a, b) => Number(a) - Number(b))).toEqual(posted);
    expect(new Set(posted).size).toBe(3);
  });

  test('shows an ephemeral message to one person of the channel', async () => {
    const { sandbox, client } = await startSandbox();
    const args = { channel: deals, text: 'Psst' };
    await client.chat.postEphemeral({ ...args, user: ana });
    expect(sandbox.as(ana).ephemerals(deals)).toHaveLength(1);
    expect(sandbox.as(ben).ephemerals(deals)).toEqual([]);
    await expect(client.chat.postEphemeral({ ...args, user: 'U0000OLD' })).rejects.toThrow(
      'user_not_in_channel',
    );
  });
});

test('keeps a log of the calls, without tokens', async () => {
  const { sandbox, client } = await startSandbox();
  await client.chat.postMessage({ channel: deals, text: 'Hi', token: botToken });
  await quietClient(sandbox, 'xoxb-other')
    .auth.test()
    .catch(() => undefined);
  expect(sandbox.calls).toMatchObject([
    { method: 'chat.postMessage', ok: true, args: { channel: deals, text: 'Hi' } },
    { method: 'auth.test', ok: false, error: 'invalid_auth' },
  ]);
  expect(JSON.stringify(sandbox.calls)).not.toContain(botToken);
});
