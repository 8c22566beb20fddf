import type { Clock } from '../clock.ts';
import type { WorkspaceId } from '../domain/ids.ts';
import { isOutage } from '../domain/refusal.ts';
import type { Log } from '../log.ts';
import type { Posted } from '../slack/message.ts';
import { createMutex } from '../store/mutex.ts';
import { enqueue } from '../store/outbox.ts';
import { byClaim, type ClaimedRow, finish, postpone, replan } from '../store/outbox-claims.ts';
import { type Pace, rest } from '../store/paces.ts';
import type { Store, Tx } from '../store/store.ts';
import type { Renderers } from './renderer.ts';
import { backoffMs, maxAttempts, type Verdict } from './retry.ts';

/** What one delivery came to; `postponed` and `lost` rows are still to be done, by whomever. */
export type Outcome = 'sent' | 'dropped' | 'dead' | 'unknown' | 'postponed' | 'lost';

export interface LedgerOptions {
  readonly store: Store;
  readonly clock: Clock;
  readonly renderers: Renderers;
  readonly workspaceId: WorkspaceId;
  readonly log: Log;
  readonly random: () => number;
  readonly pace: Pace;
  /** Who hears, in a Slack id, that a message will never arrive; nobody when undefined. */
  readonly noticeTarget: (row: ClaimedRow) => Promise<string | undefined>;
}

/** Writes down what became of a row: each entry is one transaction. */
export interface Ledger {
  sent(row: ClaimedRow, posted: Posted): Promise<Outcome>;
  dropped(row: ClaimedRow, reason: string): Promise<Outcome>;
  judged(row: ClaimedRow, verdict: Verdict): Promise<Outcome>;
  /** Gives a row back untried: no attempt is spent. */
  returned(row: ClaimedRow, until: Date): Promise<Outcome>;
  /** Plans a row for later, out of the way of what else its target is to get. */
  waits(row: ClaimedRow, until: Date, reason: string): Promise<Outcome>;
  /** The same for what waits for a channel to take it, which somebody is told about. */
  closed(row: ClaimedRow, until: Date, code: string): Promise<Outcome>;
}

/** Half of the lease: afterwards somebody else finds out what became of the message. */
const patienceMs = 60_000;

export function createLedger(options: LedgerOptions): Ledger {
  const { store, clock, renderers, workspaceId, log, pace } = options;
  const telling = createMutex();

  /** The database may be away for a moment, and what became of a message must not be forgotten. */
  async function save<Result>(work: (tx: Tx) => Promise<Result>): Promise<Result> {
    const giveUpAt = clock.now().getTime() + patienceMs;
    for (let tries = 1; ; tries += 1) {
      try {
        return await store.transaction(work, byClaim);
      } catch (error) {
        if (!isOutage(error) || clock.now().getTime() >= giveUpAt) throw error;
        await clock.sleep(Math.min(5_000, 100 * 2 ** tries));
      }
    }
  }

  async function sent(row: ClaimedRow, posted: Posted): Promise<Outcome> {
    const now = clock.now();
    const input = { workspaceId, target: row.target, payload: row.payload, now };
    try {
      const ours = await save(async (tx) => {
        if (!(await finish(tx, row, { state: 'sent', ...posted }, now))) return false;
        // The same place may have two names, and getting there may have taken its time.
        await rest(tx, [row.target, posted.channelId], { workspaceId, now, pace });
        await renderers[row.kind].sent?.(tx, input, posted);
        return true;
      });
      return settled(row, ours, 'sent');
    } catch (error) {
      // The message is out, only our note of it failed: looking it up again writes that note.
      log.error({ err: error, ...named(row) }, 'a sent message could not be recorded');
      return judged(row, notRecorded(row, options.random));
    }
  }

  async function judged(row: ClaimedRow, verdict: Verdict): Promise<Outcome> {
    if (verdict.do === 'postpone') {
      const { do: _, afterMs, ...rest } = verdict;
      const until = new Date(clock.now().getTime() + afterMs);
      const ours = await save((tx) => postpone(tx, row, { ...rest, until }));
      log.info({ ...named(row), code: rest.detail, afterMs }, 'a message is postponed');
      return settled(row, ours, 'postponed');
    }
    const { state, detail } = verdict;
    const end = (tx: Tx) => finish(tx, row, { state, detail }, clock.now());
    const ours = state === 'dead' ? await saveAndTell(row, detail, end) : await save(end);
    const level = verdict.state === 'dead' ? 'error' : 'warn';
    log[level]({ ...named(row), code: verdict.detail }, `a message is ${verdict.state}`);
    return settled(row, ours, verdict.state);
  }

  /** One after the other: what fails in one place at one time is told once. */
  function saveAndTell(
    row: ClaimedRow,
    code: string,
    change: (tx: Tx) => Promise<boolean>,
  ): Promise<boolean> {
    return telling.run(async () => {
      const told = await noticeTarget(row);
      return save(async (tx) => {
        const ours = await change(tx);
        if (ours && told) await enqueue(tx, workspaceId, clock.now(), [notice(row, code, told)]);
        return ours;
      });
    });
  }

  /** A notice about a notice could go on for ever. */
  async function noticeTarget(row: ClaimedRow): Promise<string | undefined> {
    if (row.kind === 'notice_raised') return undefined;
    try {
      return await options.noticeTarget(row);
    } catch (error) {
      log.error({ err: error, ...named(row) }, 'nobody could be found to tell');
      return undefined;
    }
  }

  function settled(row: ClaimedRow, ours: boolean, outcome: Outcome): Outcome {
    if (ours) return outcome;
    log.warn(named(row), 'a message passed into other hands meanwhile');
    return 'lost';
  }

  return {
    sent,
    judged,
    dropped: async (row, reason) => {
      const ending = { state: 'dropped', detail: reason } as const;
      const ours = await save((tx) => finish(tx, row, ending, clock.now()));
      return settled(row, ours, 'dropped');
    },
    returned: async (row, until) => {
      const back = { state: 'pending', until, attempts: row.attempts, detail: 'waiting' } as const;
      const ours = await save((tx) => postpone(tx, row, back));
      return settled(row, ours, 'postponed');
    },
    waits: async (row, until, reason) => {
      const ours = await save((tx) => replan(tx, row, { until, detail: reason }));
      log.info({ ...named(row), reason, until }, 'a message waits for its reader');
      return settled(row, ours, 'postponed');
    },
    closed: async (row, until, code) => {
      const change = (tx: Tx) => replan(tx, row, { until, detail: code });
      const ours = await saveAndTell(row, code, change);
      log.warn({ ...named(row), code, until }, 'a message waits for its channel');
      return settled(row, ours, 'postponed');
    },
  };
}

function notRecorded(row: ClaimedRow, random: () => number): Verdict {
  const attempts = row.attempts + 1;
  const detail = 'not_recorded';
  if (attempts >= maxAttempts) return { do: 'end', state: 'unknown', detail };
  return {
    do: 'postpone',
    state: 'unknown',
    afterMs: backoffMs(attempts, random),
    attempts,
    detail,
  };
}

function notice(row: ClaimedRow, code: string, target: string) {
  return {
    kind: 'notice_raised',
    key: `notice:${row.id}`,
    target,
    payload: { about: row.kind, code, target: row.target, outboxId: row.id },
  } as const;
}

function named({ id, kind, key, target }: ClaimedRow) {
  return { outboxId: id, kind, key, target };
}
