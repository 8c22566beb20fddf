import { randomBytes } from 'node:crypto';
import { afterEach, describe, expect, it } from 'vitest';
import { day } from '../../src/domain/calendar.ts';
import { openStore } from '../../src/store/open-store.ts';
import { createAppOn } from '../support/app-on.ts';
import { runCli, slow } from '../support/cli.ts';
import { startWorld } from '../support/homeroom.ts';
import { createDatabase } from '../support/postgres-database.ts';
import { rowsOf } from '../support/rows.ts';
import { createSeed } from '../support/seed.ts';
import { engines, newDatabaseUrl } from '../support/test-store.ts';
import { liveThroughADay } from './support/replica-day.ts';
import { startReplicas } from './support/replica-world.ts';

const left: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const clean of left.splice(0).reverse()) await clean();
});

/** The crowd's steps; `test/faults/long` has five times as many. */
const stepCount = 100;

describe.runIf(engines.includes('postgres'))('two replicas on Postgres', () => {
  it.each(['Socket Mode', 'HTTP'] as const)(
    'double and lose nothing of a day over %s, though one is killed',
    async (road) => {
      const url = await newDatabaseUrl('postgres');
      const world = await startReplicas(url, road, '2026-11-25T16:00:00Z');
      left.push(() => world.stop());
      await liveThroughADay(world, stepCount);
    },
    120_000,
  );

  it('both come up when they start together on an empty database', async () => {
    const name = `empty_${randomBytes(6).toString('hex')}`;
    const url = await createDatabase(name);
    const world = await startWorld();
    left.push(() => world.stop());
    const apps = await Promise.all([1, 2, 3].map(() => createAppOn(world, { DATABASE_URL: url })));
    for (const app of apps) left.push(() => app.stop());
    for (const app of apps) expect(await app.start({ background: false })).toBeGreaterThan(0);
    expect(apps.map(({ store }) => store.migrated).filter((count) => count > 0)).toHaveLength(1);
    expect(await rowsOf(apps[0]?.store ?? world.app.store, 'workspaces')).toHaveLength(1);
  });
});

describe('a second process beside the server on one file', () => {
  it('runs no job twice and sends no message twice', slow, async () => {
    const url = await newDatabaseUrl('sqlite');
    const world = await startWorld({ store: await openStore(url) });
    left.push(() => world.stop());
    const seed = createSeed(world.app, world.clock);
    for (const id of ['U0ANNA', 'U0BEN']) {
      const owner = await seed.person(id, id);
      const deal = await seed.deal({ account: id, owner });
      await seed.step(deal, { title: 'Send the pack', dueOn: day('2026-11-24'), doer: owner });
    }
    world.clock.set('2026-11-24T14:00:00Z');
    const at = ['--at', '2026-11-24T14:00:00Z'];
    const env = {
      SLACK_BOT_TOKEN: 'xoxb-test',
      SLACK_SIGNING_SECRET: 'sshh',
      SLACK_API_URL: world.sandbox.apiUrl,
      DATABASE_URL: url,
      TEAM_ZONE: 'America/New_York',
      LOG_LEVEL: 'silent',
    };
    const byHand = runCli(['jobs', 'run', 'nudge_sweep', ...at], env);
    let ended = false;
    void byHand.then(() => {
      ended = true;
    });
    while (!ended) {
      await world.app.heartbeat.tick();
      await world.deliver();
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect(await byHand).toMatchObject({ code: 0, stderr: '' });
    await world.deliver();
    for (const actor of [world.anna, world.ben]) expect(actor.dm()).toHaveLength(1);
    const runs = await rowsOf(world.app.store, 'jobRuns');
    expect(runs.filter(({ job }) => job === 'nudge_sweep')).toHaveLength(1);
    expect(runs.map(({ job }) => job).sort((a, b) => (a < b ? -1 : 1))).toEqual([
      'feedback_sweep',
      'missed_dates',
      'nudge_sweep',
      'practice_sweep',
      'review_clock',
      'stall_sweep',
    ]);
    expect(await rowsOf(world.app.store, 'nudges')).toHaveLength(2);
  });
});
