import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { Act, ActResult, SandboxState } from '../../sandbox/server/contract.ts';
import type { SandboxClock } from '../../sandbox/server/options.ts';
import type { Sandbox } from '../../sandbox/server/sandbox.ts';
import { connectApp } from './bolt-app.ts';
import { ana, ben, deals, elsewhere, hidden, startSandbox } from './trial.ts';

async function stateOf(sandbox: Sandbox, userId: string): Promise<SandboxState> {
  const response = await fetch(`${sandbox.url}/control/state?as=${userId}`);
  return (await response.json()) as SandboxState;
}

async function act(sandbox: Sandbox, as: string, what: Act): Promise<ActResult> {
  const response = await fetch(`${sandbox.url}/control/act`, {
    method: 'POST',
    body: JSON.stringify({ as, act: what }),
  });
  return (await response.json()) as ActResult;
}

/** A request with headers that `fetch` would not let through. */
function statusWith(sandbox: Sandbox, headers: Record<string, string>): Promise<number> {
  return new Promise((resolve, reject) => {
    const call = request(`${sandbox.url}/control/state?as=${ana}`, { headers }, (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    });
    call.on('error', reject);
    call.end();
  });
}

describe('the state of the page', () => {
  test('holds what the person may see and nothing else', async () => {
    const { sandbox, client } = await startSandbox();
    await sandbox.as(ana).say('quiet', 'A secret');
    await client.chat.postMessage({ channel: ben, text: 'For Ben' });
    await client.chat.postEphemeral({ channel: deals, user: ben, text: 'Psst, Ben' });
    const hers = await stateOf(sandbox, ana);
    const his = await stateOf(sandbox, ben);

    expect(hers.channels.map(({ id }) => id)).toContain(hidden);
    expect(hers.channels.map(({ id }) => id)).not.toContain(elsewhere);
    expect(hers.messages.map(({ text }) => text)).toEqual(['A secret']);
    expect(his.messages.map(({ text }) => text)).toEqual(['For Ben', 'Psst, Ben']);
    expect(Object.values(his.unread)).toEqual([1]);
    expect(hers.channels.find(({ kind }) => kind === 'im')?.name).toBe('Trial');
    expect(his.app).toMatchObject({ userId: sandbox.app.userId, name: 'Trial' });
  });

  test('counts nothing unread once it was read', async () => {
    const { sandbox, client } = await startSandbox();
    const { channel } = await client.chat.postMessage({ channel: ben, text: 'For Ben' });
    await act(sandbox, ben, { do: 'read', channel: String(channel) });
    expect((await stateOf(sandbox, ben)).unread).toEqual({});
  });

  test('is refused for nobody', async () => {
    const { sandbox } = await startSandbox();
    expect((await fetch(`${sandbox.url}/control/state?as=U404`)).status).toBe(400);
  });
});

describe('acts of the page', () => {
  test('are those of a person', async () => {
    const { sandbox } = await startSandbox();
    const seen: unknown[] = [];
    await connectApp(sandbox, 'http', (app) => {
      app.action('pick', async ({ ack, payload, body }) => {
        seen.push('selected_option' in payload && payload.selected_option, 'state' in body);
        await ack();
      });
      app.command('/deal', async ({ ack, say }) => {
        const options = ['a', 'b'].map((value) => ({
          text: { type: 'plain_text' as const, text: value },
          value,
        }));
        const pick = { type: 'static_select' as const, action_id: 'pick', options };
        await say({
          text: 'Pick',
          blocks: [{ type: 'actions', block_id: 'row', elements: [pick] }],
        });
        await ack();
      });
    });
    const command = { do: 'command', channel: deals, command: '/deal', text: '' } as const;
    expect(await act(sandbox, ana, command)).toEqual({ ok: true });
    const [message] = (await stateOf(sandbox, ana)).messages;
    const choice = {
      do: 'block_action',
      container: { type: 'message', channel: deals, ts: message?.ts ?? '' },
      blockId: 'row',
      actionId: 'pick',
    } as const;
    const option = (value: string) => ({ text: { type: 'plain_text', text: value }, value });

    expect(
      await act(sandbox, ana, { ...choice, chosen: { selected_option: option('b') } }),
    ).toEqual({
      ok: true,
    });
    expect(seen).toEqual([option('b'), true]);
    const impossible = await act(sandbox, ana, {
      ...choice,
      chosen: { selected_option: option('c') },
    });
    expect(impossible.error).toContain('does not offer that option');
  });

  test('are refused when they make no sense', async () => {
    const { sandbox } = await startSandbox();
    const body = JSON.stringify({ as: ana, act: { do: 'fly' } });
    const response = await fetch(`${sandbox.url}/control/act`, { method: 'POST', body });
    expect(response.status).toBe(400);
    expect(await act(sandbox, 'U0000OLD', { do: 'open_home' })).toMatchObject({ ok: false });
    expect(await act(sandbox, ana, { do: 'say', channel: elsewhere, text: 'Hi' })).toEqual({
      ok: false,
      error: 'You are not in that channel.',
    });
  });

  test('move a clock that can be moved, and only forward', async () => {
    const fixed = await startSandbox();
    const to = '2026-03-03T09:00:00.000Z';
    expect(await act(fixed.sandbox, ana, { do: 'move_clock', to })).toMatchObject({ ok: false });

    let now = new Date('2026-03-02T09:00:00Z');
    const clock: SandboxClock = {
      now: () => now,
      moveTo: async (instant) => {
        now = instant;
      },
      presets: () => [{ id: 'tomorrow', label: 'Tomorrow' }],
      presetInstant: (id) => (id === 'tomorrow' ? new Date(to) : undefined),
    };
    const { sandbox } = await startSandbox({ clock });
    expect((await stateOf(sandbox, ana)).clockPresets).toEqual([
      { id: 'tomorrow', label: 'Tomorrow' },
    ]);
    expect(await act(sandbox, ana, { do: 'move_clock', preset: 'tomorrow' })).toEqual({ ok: true });
    expect((await stateOf(sandbox, ana)).now).toBe(to);
    const back = await act(sandbox, ana, { do: 'move_clock', to: '2026-03-02T09:00:00Z' });
    expect(back.error).toBe('The clock never goes back.');
    const nowhere = await act(sandbox, ana, { do: 'move_clock', preset: 'never' });
    expect(nowhere).toMatchObject({ ok: false });
  });
});

test('tells the page of every change', async () => {
  const { sandbox } = await startSandbox();
  const response = await fetch(`${sandbox.url}/control/stream`);
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  const read = async () => Number(/data: (\d+)/.exec((await reader?.read())?.value ?? '')?.[1]);
  const before = await read();
  await sandbox.as(ana).say(deals, 'Hello');
  expect(await read()).toBeGreaterThan(before);
  await reader?.cancel();
});

describe('other sites', () => {
  test.each([
    ['a foreign host name', { host: 'evil.example' }],
    ['a foreign origin', { origin: 'https://evil.example' }],
    ['no real origin', { origin: 'null' }],
  ])('are kept out: %s', async (_what, headers) => {
    const { sandbox } = await startSandbox();
    expect(await statusWith(sandbox, headers)).toBe(403);
  });

  test('do not include this machine under another name', async () => {
    const { sandbox } = await startSandbox();
    expect(await statusWith(sandbox, { host: 'localhost:1234' })).toBe(200);
  });
});

test('serves the page, and its start for any other address', async () => {
  const uiFolder = mkdtempSync(join(tmpdir(), 'sandbox-ui-'));
  onTestFinished(() => rmSync(uiFolder, { recursive: true }));
  writeFileSync(join(uiFolder, 'index.html'), '<h1>Start</h1>');
  writeFileSync(join(uiFolder, 'page.js'), 'let a;');
  const { sandbox } = await startSandbox({ uiFolder });
  const get = async (path: string) => (await fetch(sandbox.url + path)).text();
  expect(await get('/')).toBe('<h1>Start</h1>');
  expect(await get('/page.js')).toBe('let a;');
  expect(await get('/channels/C1')).toBe('<h1>Start</h1>');
  expect(await get('/..%2f..%2fetc%2fpasswd')).toBe('<h1>Start</h1>');
});
