import { WebAPIHTTPError, WebAPIRateLimitedError, WebAPIRequestError } from '@slack/web-api';
import { describe, expect, test } from 'vitest';
import { ana, deals, startSandbox } from './trial.ts';

const hello = { channel: deals, text: 'Hello' };

describe('faults', () => {
  test('answer 429 with the time to wait, as often as asked', async () => {
    const { sandbox, client } = await startSandbox();
    sandbox.faults.add({
      method: 'chat.postMessage',
      kind: 'rate_limited',
      retryAfter: 7,
      times: 1,
    });
    const error: unknown = await client.chat.postMessage(hello).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(WebAPIRateLimitedError);
    expect(error).toMatchObject({ retryAfter: 7 });
    await client.auth.test();
    expect(await client.chat.postMessage(hello)).toMatchObject({ ok: true });
  });

  test('break the server before anything is written', async () => {
    const { sandbox, client } = await startSandbox();
    sandbox.faults.add({ method: 'chat.postMessage', kind: 'server_error', times: 1 });
    await expect(client.chat.postMessage(hello)).rejects.toBeInstanceOf(WebAPIHTTPError);
    expect(sandbox.as(ana).messages(deals)).toEqual([]);
  });

  test('write and lose the answer', async () => {
    const { sandbox, client } = await startSandbox();
    sandbox.faults.add({ method: 'chat.postMessage', kind: 'dropped_after_write', times: 1 });
    await expect(client.chat.postMessage(hello)).rejects.toBeInstanceOf(WebAPIRequestError);
    expect(sandbox.as(ana).messages(deals)).toHaveLength(1);
  });

  test('never answer, and write nothing', async () => {
    const { sandbox } = await startSandbox();
    sandbox.faults.add({ method: 'auth.test', kind: 'timeout' });
    const call = fetch(`${sandbox.apiUrl}auth.test`, {
      method: 'POST',
      signal: AbortSignal.timeout(50),
    });
    await expect(call).rejects.toThrow(/timeout/);
    expect(sandbox.calls).toMatchObject([{ method: 'auth.test', ok: false, error: 'timeout' }]);
    await sandbox.settled();
  });

  test('speak for the platform, for the calls they fit', async () => {
    const { sandbox, client } = await startSandbox();
    sandbox.faults.add({
      method: '*',
      kind: 'platform',
      error: 'is_archived',
      when: ({ text }) => text === 'Hello',
    });
    await expect(client.chat.postMessage(hello)).rejects.toThrow('is_archived');
    expect(await client.chat.postMessage({ ...hello, text: 'Bye' })).toMatchObject({ ok: true });
    sandbox.faults.clear();
    expect(await client.chat.postMessage(hello)).toMatchObject({ ok: true });
  });

  test('fall by the same draw for the same seed', async () => {
    const outcomes = await Promise.all(
      [1, 1, 2].map(async (seed) => {
        const { sandbox, client } = await startSandbox();
        const kind = { kind: 'platform', error: 'fatal_error' } as const;
        sandbox.faults.add({ method: 'auth.test', ...kind, probability: 0.5, seed });
        for (let n = 0; n < 16; n += 1) await client.auth.test().catch(() => undefined);
        return sandbox.calls.map(({ ok }) => (ok ? '.' : 'x')).join('');
      }),
    );
    expect(outcomes[0]).toBe(outcomes[1]);
    expect(outcomes[0]).not.toBe(outcomes[2]);
    expect(outcomes[0]).toMatch(/x.*\..*x|\..*x.*\./);
  });
});

describe('pacing', () => {
  test('records when each channel was written to', async () => {
    const { sandbox, client, clock } = await startSandbox();
    await client.chat.postMessage(hello);
    clock.advance(1500);
    await client.chat.postMessage(hello);
    const [first, second] = sandbox.pacing.posts(deals);
    expect(Number(second) - Number(first)).toBe(1500);
  });

  test('allows a burst of three, then one a second, when enforced', async () => {
    const { sandbox, client, clock } = await startSandbox({ enforcePacing: true });
    const post = () =>
      client.chat.postMessage(hello).then(
        () => 'posted',
        (error: unknown) => (error as WebAPIRateLimitedError).retryAfter,
      );
    const burst = [await post(), await post(), await post(), await post()];
    expect(burst).toEqual(['posted', 'posted', 'posted', 1]);
    clock.advance(1000);
    expect([await post(), await post()]).toEqual(['posted', 1]);
    expect(sandbox.as(ana).messages(deals)).toHaveLength(4);
  });
});
