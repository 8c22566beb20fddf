import type { Actor } from '../../sandbox/server/actor.ts';
import { seedFromManifest } from '../../sandbox/server/manifest.ts';
import { createSandbox, type Sandbox } from '../../sandbox/server/sandbox.ts';
import { createApp, type Homeroom } from '../../src/app.ts';
import { readConfig } from '../../src/config.ts';
import { createLog } from '../../src/log.ts';
import type { Engine, Store } from '../../src/store/store.ts';
import { createManualClock, type ManualClock } from './manual-clock.ts';
import { openTestStore } from './test-store.ts';

/** Monday 09:30 in New York, four business days before Thanksgiving week ends. */
const mondayMorning = '2026-11-23T14:30:00Z';

const users = [
  { id: 'U0ANNA', name: 'anna', realName: 'Anna Snelling', tz: 'America/New_York' },
  { id: 'U0BEN', name: 'ben', realName: 'Ben Okafor', tz: 'America/New_York' },
  { id: 'U0MIA', name: 'mia', realName: 'Mia Brandt', tz: 'Europe/Berlin' },
  { id: 'U0ADMIN', name: 'ada', realName: 'Ada Admin', tz: 'America/New_York' },
  { id: 'U0GUEST', name: 'gus', realName: 'Gus Guest', tz: 'America/New_York', isRestricted: true },
  { id: 'U0LEFT', name: 'lou', realName: 'Lou Left', tz: 'America/New_York', deleted: true },
  { id: 'U0ROBOT', name: 'robo', realName: 'Robo', tz: 'America/New_York', isBot: true },
];

/** A workspace with the app in it, on a clock that only moves when it is told to. */
export interface World {
  readonly sandbox: Sandbox;
  readonly app: Homeroom;
  /** Where the app listens. */
  readonly origin: string;
  readonly clock: ManualClock;
  readonly anna: Actor;
  readonly ben: Actor;
  readonly mia: Actor;
  readonly admin: Actor;
  /** Moves the clock, runs what is due and sends it. */
  goTo(instant: string): Promise<void>;
  /** Sends what is queued. */
  deliver(): Promise<void>;
  stop(): Promise<void>;
}

/**
 * Starts sandbox and app; over Socket Mode when asked, else over signed HTTP, on a store of its own
 * unless one is given.
 */
export async function startWorld(
  options: {
    socket?: boolean;
    engine?: Engine;
    store?: Store;
    env?: Readonly<Record<string, string>>;
  } = {},
): Promise<World> {
  const clock = createManualClock(mondayMorning);
  const members = users.filter(({ id }) => id !== 'U0ROBOT').map(({ id }) => id);
  const sandbox = await createSandbox({
    clock,
    team: { id: 'T0TEAM', name: 'Globex Sales', zone: 'America/New_York' },
    users,
    channels: [
      { id: 'C0GENERAL', name: 'general', members },
      { id: 'C0LOST', name: 'closed-lost', members },
      { id: 'C0ACME', name: 'deal-acme', members },
    ],
    app: {
      ...seedFromManifest(new URL('../../manifest.yml', import.meta.url)),
      botToken: 'xoxb-test',
      appToken: 'xapp-test',
      signingSecret: 'sshh',
    },
  });
  const config = readConfig({
    SLACK_BOT_TOKEN: 'xoxb-test',
    ...(options.socket ? { SLACK_APP_TOKEN: 'xapp-test' } : {}),
    SLACK_SIGNING_SECRET: 'sshh',
    SLACK_API_URL: sandbox.apiUrl,
    TEAM_ZONE: 'America/New_York',
    PORT: '0',
    LOG_LEVEL: 'silent',
    ...options.env,
  });
  const app = await createApp(config, {
    clock,
    log: createLog({ level: 'silent' }),
    store: watch(options.store ?? (await openTestStore(options.engine)), sandbox),
  });
  const port = await app.start({ background: false });
  const origin = `http://127.0.0.1:${port}`;
  if (!options.socket) sandbox.connectHttp(`${origin}/slack/events`);
  const deliver = async () => {
    await app.dispatcher.runUntilIdle();
  };
  return {
    sandbox,
    app,
    origin,
    clock,
    anna: sandbox.as('U0ANNA'),
    ben: sandbox.as('U0BEN'),
    mia: sandbox.as('U0MIA'),
    admin: sandbox.as('U0ADMIN'),
    deliver,
    goTo: async (instant) => {
      clock.set(instant);
      await app.heartbeat.tick();
      await deliver();
    },
    stop: async () => {
      await app.stop();
      await sandbox.stop();
    },
  };
}

/** A server takes its time over a query: what follows from an act has not happened before. */
function watch(store: Store, { during }: Sandbox): Store {
  return {
    ...store,
    transaction: (work, options) => during(() => store.transaction(work, options)),
    read: (work) => during(() => store.read(work)),
  };
}
