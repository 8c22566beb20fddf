import { createHmac } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import type { Sandbox } from '../../sandbox/server/sandbox.ts';
import { connectApp } from './bolt-app.ts';
import { ana, ben, deals, hidden, startSandbox } from './trial.ts';

interface Received {
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

/** An app that answers with these status codes in turn, the last one for ever. */
async function connectStub(sandbox: Sandbox, statuses: number[], headers = {}) {
  const received: Received[] = [];
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += String(chunk);
    received.push({ headers: request.headers, body });
    response.writeHead(
      statuses.length > 1 ? (statuses.shift() ?? 200) : (statuses[0] ?? 200),
      headers,
    );
    response.end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  sandbox.connectHttp(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  return received;
}

describe('HTTP delivery', () => {
  test('is signed with the secret of the app', async () => {
    const { sandbox } = await startSandbox();
    const [received] = [await connectStub(sandbox, [200])];
    await sandbox.as(ana).command('/deal', 'list', { channel: deals });
    const [request] = received;
    const timestamp = request?.headers['x-slack-request-timestamp'];
    const digest = createHmac('sha256', 'trial-secret')
      .update(`v0:${String(timestamp)}:${request?.body}`)
      .digest('hex');
    expect(request?.headers['x-slack-signature']).toBe(`v0=${digest}`);
    const fields = Object.fromEntries(new URLSearchParams(request?.body));
    expect(fields).toMatchObject({
      command: '/deal',
      text: 'list',
      channel_id: deals,
      channel_name: 'deal-acme',
      user_id: ana,
      is_enterprise_install: 'false',
    });
  });

  test('repeats an event that failed at once, then when the test says so, three times in all', async () => {
    const { sandbox } = await startSandbox();
    const received = await connectStub(sandbox, [500]);
    await sandbox.as(ana).say(deals, 'Hello');
    expect(received).toHaveLength(2);
    for (let n = 0; n < 4; n += 1) await sandbox.retryEvents();
    expect(received.map(({ headers }) => headers['x-slack-retry-num'])).toEqual([
      undefined,
      '1',
      '2',
      '3',
    ]);
    expect(received[1]?.headers['x-slack-retry-reason']).toBe('http_error');
    const ids = received.map(({ body }) => (JSON.parse(body) as { event_id: string }).event_id);
    expect(new Set(ids).size).toBe(1);
  });

  test('does not repeat what the app wants no more of', async () => {
    const { sandbox } = await startSandbox();
    const received = await connectStub(sandbox, [500], { 'x-slack-no-retry': '1' });
    await sandbox.as(ana).say(deals, 'Hello');
    await sandbox.retryEvents();
    expect(received).toHaveLength(1);
  });

  test('tells the person of a command that failed or hung', async () => {
    const { sandbox } = await startSandbox({ ackTimeoutMs: 40 });
    const rep = sandbox.as(ana);
    expect(await rep.command('/deal')).toEqual({
      ok: false,
      error: '/deal failed: dispatch_failed',
    });
    await connectStub(sandbox, [500]);
    expect(await rep.command('/deal')).toEqual({
      ok: false,
      error: '/deal failed: operation_timeout',
    });
    await connectApp(sandbox, 'http', (app) =>
      app.command('/deal', () => new Promise(() => undefined)),
    );
    expect(await rep.command('/deal')).toEqual({
      ok: false,
      error: '/deal failed: operation_timeout',
    });
    expect(await rep.command('/other')).toEqual({
      ok: false,
      error: '/other is not a valid command.',
    });
    expect(await sandbox.as('U00GUEST').command('/deal')).toMatchObject({ ok: false });
  });

  test('sends the same thing twice on request', async () => {
    const { sandbox } = await startSandbox();
    const received = await connectStub(sandbox, [200]);
    await sandbox.as(ana).say(deals, 'Hello');
    await sandbox.redeliverLast('event');
    expect(received).toHaveLength(2);
    expect(received[0]?.body).toBe(received[1]?.body);
    await expect(sandbox.redeliverLast('view_submission')).rejects.toThrow(
      /has been delivered yet/,
    );
  });
});

describe('events', () => {
  async function heardBy(act: (sandbox: Sandbox) => Promise<unknown>, app = {}) {
    const { sandbox } = await startSandbox({ app });
    await connectStub(sandbox, [200]);
    await act(sandbox);
    await sandbox.settled();
    return sandbox.deliveries.map(({ type }) => type);
  }

  test('tell of people who come, change and leave', async () => {
    const heard = await heardBy(async (sandbox) => {
      await sandbox.addUser({ id: 'U0000NEW', name: 'new' });
      await sandbox.setUser(ben, { deleted: true });
      await sandbox.invite(deals, 'U0000NEW');
      await sandbox.kick(deals, 'U0000NEW');
      await sandbox.kick(deals);
      await sandbox.invite(hidden);
      await sandbox.archive(hidden);
    });
    expect(heard).toEqual([
      'team_join',
      'user_change',
      'member_joined_channel',
      'member_left_channel',
      'channel_left',
      'member_joined_channel',
      'group_archive',
    ]);
  });

  test('stop at the door of channels the app is not in', async () => {
    const heard = await heardBy((sandbox) => sandbox.as(ana).say('quiet', 'Hello'));
    expect(heard).toEqual([]);
  });

  test('need their scope and their subscription', async () => {
    const say = (sandbox: Sandbox) => sandbox.as(ana).say(deals, 'Hello');
    expect(await heardBy(say, { scopes: ['channels:read'] })).toEqual([]);
    expect(await heardBy(say, { events: ['message.im'] })).toEqual([]);
    expect(await heardBy(say, { events: ['message.channels'] })).toEqual(['message']);
  });

  test('end with the removal of the app', async () => {
    const heard = await heardBy((sandbox) => sandbox.uninstall());
    expect(heard).toEqual(['app_uninstalled', 'tokens_revoked']);
  });
});

describe('Socket Mode', () => {
  test('brings back what was sent while the app reconnected', async () => {
    const { sandbox } = await startSandbox();
    const heard: string[] = [];
    await connectApp(sandbox, 'socket', (app) => {
      app.message('', async ({ message }) => {
        if ('text' in message) heard.push(message.text ?? '');
      });
    });
    sandbox.disconnectSockets();
    await sandbox.as(ana).say(deals, 'In the gap');
    expect(heard).toEqual([]);
    await vi.waitFor(() => expect(heard).toEqual(['In the gap']), { timeout: 3000 });
    // What was heard is acknowledged a moment later.
    await vi.waitFor(() =>
      expect(sandbox.deliveries.at(-1)).toMatchObject({ type: 'message', retryNum: 2 }),
    );
  });

  test('sends an unacknowledged event again under the same name', async () => {
    const { sandbox } = await startSandbox({ ackTimeoutMs: 30 });
    let calls = 0;
    await connectApp(sandbox, 'socket', (app) => {
      const process = app.processEvent.bind(app);
      app.processEvent = async (event) => {
        calls += 1;
        if (calls > 1) await process(event);
      };
    });
    await sandbox.as(ana).say(deals, 'Hello');
    expect(calls).toBe(2);
    expect(sandbox.deliveries.map(({ ack, retryNum }) => [ack.ok, retryNum])).toEqual([
      [false, 0],
      [true, 1],
    ]);
  });
});

describe('a response_url', () => {
  async function hookFor(text: string) {
    const parts = await startSandbox();
    await connectStub(parts.sandbox, [200]);
    await parts.sandbox.as(ana).command('/deal', text, { channel: deals });
    const url = String(parts.sandbox.deliveries.at(-1)?.payload['response_url']);
    const respond = (body: object) =>
      fetch(url, { method: 'POST', body: JSON.stringify(body) }).then(({ status }) => status);
    return { ...parts, respond, rep: parts.sandbox.as(ana) };
  }

  test('works five times', async () => {
    const { respond, rep } = await hookFor('');
    for (let n = 0; n < 5; n += 1) expect(await respond({ text: `${n}` })).toBe(200);
    expect(await respond({ text: 'six' })).toBe(404);
    expect(rep.ephemerals(deals)).toHaveLength(5);
  });

  test('works for thirty minutes', async () => {
    const { respond, clock } = await hookFor('');
    clock.advance(30 * 60_000);
    expect(await respond({ text: 'Just in time' })).toBe(200);
    clock.advance(1);
    expect(await respond({ text: 'Too late' })).toBe(404);
  });

  test('replaces and deletes what it sent before', async () => {
    const { respond, rep } = await hookFor('');
    await respond({ text: 'First' });
    await respond({ text: 'Second', replace_original: true });
    expect(rep.ephemerals(deals).map(({ text }) => text)).toEqual(['Second']);
    await respond({ delete_original: true });
    expect(rep.ephemerals(deals)).toEqual([]);
  });

  test('refuses blocks beyond the limits', async () => {
    const { respond, rep, sandbox } = await hookFor('');
    expect(await respond({ text: 'Hi', blocks: [{ type: 'poll' }] })).toBe(400);
    expect(rep.ephemerals(deals)).toEqual([]);
    expect(sandbox.calls.at(-1)).toMatchObject({ method: 'response_url', error: 'invalid_blocks' });
  });
});
