import type { Clock } from '../clock.ts';
import { newId, type OutboxId, type WorkspaceId } from '../domain/ids.ts';
import type { Log } from '../log.ts';
import { createMutex } from '../store/mutex.ts';
import { byClaim, type ClaimedRow, claimDue, nextDue } from '../store/outbox-claims.ts';
import type { Store } from '../store/store.ts';
import { createBell } from './bell.ts';
import { createDelivery, type DeliveryGateway } from './delivery.ts';
import { createParking, paceOf } from './pacing.ts';
import type { Renderers } from './renderer.ts';

/** What a run of the dispatcher came to. */
interface Tally {
  readonly sent: number;
  readonly dropped: number;
  readonly dead: number;
  readonly unknown: number;
}

/** The only sender of what jobs and use cases enqueue. */
export interface Dispatcher {
  start(): void;
  /** Takes no more rows and waits for those in hand. */
  stop(): Promise<void>;
  /**
   * Sends until nothing is left that is due within ten minutes, waiting for paces, pauses and
   * retries; what is planned for later, or in another dispatcher's hands, stays.
   */
  runUntilIdle(): Promise<Tally>;
  /** Something was queued. */
  wake(): void;
}

export interface DispatcherOptions {
  readonly store: Store;
  readonly gateway: DeliveryGateway;
  readonly clock: Clock;
  readonly renderers: Renderers;
  readonly workspaceId: WorkspaceId;
  readonly log: Log;
  /** Who hears, by Slack id, that a message will never arrive. */
  readonly noticeTarget?: (row: ClaimedRow) => Promise<string | undefined>;
  readonly ceilingPerSecond?: number;
  /** Between two messages in one place. */
  readonly restMs?: number;
  readonly concurrency?: number;
  /** Longer than one attempt can take: afterwards its row counts as left by a dead process. */
  readonly leaseMs?: number;
  readonly random?: () => number;
}

const horizonMs = 10 * 60_000;
/** While calls are out only a pace is waited for: a longer wait could end after their leases. */
const shortWaitMs = 1_000;

export function createDispatcher(options: DispatcherOptions): Dispatcher {
  const { store, clock, workspaceId, log, concurrency = 4 } = options;
  const leaseMs = options.leaseMs ?? 2 * 60_000;
  const pace = paceOf(options.ceilingPerSecond ?? 4, options.restMs);
  const parking = createParking();
  const deliver = createDelivery({
    noticeTarget: async () => undefined,
    random: Math.random,
    ...options,
    pace,
    parking,
    leaseMs,
  });
  const claim = newId<OutboxId>(clock.now());
  const drains = createMutex();
  const bell = createBell();
  const busy = new Map<OutboxId, { readonly target: string; readonly done: Promise<void> }>();
  let stopping = new AbortController();
  /** Until then the ceiling lets nothing through: there is no need to ask the queue. */
  let ceilingUntil = 0;
  /** How many deliveries came to their end. */
  let ended = 0;
  let running: Promise<void> | undefined;

  async function drain(): Promise<Tally> {
    const tally = { sent: 0, dropped: 0, dead: 0, unknown: 0 };
    for (;;) {
      bell.reset();
      const endedBefore = ended;
      const rows = stopping.signal.aborted ? [] : await claimMore();
      for (const row of rows) launch(row, tally);
      const waitMs = await untilNext();
      // What held a row up when we looked may be gone by now.
      if (ended !== endedBefore) continue;
      if (busy.size === 0 && waitMs === undefined) return tally;
      await pause(waitMs);
    }
  }

  async function claimMore(): Promise<ClaimedRow[]> {
    const now = clock.now();
    const limit = concurrency - busy.size;
    if (limit === 0 || ceilingLeftMs(now) > 0) return [];
    // What is in our own hands stays there, also when its call outlasts the lease.
    const skipTargets = [...busy.values()].map(({ target }) => target);
    const skipKinds = parking.parkedKinds(now);
    const query = { workspaceId, now, pace, skipTargets, skipKinds, leaseMs, claim, limit };
    const rows = await store.transaction((tx) => claimDue(tx, query), byClaim);
    if (rows.length > 0) ceilingUntil = now.getTime() + pace.spacingMs;
    return rows;
  }

  /** Never longer than the ceiling itself asks for, also when the clock was set back. */
  function ceilingLeftMs(now: Date): number {
    const left = ceilingUntil - now.getTime();
    return left <= pace.spacingMs ? left : 0;
  }

  function launch(row: ClaimedRow, tally: Record<keyof Tally, number>): void {
    const done = deliver(row, stopping.signal)
      .then((outcome) => {
        if (outcome !== 'postponed' && outcome !== 'lost') tally[outcome] += 1;
      })
      // The row stays in our hands until its lease ends; whoever finds it then finds out.
      .catch((error) => log.error({ err: error, outboxId: row.id }, 'a delivery broke off'))
      .finally(() => {
        busy.delete(row.id);
        ended += 1;
      });
    busy.set(row.id, { target: row.target, done });
  }

  /** How long until there is something to take; undefined when that is not worth waiting for. */
  async function untilNext(): Promise<number | undefined> {
    if (stopping.signal.aborted || busy.size >= concurrency) return undefined;
    const now = clock.now();
    if (ceilingLeftMs(now) > 0) return ceilingLeftMs(now);
    const { due, nextAt } = await store.read((tx) => nextDue(tx, { workspaceId, now, pace }));
    const times = [nextAt, due ? parking.nextFreeAt(now) : undefined]
      .filter((at) => at !== undefined)
      .map(Number);
    if (times.length === 0) return due && busy.size === 0 ? 0 : undefined;
    const waitMs = Math.max(0, Math.min(...times) - now.getTime());
    return waitMs <= (busy.size > 0 ? shortWaitMs : horizonMs) ? waitMs : undefined;
  }

  async function pause(waitMs: number | undefined): Promise<void> {
    const over = new AbortController();
    const events: Promise<unknown>[] = [
      bell.heard(),
      ...[...busy.values()].map(({ done }) => done),
    ];
    if (waitMs !== undefined) {
      events.push(clock.sleep(waitMs, over.signal).catch(() => undefined));
    }
    await Promise.race(events);
    over.abort();
  }

  async function run(): Promise<void> {
    const { signal } = stopping;
    while (!signal.aborted) {
      try {
        await drains.run(drain);
      } catch (error) {
        log.error({ err: error }, 'the dispatcher cannot read its queue');
      }
      if (!signal.aborted) await quiet(signal);
    }
  }

  /** Until something is queued, or a row may be left over by a process that died with it. */
  async function quiet(signal: AbortSignal): Promise<void> {
    const over = new AbortController();
    const leaseOver = async () => {
      const now = clock.now();
      const query = { workspaceId, now, pace };
      const { heldUntil } = await store.read((tx) => nextDue(tx, query));
      if (!heldUntil) return bell.heard();
      const either = AbortSignal.any([signal, over.signal]);
      await clock.sleep(heldUntil.getTime() - now.getTime(), either);
    };
    // Without the database there is nothing to wait for but the next ring.
    await Promise.race([bell.heard(), leaseOver().catch(() => bell.heard())]);
    over.abort();
  }

  return {
    start: () => {
      running ??= run();
    },
    stop: async () => {
      stopping.abort();
      bell.ring();
      await running;
      await drains.run(async () => undefined);
      running = undefined;
      stopping = new AbortController();
    },
    runUntilIdle: () => drains.run(drain),
    wake: () => bell.ring(),
  };
}
