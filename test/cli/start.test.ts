import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Running, slow, startCli } from '../support/cli.ts';
import { startWorld, type World } from '../support/homeroom.ts';
import { newDatabaseUrl } from '../support/test-store.ts';

let world: World;
let running: Running;

beforeEach(async () => {
  world = await startWorld();
});
afterEach(async () => {
  running.child.kill('SIGKILL');
  await running.ended;
  await world.stop();
});

async function start(road: Record<string, string>): Promise<string> {
  running = await startCli(['start'], {
    SLACK_BOT_TOKEN: 'xoxb-test',
    SLACK_SIGNING_SECRET: 'sshh',
    SLACK_API_URL: world.sandbox.apiUrl,
    DATABASE_URL: await newDatabaseUrl(),
    PORT: '0',
    LOG_LEVEL: 'debug',
    ...road,
  });
  const address = /^Homeroom is up\. Health: (http:\/\/localhost:\d+)\/readyz$/m;
  await expect.poll(running.stdout, { timeout: 30_000 }).toMatch(address);
  return address.exec(running.stdout())?.[1] ?? '';
}

describe('homeroom start', slow, () => {
  it.each([
    ['signed HTTP', 'SIGTERM', {}],
    ['Socket Mode', 'SIGINT', { SLACK_APP_TOKEN: 'xapp-test' }],
  ] as const)('answers over %s, and %s with a clean end', async (_road, signal, road) => {
    const origin = await start(road);
    expect((await fetch(`${origin}/readyz`)).status).toBe(200);
    world.sandbox.connectHttp(`${origin}/slack/events`);
    expect(await world.anna.command('/deal', 'help')).toEqual({ ok: true });
    // Another process answers: the sandbox cannot know when it is done.
    await expect.poll(() => world.anna.ephemerals()).toHaveLength(1);
    running.child.kill(signal);
    const { code, stdout, stderr } = await running.ended;
    expect(stderr).toBe('');
    expect(code).toBe(0);
    expect(stdout).not.toMatch(/xoxb-test|xapp-test|sshh/);
  });
});
