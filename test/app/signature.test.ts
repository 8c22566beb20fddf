import { createHmac } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Homeroom } from '../../src/app.ts';
import { createAppOn } from '../support/app-on.ts';
import { startWorld, type World } from '../support/homeroom.ts';
import { rowsOf } from '../support/rows.ts';

let world: World;
let app: Homeroom;
let url: string;

beforeEach(async () => {
  world = await startWorld();
  app = await createAppOn(world);
  url = `http://127.0.0.1:${await app.start({ background: false })}/slack/events`;
});
afterEach(async () => {
  await app.stop();
  await world.stop();
});

const now = () => Math.floor(Date.now() / 1000);

function command(): string {
  return new URLSearchParams({
    command: '/deal',
    text: 'help',
    team_id: 'T0TEAM',
    user_id: 'U0ANNA',
    channel_id: 'C0GENERAL',
    channel_name: 'general',
    trigger_id: 'trigger',
    response_url: `${world.sandbox.url}/hooks/nobody`,
  }).toString();
}

async function post(signed: { secret?: string; at?: number; body?: string; sent?: string }) {
  const { secret = 'sshh', at = now(), body = command(), sent = body } = signed;
  const digest = createHmac('sha256', secret).update(`v0:${at}:${body}`).digest('hex');
  const response = await fetch(url, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      'x-slack-request-timestamp': String(at),
      'x-slack-signature': `v0=${digest}`,
    },
    body: sent,
  });
  return response.status;
}

const known = () => rowsOf(app.store, 'people');

describe('a request', () => {
  it('is taken when Slack signed it', async () => {
    expect(await post({})).toBe(200);
    await expect.poll(known).toHaveLength(1);
  });

  it.each([
    ['signed with another secret', { secret: 'guessed' }],
    ['signed ten minutes ago', { at: now() - 600 }],
    ['changed on its way', { sent: 'command=%2Fdeal&text=lost' }],
  ])('is refused when it was %s, and nothing happens', async (_how, signed) => {
    expect(await post(signed)).toBe(401);
    await world.sandbox.settled();
    expect(await known()).toEqual([]);
  });

  it('is refused when it is not signed at all', async () => {
    const response = await fetch(url, { method: 'POST', body: command() });
    expect(response.status).toBe(401);
    expect(await known()).toEqual([]);
  });
});
