import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Homeroom } from '../../../src/app.ts';
import { createAppOn } from '../../support/app-on.ts';
import { startWorld, type World } from '../../support/homeroom.ts';
import { rowsOf } from '../../support/rows.ts';
import { createSeed } from '../../support/seed.ts';
import { newDatabaseUrl } from '../../support/test-store.ts';

let world: World;

beforeEach(async () => {
  world = await startWorld();
});
afterEach(() => world.stop());

const tuesday = '2026-11-24T14:00:00Z';

/** Anna has a step due on Tuesday and one on Wednesday, so both mornings have something to ask. */
async function seedSteps(app: Homeroom): Promise<void> {
  const seed = createSeed(app, world.clock);
  const anna = await seed.person('U0ANNA', 'Anna Snelling');
  const acme = await seed.deal({ account: 'Acme', owner: anna });
  await seed.step(acme, { title: 'Send the pack', dueOn: '2026-11-24', doer: anna });
  await seed.step(acme, { title: 'Draft the contract', dueOn: '2026-11-25', doer: anna });
}

async function beat(app: Homeroom, instant?: string): Promise<void> {
  if (instant) world.clock.set(instant);
  await app.heartbeat.tick();
  await app.dispatcher.runUntilIdle();
}

const arrived = () => world.anna.dm().length;

describe('one bundle a person a day', () => {
  it('is sent once, however often the heart beats', async () => {
    await seedSteps(world.app);
    await world.goTo(tuesday);
    await world.goTo(tuesday);
    await world.goTo('2026-11-24T14:01:00Z');
    await world.goTo('2026-11-24T21:00:00Z');
    expect(arrived()).toBe(1);
  });

  it('is not sent again after a restart', async () => {
    const env = { DATABASE_URL: await newDatabaseUrl() };
    const before = await createAppOn(world, env);
    await seedSteps(before);
    await beat(before, tuesday);
    await before.stop();
    const after = await createAppOn(world, env);
    await beat(after, '2026-11-24T14:05:00Z');
    expect(arrived()).toBe(1);
    await beat(after, '2026-11-25T14:00:00Z');
    expect(arrived()).toBe(2);
    await after.stop();
  });

  it('is sent after a restart when it was planned and not sent', async () => {
    const env = { DATABASE_URL: await newDatabaseUrl() };
    const before = await createAppOn(world, env);
    await seedSteps(before);
    world.clock.set(tuesday);
    await before.heartbeat.tick();
    await before.stop();
    expect(arrived()).toBe(0);
    const after = await createAppOn(world, env);
    await beat(after, '2026-11-24T14:10:00Z');
    expect(arrived()).toBe(1);
    await after.stop();
  });

  it('is sent by one of two processes on the same database', async () => {
    const env = { DATABASE_URL: await newDatabaseUrl() };
    const [one, two] = [await createAppOn(world, env), await createAppOn(world, env)];
    await seedSteps(one);
    world.clock.set(tuesday);
    await one.heartbeat.tick();
    await two.heartbeat.tick();
    await two.dispatcher.runUntilIdle();
    await one.dispatcher.runUntilIdle();
    expect(arrived()).toBe(1);
    await Promise.all([one.stop(), two.stop()]);
  });

  it('follows a reader who moves to another zone on the day, without a second one', async () => {
    await seedSteps(world.app);
    await world.goTo(tuesday);
    await world.sandbox.setUser('U0ANNA', { tz: 'America/Los_Angeles' });
    await world.sandbox.settled();
    await world.goTo('2026-11-24T17:00:00Z');
    expect(arrived()).toBe(1);
    await world.goTo('2026-11-25T14:00:00Z');
    expect(arrived()).toBe(1);
    await world.goTo('2026-11-25T17:00:00Z');
    expect(arrived()).toBe(2);
  });
});

describe('a missed morning', () => {
  it('is caught up in the afternoon, without wishing a good morning', async () => {
    await seedSteps(world.app);
    await world.goTo('2026-11-24T20:30:00Z');
    expect(arrived()).toBe(1);
    expect(world.anna.dm()[0]?.text).not.toMatch(/morning/i);
  });

  it('is not made up for at night or on the day after', async () => {
    await seedSteps(world.app);
    await world.goTo('2026-11-24T23:30:00Z');
    await world.goTo('2026-11-25T05:00:00Z');
    await world.goTo('2026-11-25T13:59:00Z');
    expect(arrived()).toBe(0);
    await world.goTo('2026-11-25T14:00:00Z');
    expect(arrived()).toBe(1);
  });

  it.each([
    ['at night', '2026-11-24T23:30:00Z'],
    ['on the day after', '2026-11-25T13:30:00Z'],
  ])('is dropped %s when it was planned in time and not sent', async (_when, later) => {
    await seedSteps(world.app);
    world.clock.set(tuesday);
    await world.app.heartbeat.tick();
    await world.goTo(later);
    expect(arrived()).toBe(0);
    const rows = await rowsOf(world.app.store, 'outbox');
    expect(rows).toMatchObject([{ state: 'dropped', detail: 'its day is over' }]);
    await world.goTo('2026-11-25T14:00:00Z');
    expect(arrived()).toBe(1);
  });
});

describe('a bundle nobody knows the fate of', () => {
  it('is not sent again that day; the next morning has its own', async () => {
    await seedSteps(world.app);
    world.sandbox.faults.add({
      method: 'chat.postMessage',
      kind: 'dropped_after_write',
      times: 1,
    });
    await world.goTo(tuesday);
    await world.goTo('2026-11-24T14:30:00Z');
    await world.goTo('2026-11-24T20:00:00Z');
    expect(arrived()).toBe(1);
    const rows = await rowsOf(world.app.store, 'outbox');
    expect(rows.map(({ state }) => state)).toEqual(['unknown']);
    await world.goTo('2026-11-25T14:00:00Z');
    expect(arrived()).toBe(2);
  });
});
