import { randomBytes } from 'node:crypto';
import { type Clock, systemClock } from './clock.ts';
import type { Config } from './config.ts';
import type { ListenerDeps, TeamSettings } from './deps.ts';
import type { SlackUserId, WorkspaceId } from './domain/ids.ts';
import { type Money, minorDigits } from './domain/money.ts';
import { findNoticeTarget } from './features/notices/notice.ts';
import { knowPerson } from './features/people/know-person.ts';
import { registerFeatures, renderersFor } from './features.ts';
import { createCalendars } from './holidays.ts';
import { createInFlight } from './in-flight.ts';
import { createHeartbeat, type Heartbeat } from './jobs/heartbeat.ts';
import { createJobs } from './jobs/jobs.ts';
import { createScheduler } from './jobs/scheduler.ts';
import { createLog, type Log } from './log.ts';
import { openDatabase } from './open-database.ts';
import { createDispatcher, type Dispatcher } from './outbox/dispatcher.ts';
import { shutDown } from './shut-down.ts';
import { createPostingClient, createReadingClient, slackLogger } from './slack/client.ts';
import { connect } from './slack/connection.ts';
import { createGateway, type Gateway } from './slack/gateway.ts';
import { createResponder } from './slack/responder.ts';
import { startStep } from './start-step.ts';
import { saveWorkspace } from './store/people.ts';
import { assertOutsideTransaction, type Store } from './store/store.ts';
import { createWebServer } from './web/server.ts';

/** What tests and the sandbox put in place of the real thing. */
export interface Overrides {
  readonly clock?: Clock;
  readonly log?: Log;
  readonly store?: Store;
  /** Messages a second; a local Slack has no limits to spare. */
  readonly ceilingPerSecond?: number;
  /** Milliseconds between two messages in one place, for the same reason. */
  readonly restMs?: number;
}

/** The whole app, ready to start. */
export interface Homeroom {
  readonly workspaceId: WorkspaceId;
  readonly store: Store;
  readonly gateway: Gateway;
  readonly heartbeat: Heartbeat;
  readonly dispatcher: Dispatcher;
  /** Listens; `background: false` leaves heartbeat and dispatcher to the caller. @returns the HTTP port. */
  start(options?: { background?: boolean }): Promise<number>;
  /**
   * Takes no new work, finishes what was begun, closes. Over HTTP it answers on for `graceMs` while
   * `/readyz` says no, so that a balancer can turn to another process first.
   */
  stop(options?: { graceMs?: number }): Promise<void>;
}

const drainMs = 8_000;

/**
 * Composes the app: the one place that knows every part. Asks Slack once who we are, because every
 * row carries the workspace.
 */
export async function createApp(config: Config, overrides: Overrides = {}): Promise<Homeroom> {
  const clock = overrides.clock ?? systemClock;
  const log = overrides.log ?? createLog({ level: config.logLevel });
  const { apiUrl } = config.slack;
  const store = overrides.store ?? (await openDatabase(config.databaseUrl));
  const team = teamOf(config);
  const gateway = createGateway({
    posting: createPostingClient(config, log),
    reading: createReadingClient(config, log),
    now: () => clock.now(),
    log,
    assertOutside: assertOutsideTransaction,
  });
  const workspace = await startStep(`Slack at ${apiUrl} did not take SLACK_BOT_TOKEN`, () =>
    gateway.identify(),
  );
  const { workspaceId } = workspace;
  await store.transaction((tx) =>
    saveWorkspace(tx, { id: workspaceId, name: workspace.name, now: clock.now() }),
  );

  const calendars = createCalendars({ ours: config.holidays, daysOff: config.daysOff });
  const dispatcher = createDispatcher({
    store,
    gateway,
    clock,
    log,
    workspaceId,
    renderers: renderersFor(team, calendars),
    ...(overrides.ceilingPerSecond ? { ceilingPerSecond: overrides.ceilingPerSecond } : {}),
    ...(overrides.restMs ? { restMs: overrides.restMs } : {}),
    noticeTarget: (row) => findNoticeTarget({ store, clock }, workspaceId, row),
  });
  const wake = () => dispatcher.wake();
  const jobs = createJobs(workspaceId, team, calendars);
  const heartbeat = createHeartbeat({ store, clock, jobs, workspaceId, log, wake });
  const scheduler = createScheduler(heartbeat, log);
  const connection = connect(config, workspace, slackLogger(log));
  const inFlight = createInFlight(systemClock.sleep);
  const { bolt } = connection;
  let stopping = false;

  const deps: ListenerDeps = {
    store,
    clock,
    bolt,
    gateway,
    log,
    team,
    calendars,
    workspaceId,
    wake,
    responder: createResponder(),
    report: (error, where) => report(log, error, where),
    knowPerson: ({ userId }) =>
      knowPerson(
        { store, clock, defaultZone: team.zone, askSlack: gateway.userInfo },
        workspaceId,
        userId as SlackUserId,
      ),
  };
  bolt.use(({ next }) => inFlight.run(next));
  bolt.error(async ({ error, body }: { error: Error; body: object }) => {
    report(log, error, 'listener');
    // What fails is not acknowledged, and comes again when the trouble may be over.
    if ('type' in body && body.type === 'event_callback') throw error;
  });
  registerFeatures(deps);

  const web = createWebServer(
    {
      unready: async () =>
        stopping ? 'the process is stopping' : unready(store, connection.connected, gateway),
      lastContactAt: gateway.lastContactAt,
    },
    connection.requests,
  );

  return {
    workspaceId,
    store,
    gateway,
    heartbeat,
    dispatcher,
    start: async ({ background = true } = {}) => {
      const port = await startStep(`PORT ${config.port} cannot be listened on`, () =>
        web.listen(config.port),
      );
      await startStep(`Slack at ${apiUrl} did not take SLACK_APP_TOKEN`, () => connection.start());
      if (background) {
        dispatcher.start();
        scheduler.start();
      }
      return port;
    },
    stop: async ({ graceMs = 0 } = {}) => {
      stopping = true;
      if (connection.requests) await systemClock.sleep(graceMs);
      const steps = [
        () => scheduler.stop(),
        // A socket carries the acknowledgements as well: it closes when they are out.
        () => inFlight.settle(drainMs),
        () => connection.stop(),
        () => web.close(),
        () => inFlight.settle(drainMs),
        () => dispatcher.stop(),
        () => store.close(),
      ];
      await shutDown(steps, systemClock.sleep);
    },
  };
}

function teamOf(config: Config): TeamSettings {
  return {
    zone: config.teamZone,
    currency: config.currency,
    lossChannel: config.lossChannel,
    lossThreadAt: config.lossThreadAt,
    purpose: config.teamPurpose,
    digestAt: config.digestAt,
    findingChannels: config.findingChannels,
    bigDeal: bigDealOf(config),
    winReviews: config.winReviews,
    reviewPledge: config.reviewPledge,
  };
}

function bigDealOf({ bigDeal, currency }: Config): Money | undefined {
  if (bigDeal === undefined) return undefined;
  return { minor: Math.round(bigDeal * 10 ** minorDigits(currency)), currency };
}

/** Logs what went wrong under a short reference that the user is told. */
function report(log: Log, error: unknown, where: string): string {
  const reference = randomBytes(4).toString('hex');
  log.error({ err: error, where, reference }, 'something broke');
  return reference;
}

async function unready(
  store: Store,
  connected: () => boolean,
  gateway: Gateway,
): Promise<string | undefined> {
  try {
    await store.ping();
  } catch {
    return 'the database does not answer';
  }
  if (!connected()) return 'the socket to Slack is down; it reconnects by itself';
  if (!gateway.lastContactAt()) return 'Slack has not answered yet';
  return undefined;
}
