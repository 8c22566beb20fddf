import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Homeroom } from '../../../src/app.ts';
import { createAppOn } from '../../support/app-on.ts';
import { type DeliveryWorld, startDeliveryWorld } from '../../support/delivery-world.ts';
import { createSeed } from '../../support/seed.ts';
import { newDatabaseUrl } from '../../support/test-store.ts';

let world: DeliveryWorld;
let app: Homeroom;

beforeEach(async () => {
  world = await startDeliveryWorld({ enforcePacing: true });
  app = await createAppOn(world);
});
afterEach(async () => {
  await app.stop();
  await world.stop();
});

const channel = 'C0ROOM0';

async function seedLosses(app: Homeroom, count: number): Promise<void> {
  const seed = createSeed(app, world.clock);
  const anna = await seed.person('U0ANNA', 'Anna Snelling');
  for (let n = 1; n <= count; n += 1) {
    const deal = await seed.deal({ account: `Account ${n}`, owner: anna });
    await seed.loss(deal, { loggedAt: new Date(Date.UTC(2026, 10, 24, 12, n)).toISOString() });
  }
}

const expected = (count: number) =>
  Array.from({ length: count }, (_, index) => `Account ${index + 1}`);

const arrived = () =>
  world
    .texts(channel)
    .slice(1)
    .map((text) => text.split(' · ')[0]);

describe('sixty losses in a week', () => {
  it('all arrive in their order, at most one a second, and Slack never asks to slow down', async () => {
    await seedLosses(app, 60);
    world.clock.set('2026-11-26T15:00:00Z');
    await app.heartbeat.tick();
    expect(await app.dispatcher.runUntilIdle()).toMatchObject({ sent: 61, dead: 0, unknown: 0 });
    expect(world.texts(channel)[0]).toMatch(/^60 deals closed lost this week, /);
    expect(arrived()).toEqual(expected(60));
    const posts = world.sandbox.pacing.posts(channel).map(Number);
    const gaps = posts.slice(1).map((at, index) => at - (posts[index] ?? 0));
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(1_000);
    expect(world.sandbox.calls.filter(({ error }) => error === 'ratelimited')).toEqual([]);
  });

  it('all arrive once and in their order through a storm of faults', async () => {
    await seedLosses(app, 20);
    const storm = { method: 'chat.postMessage', probability: 0.25 } as const;
    world.sandbox.faults.add({ ...storm, seed: 1, kind: 'rate_limited', retryAfter: 5 });
    world.sandbox.faults.add({ ...storm, seed: 2, kind: 'server_error' });
    world.sandbox.faults.add({ ...storm, seed: 3, kind: 'dropped_after_write' });
    world.clock.set('2026-11-26T15:00:00Z');
    await app.heartbeat.tick();
    await app.dispatcher.runUntilIdle();
    expect(arrived()).toEqual(expected(20));
    expect(world.sandbox.calls.filter(({ ok }) => !ok).length).toBeGreaterThan(5);
  });

  it('are finished by the next process when one stops half way', async () => {
    const env = { DATABASE_URL: await newDatabaseUrl() };
    const before = await createAppOn(world, env);
    await seedLosses(before, 12);
    world.clock.set('2026-11-26T15:00:00Z');
    await before.heartbeat.tick();
    let calls = 0;
    let stopped: Promise<void> | undefined;
    const fifth = () => {
      calls += 1;
      if (calls === 5) stopped = before.stop();
      return false;
    };
    const hook = { method: 'chat.postMessage', kind: 'timeout', when: fifth } as const;
    world.sandbox.faults.add(hook);
    before.dispatcher.start();
    await expect.poll(() => calls).toBeGreaterThanOrEqual(5);
    await stopped;
    expect(arrived()).toEqual(expected(12).slice(0, 4));
    const after = await createAppOn(world, env);
    await after.dispatcher.runUntilIdle();
    expect(arrived()).toEqual(expected(12));
    await after.stop();
  });
});
