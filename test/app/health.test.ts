import { afterEach, describe, expect, it } from 'vitest';
import type { Homeroom } from '../../src/app.ts';
import { createAppOn } from '../support/app-on.ts';
import { startWorld, type World } from '../support/homeroom.ts';

let world: World;
let app: Homeroom;
let origin: string;

afterEach(async () => {
  await app.stop();
  await world.stop();
});

/** An app of its own in the world's workspace, whose address is known. */
async function start(env: Record<string, string>): Promise<void> {
  world = await startWorld();
  app = await createAppOn(world, env);
  origin = `http://127.0.0.1:${await app.start({ background: false })}`;
}

async function get(path: string): Promise<[status: number, text: string]> {
  const response = await fetch(origin + path);
  return [response.status, await response.text()];
}

const http = {};
const socket = { SLACK_APP_TOKEN: 'xapp-test' };

describe.each([
  ['HTTP', http],
  ['Socket Mode', socket],
])('health over %s', (_road, env) => {
  it('is ready once the store and Slack have answered, and says when Slack last did', async () => {
    await start(env);
    expect(await get('/healthz')).toEqual([200, 'ok\n']);
    expect(await get('/readyz')).toEqual([
      200,
      'ready\nlast answer from Slack: 2026-11-23T14:30:00.000Z\n',
    ]);
  });

  it('is alive and not ready when the database does not answer, and says so', async () => {
    await start(env);
    await app.store.close();
    expect(await get('/healthz')).toEqual([200, 'ok\n']);
    expect(await get('/readyz')).toEqual([
      503,
      expect.stringMatching(/^not ready: the database does not answer\n/),
    ]);
  });
});

describe('a process that stops', () => {
  it('says no to a balancer and goes on answering until that has turned away', async () => {
    await start(http);
    const stopped = app.stop({ graceMs: 1_500 });
    expect(await get('/readyz')).toEqual([
      503,
      expect.stringMatching(/^not ready: the process is stopping\n/),
    ]);
    world.sandbox.connectHttp(`${origin}/slack/events`);
    expect(await world.anna.command('/deal', 'help')).toEqual({ ok: true });
    await stopped;
    await expect(get('/readyz')).rejects.toThrow();
  });
});

describe('the socket', () => {
  it('makes the app not ready while it is down, and ready when it is back', async () => {
    await start(socket);
    world.sandbox.disconnectSockets();
    const down = [503, expect.stringMatching(/^not ready: the socket to Slack is down/)];
    await expect.poll(() => get('/readyz')).toEqual(down);
    const up = [200, expect.stringMatching(/^ready\n/)];
    await expect.poll(() => get('/readyz'), { timeout: 15_000 }).toEqual(up);
  });
});

describe('paths the app does not know', () => {
  it('are not found', async () => {
    await start(socket);
    expect(await get('/')).toEqual([404, 'not found\n']);
    expect(await get('/slack/events')).toEqual([404, 'not found\n']);
  });
});
