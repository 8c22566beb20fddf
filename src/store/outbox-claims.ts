import {
  aliasedTable,
  and,
  asc,
  eq,
  gt,
  inArray,
  isNotNull,
  isNull,
  lt,
  lte,
  min,
  notExists,
  notInArray,
  or,
  type SQL,
  sql,
} from 'drizzle-orm';
import type { ChannelId, MessageTs, OutboxId, WorkspaceId } from '../domain/ids.ts';
import type { OutboxKind } from '../domain/outbox.ts';
import type { Tables } from './schema.ts';
import type { Tx } from './store.ts';

/** A queued intent that a dispatcher holds for a while; `claim` proves that it still does. */
export interface ClaimedRow {
  readonly id: OutboxId;
  readonly claim: string;
  readonly kind: OutboxKind;
  readonly key: string;
  readonly target: string;
  readonly payload: Readonly<Record<string, string>>;
  /** How many attempts were spent before this one. */
  readonly attempts: number;
  /** When a call went out whose outcome nobody knows; absent when nothing went out. */
  readonly doubtSince: Date | undefined;
}

/** How a row ends. `dead` and `unknown` keep their code for the operator. */
export type Ending =
  | { readonly state: 'sent'; readonly channelId: ChannelId; readonly messageTs: MessageTs }
  | { readonly state: 'dropped' | 'dead' | 'unknown'; readonly detail: string };

/** A row goes back for later: `unknown` when a call went out whose outcome nobody knows. */
export interface Postponement {
  readonly state: 'pending' | 'unknown';
  readonly until: Date;
  readonly attempts: number;
  readonly detail: string;
}

const unfinished = ['sending', 'unknown', 'pending'] as const;

/** What to look for in the queue, and what to leave alone for now. */
interface DueQuery {
  readonly workspaceId: WorkspaceId;
  readonly now: Date;
  readonly skipTargets?: readonly string[];
  readonly skipKinds?: readonly OutboxKind[];
}

/**
 * Rows of one state that may be taken now: planned for now or earlier, in nobody's hands, and the
 * oldest unfinished of their target. Order within a target is the order of queueing (`id`): a row
 * waits for every earlier one whose planned time has come, also while that one is retried or its
 * outcome looked up. A row planned for the future holds nobody up before its time. `availableAt`
 * is that plan and never changes; `leaseUntil` keeps hands off, whoever holds it or nobody.
 */
export function selectDue(
  tx: Tx,
  { workspaceId, now, skipTargets = [], skipKinds = [] }: DueQuery,
  state: (typeof unfinished)[number],
  limit: number,
) {
  const { outbox } = tx.tables;
  const earlier = aliasedTable(outbox, 'earlier');
  const holdsUp = tx
    .select({ one: sql`1` })
    .from(earlier)
    .where(
      and(
        eq(earlier.workspaceId, outbox.workspaceId),
        eq(earlier.target, outbox.target),
        inArray(earlier.state, [...unfinished]),
        lt(earlier.id, outbox.id),
        lte(earlier.availableAt, now),
        isNull(earlier.finishedAt),
      ),
    );
  const skipped: SQL[] = [];
  if (skipTargets.length > 0) skipped.push(notInArray(outbox.target, [...skipTargets]));
  if (skipKinds.length > 0) skipped.push(notInArray(outbox.kind, [...skipKinds]));
  return (
    tx
      .select()
      .from(outbox)
      .where(
        and(
          eq(outbox.workspaceId, workspaceId),
          eq(outbox.state, state),
          lte(outbox.availableAt, now),
          isNull(outbox.finishedAt),
          or(isNull(outbox.leaseUntil), lte(outbox.leaseUntil, now)),
          ...skipped,
          notExists(holdsUp),
        ),
      )
      // In the order of an index, so that the search ends with the first rows that fit.
      .orderBy(asc(outbox.availableAt), asc(outbox.id))
      .limit(limit)
  );
}

/**
 * Takes up to `limit` due rows, at most one for each target. A row found `sending` after its lease
 * was left by a process that died: when its call had gone out, the outcome is unknown.
 */
export async function claimDue(
  tx: Tx,
  query: DueQuery & { readonly leaseMs: number; readonly claim: string; readonly limit: number },
): Promise<ClaimedRow[]> {
  const { outbox } = tx.tables;
  const claimed: ClaimedRow[] = [];
  for (const state of unfinished) {
    if (claimed.length >= query.limit) break;
    const rows = await selectDue(tx, query, state, query.limit - claimed.length);
    for (const row of rows) {
      const doubtSince = state === 'pending' ? null : row.attemptedAt;
      const taken = await tx
        .update(outbox)
        .set({
          state: doubtSince ? 'unknown' : 'sending',
          claim: query.claim,
          leaseUntil: later(query.now, query.leaseMs),
          attemptedAt: doubtSince,
        })
        .where(
          and(
            eq(outbox.id, row.id),
            eq(outbox.state, state),
            row.claim === null ? isNull(outbox.claim) : eq(outbox.claim, row.claim),
          ),
        )
        .returning({ id: outbox.id });
      if (taken.length === 1) claimed.push(toClaimed(row, query.claim, doubtSince));
    }
  }
  return claimed;
}

function toClaimed(
  row: Tables['outbox']['$inferSelect'],
  claim: string,
  doubtSince: Date | null,
): ClaimedRow {
  const { id, kind, key, target, payload, attempts } = row;
  return { id, claim, kind, key, target, payload, attempts, doubtSince: doubtSince ?? undefined };
}

type Hold = Pick<ClaimedRow, 'id' | 'claim'>;

function stillHeld({ tables: { outbox } }: Tx, { id, claim }: Hold) {
  return and(
    eq(outbox.id, id),
    eq(outbox.claim, claim),
    inArray(outbox.state, ['sending', 'unknown']),
  );
}

/**
 * Notes that the call goes out now, and renews the lease for it. A crash from here on leaves an
 * unknown outcome.
 * @returns false when the row is no longer ours: then the call must not go out.
 */
export async function markAttempt(
  tx: Tx,
  hold: Hold,
  attempt: { readonly now: Date; readonly leaseMs: number },
): Promise<boolean> {
  const { outbox } = tx.tables;
  const leaseUntil = later(attempt.now, attempt.leaseMs);
  const rows = await tx
    .update(outbox)
    .set({ state: 'sending', attemptedAt: attempt.now, leaseUntil })
    .where(stillHeld(tx, hold))
    .returning({ id: outbox.id });
  return rows.length === 1;
}

/** Ends a row. @returns false when it is no longer ours: then somebody else ends it. */
export async function finish(tx: Tx, hold: Hold, ending: Ending, now: Date): Promise<boolean> {
  const { outbox } = tx.tables;
  const rows = await tx
    .update(outbox)
    .set({ ...ending, claim: null, leaseUntil: null, finishedAt: now })
    .where(stillHeld(tx, hold))
    .returning({ id: outbox.id });
  return rows.length === 1;
}

/** Gives a row back for later. @returns false when it is no longer ours. */
export async function postpone(
  tx: Tx,
  hold: Hold,
  { until, ...row }: Postponement,
): Promise<boolean> {
  const { outbox } = tx.tables;
  const rows = await tx
    .update(outbox)
    .set({ ...row, claim: null, leaseUntil: until })
    .where(stillHeld(tx, hold))
    .returning({ id: outbox.id });
  return rows.length === 1;
}

/**
 * When there is something to take again: `due` when there is now, `nextAt` for the next planned or
 * postponed row. Rows in another dispatcher's hands do not count.
 */
export async function nextDue(
  tx: Tx,
  query: DueQuery,
): Promise<{ due: boolean; nextAt: Date | undefined }> {
  const { outbox } = tx.tables;
  const { workspaceId, now } = query;
  const open = and(eq(outbox.workspaceId, workspaceId), isNull(outbox.finishedAt));
  const [planned] = await tx
    .select({ at: min(outbox.availableAt) })
    .from(outbox)
    .where(and(open, eq(outbox.state, 'pending'), gt(outbox.availableAt, now)));
  const [postponed] = await tx
    .select({ at: min(outbox.leaseUntil) })
    .from(outbox)
    .where(
      and(
        open,
        inArray(outbox.state, ['pending', 'unknown']),
        isNull(outbox.claim),
        isNotNull(outbox.leaseUntil),
        gt(outbox.leaseUntil, now),
      ),
    );
  const times = [planned?.at, postponed?.at].filter((at) => at instanceof Date);
  const nextAt = times.sort((a, b) => a.getTime() - b.getTime())[0];
  for (const state of unfinished) {
    if ((await selectDue(tx, query, state, 1)).length > 0) return { due: true, nextAt };
  }
  return { due: false, nextAt };
}

function later(from: Date, ms: number): Date {
  return new Date(from.getTime() + ms);
}
