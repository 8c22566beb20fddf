import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { SandboxMessage } from '../../sandbox/server/contract.ts';
import type { Homeroom } from '../../src/app.ts';
import type { Clock } from '../../src/clock.ts';
import type { DealId } from '../../src/domain/ids.ts';
import { stepIds } from '../../src/slack/step-actions.ts';
import { listHomework } from '../../src/store/homework.ts';
import { createAppOn } from '../support/app-on.ts';
import { startWorld, type World } from '../support/homeroom.ts';
import { createSeed } from '../support/seed.ts';
import { newDatabaseUrl } from '../support/test-store.ts';

let world: World;

beforeEach(async () => {
  world = await startWorld();
});
afterEach(() => world.stop());

async function listen(app: Homeroom): Promise<void> {
  const port = await app.start({ background: false });
  world.sandbox.connectHttp(`http://127.0.0.1:${port}/slack/events`);
}

/** Anna has one step that is due on Tuesday. */
async function seedStep(app: Homeroom): Promise<DealId> {
  const seed = createSeed(app, world.clock);
  const anna = await seed.person('U0ANNA', 'Anna Snelling');
  const acme = await seed.deal({ account: 'Acme', owner: anna });
  await seed.step(acme, { title: 'Send the pack', dueOn: '2026-11-24', doer: anna });
  return acme.id;
}

/** A clock that counts how often it is looked at: whoever handles something looks first. */
function watchedClock(): Clock & { looks(): number } {
  let looks = 0;
  return {
    ...world.clock,
    now: () => {
      looks += 1;
      return world.clock.now();
    },
    looks: () => looks,
  };
}

describe.each([
  ['signed HTTP', {}],
  ['Socket Mode', { SLACK_APP_TOKEN: 'xapp-test' }],
])('a stop over %s', (_road, road) => {
  it('finishes what was begun and acknowledges it, then takes nothing more', async () => {
    const env = { ...road, DATABASE_URL: await newDatabaseUrl() };
    const clock = watchedClock();
    const app = await createAppOn({ ...world, clock }, env);
    const dealId = await seedStep(app);
    await listen(app);
    world.clock.set('2026-11-24T14:00:00Z');
    await app.heartbeat.tick();
    await app.dispatcher.runUntilIdle();
    const bundle = world.anna.dm()[0] as SandboxMessage;

    let release = (): void => undefined;
    const busy = app.store.transaction(() => new Promise<void>((resolve) => (release = resolve)));
    const looks = clock.looks();
    const pressed = world.anna.press(bundle, stepIds.done);
    await expect.poll(clock.looks).toBeGreaterThan(looks);
    const stopped = app.stop();
    release();
    await busy;
    expect(await pressed).toEqual({ ok: true });
    await stopped;
    expect(world.anna.dm()[0]?.text).toBe('All answered. Thank you.');
    expect(await world.anna.command('/deal', 'help')).toMatchObject({ ok: false });

    const after = await createAppOn(world, env);
    const steps = await after.store.read((tx) => listHomework(tx, dealId));
    expect(steps.map(({ status }) => status)).toEqual(['done']);
    await after.stop();
  });
});

describe('a start', () => {
  it('catches up and delivers by itself', async () => {
    const app = await createAppOn(world);
    await seedStep(app);
    world.clock.set('2026-11-24T15:00:00Z');
    await app.start();
    await expect.poll(() => world.anna.dm().length, { timeout: 10_000 }).toBe(1);
    await app.stop();
  });

  it('goes on with what the process before had planned and not sent', async () => {
    const env = { DATABASE_URL: await newDatabaseUrl() };
    const before = await createAppOn(world, env);
    await seedStep(before);
    world.clock.set('2026-11-24T15:00:00Z');
    await before.heartbeat.tick();
    await before.stop();
    expect(world.anna.dm()).toEqual([]);
    const after = await createAppOn(world, env);
    await after.start();
    await expect.poll(() => world.anna.dm().length, { timeout: 10_000 }).toBe(1);
    await after.stop();
  });

  it.each([
    [
      'SLACK_BOT_TOKEN',
      { SLACK_BOT_TOKEN: 'xoxb-old' },
      /did not take SLACK_BOT_TOKEN: invalid_auth$/,
    ],
    [
      'SLACK_APP_TOKEN',
      { SLACK_APP_TOKEN: 'xapp-old' },
      /did not take SLACK_APP_TOKEN: invalid_auth$/,
    ],
    ['DATABASE_URL', { DATABASE_URL: 'file:/nowhere/at/all.db' }, /^DATABASE_URL file:\/nowhere/],
  ])('names %s when that is what is wrong', async (_variable, env, said) => {
    const attempt = async () => {
      const app = await createAppOn(world, env);
      await app.start({ background: false }).finally(() => app.stop());
    };
    await expect(attempt()).rejects.toThrow(said);
  });

  it('names PORT when another process has it', async () => {
    const first = await createAppOn(world);
    const port = String(await first.start({ background: false }));
    const second = await createAppOn(world, { PORT: port });
    await expect(second.start({ background: false })).rejects.toThrow(
      `PORT ${port} cannot be listened on`,
    );
    await second.stop();
    await first.stop();
  });
});
