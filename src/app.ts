import { randomBytes } from 'node:crypto';
import { type Clock, systemClock } from './clock.ts';
import type { Config } from './config.ts';
import type { ListenerDeps, TeamSettings } from './deps.ts';
import type { Calendars } from './domain/calendar.ts';
import type { NudgeId, SlackUserId, WorkspaceId } from './domain/ids.ts';
import { contactSubcommands, registerContacts } from './features/contacts/listeners.ts';
import { registerDealCommand } from './features/deals/command.ts';
import { dateSubcommands, registerDate } from './features/deals/date-listeners.ts';
import { slipRenderer } from './features/deals/date-manager.ts';
import { dealSubcommands, registerDeals } from './features/deals/listeners.ts';
import { dealThankedRenderer } from './features/deals/thanks-message.ts';
import { helpFormFor } from './features/help/help-form.ts';
import { helpAnsweredRenderer, helpAskedRenderer } from './features/help/help-messages.ts';
import { helpSubcommands, registerHelp } from './features/help/listeners.ts';
import { lifecycleSubcommands, registerLifecycle } from './features/lifecycle/listeners.ts';
import { handoverRenderer } from './features/lifecycle/show-handover.ts';
import { registerLosses } from './features/losses/hear-reply.ts';
import {
  lossListedRenderer,
  lossThreadRenderer,
  lossThreadRepliedRenderer,
} from './features/losses/renderers.ts';
import { nextSubcommands, registerNext } from './features/next/listeners.ts';
import { logTouch, nothingYet } from './features/next/log-touch.ts';
import { findNoticeTarget, noticeRenderer } from './features/notices/notice.ts';
import { answerAskedWith } from './features/nudges/ask-listeners.ts';
import { nudgeSubcommands, registerNudges, showBundle } from './features/nudges/listeners.ts';
import { inTheirTime } from './features/nudges/rest-delivery.ts';
import { nudgeChangedRenderer, nudgeRenderer } from './features/nudges/show-nudge.ts';
import { knowPerson } from './features/people/know-person.ts';
import { registerPeople } from './features/people/listeners.ts';
import { assignModalFor } from './features/plan/assign-listeners.ts';
import { moveHomework, reassignHomework } from './features/plan/change-homework.ts';
import { planSubcommands, registerPlan } from './features/plan/listeners.ts';
import { registerPlanCard } from './features/plan/plan-card-listeners.ts';
import { showPlan } from './features/plan/show-plan.ts';
import { askStep } from './features/plan/step-answers.ts';
import { playbookSubcommands, registerPlaybooks } from './features/playbooks/listeners.ts';
import { registerSettings, settingsSubcommands } from './features/settings/listeners.ts';
import { registerTeamSettings } from './features/settings/team-listeners.ts';
import { createCalendars } from './holidays.ts';
import { createInFlight } from './in-flight.ts';
import { createHeartbeat, type Heartbeat } from './jobs/heartbeat.ts';
import { createJobs } from './jobs/jobs.ts';
import { createScheduler } from './jobs/scheduler.ts';
import { createLog, type Log } from './log.ts';
import { openDatabase } from './open-database.ts';
import { createDispatcher, type Dispatcher } from './outbox/dispatcher.ts';
import type { Renderers } from './outbox/renderer.ts';
import { shutDown } from './shut-down.ts';
import { createPostingClient, createReadingClient, slackLogger } from './slack/client.ts';
import { connect } from './slack/connection.ts';
import { createGateway, type Gateway } from './slack/gateway.ts';
import type { AssignFormFor } from './slack/next-actions.ts';
import { createResponder } from './slack/responder.ts';
import type { ShowPlace } from './slack/show-again.ts';
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
  };
}

function renderersFor(team: TeamSettings, calendars: Calendars): Renderers {
  return {
    nudge_planned: inTheirTime(nudgeRenderer(calendars)),
    nudge_changed: nudgeChangedRenderer(calendars),
    loss_thread_opened: lossThreadRenderer(team.zone),
    loss_listed: lossListedRenderer,
    loss_thread_replied: lossThreadRepliedRenderer(team.zone),
    deal_thanked: dealThankedRenderer,
    handover_sent: handoverRenderer(calendars),
    help_asked: helpAskedRenderer,
    help_answered: helpAnsweredRenderer,
    date_slipped: slipRenderer,
    notice_raised: noticeRenderer,
  };
}

function registerFeatures(deps: ListenerDeps): void {
  const showPlace: ShowPlace = async (place, actor) =>
    place.kind === 'plan'
      ? showPlan(deps, actor, place.id as Parameters<typeof showPlan>[2])
      : showBundle(deps, actor, { nudgeId: place.id as NudgeId });
  registerDealCommand(deps, [
    ...planSubcommands(deps),
    ...nextSubcommands(deps),
    ...contactSubcommands(deps),
    ...dealSubcommands(deps),
    ...dateSubcommands(deps),
    ...helpSubcommands(deps),
    ...lifecycleSubcommands(deps),
    ...playbookSubcommands(deps),
    ...nudgeSubcommands(deps),
    ...settingsSubcommands(deps),
  ]);
  registerDeals(deps);
  registerDate(deps);
  registerPlan(deps, showPlace);
  registerPlanCard(deps);
  registerLifecycle(deps);
  const assignFormFor: AssignFormFor = (actor, dealId, draft) =>
    assignModalFor(deps, actor, { dealId, side: draft.side, draft });
  registerNext(deps, assignFormFor, showPlace);
  registerContacts(deps, assignFormFor);
  registerPlaybooks(deps);
  registerTeamSettings(deps);
  registerSettings(deps);
  registerNudges(deps, {
    assignFormFor,
    moveStep: (actor, id, form) => moveHomework(deps, actor, id, form),
    takeStep: (actor, id) => reassignHomework(deps, actor, id, actor.id),
    askStep: (actor, id) => askStep(deps, actor, id),
    logTurn: (actor, { dealId, formId, kind, contactId }) => {
      const touch = { side: 'seller', moved: nothingYet, expectsReply: true } as const;
      return logTouch(deps, actor, { dealId, formId, touch: { ...touch, kind, contactId } });
    },
    helpFormFor: (actor, wish) => helpFormFor(deps, actor, wish),
  });
  registerHelp(deps, { showPlace, answerAsked: answerAskedWith(deps) });
  registerLosses(deps);
  registerPeople(deps);
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
