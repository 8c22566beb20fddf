import type { Actor } from '../../../sandbox/server/actor.ts';
import { seedFromManifest } from '../../../sandbox/server/manifest.ts';
import { createSandbox, type Sandbox } from '../../../sandbox/server/sandbox.ts';
import type { WorkspaceId } from '../../../src/domain/ids.ts';
import { openStore } from '../../../src/store/open-store.ts';
import type { Engine, Store } from '../../../src/store/store.ts';
import { createManualClock } from '../../support/manual-clock.ts';
import { emptyDatabase } from '../../support/postgres-database.ts';
import { createSeed, type Seed } from '../../support/seed.ts';
import { newDatabaseUrl } from '../../support/test-store.ts';
import { type AppProcess, ProcessKilled, startProcess } from './processes.ts';
import type { Pulse } from './protocol.ts';

const workspaceId = 'T0TEAM' as WorkspaceId;

/**
 * A workspace whose app runs in processes of its own. The sandbox, and with it the only clock, is
 * in the test; the processes are told the time, and sleeping in one of them moves it for all.
 */
export interface FaultWorld {
  readonly sandbox: Sandbox;
  readonly anna: Actor;
  readonly ben: Actor;
  readonly admin: Actor;
  /** Starts one more process on the database; Slack delivers to the one started last. */
  start(): Promise<AppProcess>;
  /** Resolves when nothing is going on any more, in the processes or between them and Slack. */
  settled(): Promise<void>;
  now(): Date;
  goTo(instant: string): void;
  advance(ms: number): void;
  /** Opens the database beside the processes, to seed or to look. */
  onStore<Result>(work: (store: Store, seed: Seed) => Promise<Result>): Promise<Result>;
  /** Stops what is still running. */
  stop(): Promise<void>;
}

const zone = 'America/New_York';
const users = [
  { id: 'U0ANNA', name: 'anna', realName: 'Anna Snelling', tz: zone },
  { id: 'U0BEN', name: 'ben', realName: 'Ben Okafor', tz: zone },
  { id: 'U0ADMIN', name: 'ada', realName: 'Ada Admin', tz: zone },
];

/** On the engine of this run unless another is named; on Monday 09:30 in New York. */
export async function startFaultWorld(
  engine?: Engine,
  startAt = '2026-11-23T14:30:00Z',
): Promise<FaultWorld> {
  const databaseUrl = await emptyDatabaseUrl(engine);
  const clock = createManualClock(startAt);
  const members = users.map(({ id }) => id);
  const sandbox = await createSandbox({
    clock,
    team: { id: workspaceId, name: 'Globex Sales', zone },
    users,
    channels: [
      { id: 'C0GENERAL', name: 'general', members },
      { id: 'C0LOST', name: 'closed-lost', members },
    ],
    app: {
      ...seedFromManifest(new URL('../../../manifest.yml', import.meta.url)),
      botToken: 'xoxb-test',
      signingSecret: 'sshh',
    },
  });
  const env = {
    SLACK_BOT_TOKEN: 'xoxb-test',
    SLACK_SIGNING_SECRET: 'sshh',
    SLACK_API_URL: sandbox.apiUrl,
    DATABASE_URL: databaseUrl,
    TEAM_ZONE: zone,
    PORT: '0',
    LOG_LEVEL: 'silent',
  };
  const running = new Set<AppProcess>();
  const tellTime = () => {
    for (const one of running) if (!one.killed) one.setTime(clock.now());
  };
  return {
    sandbox,
    anna: sandbox.as('U0ANNA'),
    ben: sandbox.as('U0BEN'),
    admin: sandbox.as('U0ADMIN'),
    start: async () => {
      const onSleep = (ms: number) => {
        clock.advance(Math.max(0, ms));
        tellTime();
        return clock.now();
      };
      const one = await startProcess({ env, now: clock.now(), onSleep });
      running.add(one);
      sandbox.connectHttp(`http://127.0.0.1:${one.port}/slack/events`);
      return one;
    },
    settled: async () => {
      for (let before = ''; ; ) {
        await sandbox.settled();
        const pulses = await Promise.all([...running].map(pulseOf));
        const asked = JSON.stringify(pulses);
        if (asked === before && pulses.every(({ waiting }) => waiting === 0)) return;
        before = asked;
      }
    },
    now: () => clock.now(),
    goTo: (instant) => {
      clock.set(instant);
      tellTime();
    },
    advance: (ms) => {
      clock.advance(ms);
      tellTime();
    },
    onStore: async (work) => {
      const store = await openStore(databaseUrl);
      try {
        return await work(store, createSeed({ store, workspaceId }, clock));
      } finally {
        await store.close();
      }
    },
    stop: async () => {
      for (const one of running) if (!one.killed) await one.end();
      await sandbox.stop();
      if (databaseUrl.startsWith('postgres')) used.push(databaseUrl);
    },
  };
}

/** Databases on the server whose world is over: to empty one is faster than to make one. */
const used: string[] = [];

async function emptyDatabaseUrl(engine: Engine | undefined): Promise<string> {
  const url = engine === 'sqlite' ? undefined : used.pop();
  if (url === undefined) return newDatabaseUrl(engine);
  await emptyDatabase(url);
  return url;
}

/** A process that is gone does nothing any more. */
async function pulseOf(app: AppProcess): Promise<Pulse> {
  try {
    return await app.pulse();
  } catch (error) {
    if (!(error instanceof ProcessKilled)) throw error;
    return { asked: 0, waiting: 0 };
  }
}
