import {
  aliasedTable,
  and,
  asc,
  eq,
  exists,
  gt,
  inArray,
  isNull,
  lt,
  lte,
  notExists,
  notInArray,
  or,
  type SQL,
  sql,
} from 'drizzle-orm';
import type { ChannelId, MessageTs, OutboxId, WorkspaceId } from '../domain/ids.ts';
import type { OutboxKind } from '../domain/outbox.ts';
import { ceilingFreeAt, isRested, nextRested, type Pace, rest, takeCeiling } from './paces.ts';
import type { Tables } from './schema.ts';
import type { TransactionOptions, Tx } from './store.ts';

/** How the transactions of a dispatcher run: every change below checks that the row is still its own. */
export const byClaim: TransactionOptions = { alone: false };

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

/** What to look for in the queue, and what to leave alone for now. */
interface DueQuery {
  readonly workspaceId: WorkspaceId;
  readonly now: Date;
  readonly pace: Pace;
  readonly skipTargets?: readonly string[];
  readonly skipKinds?: readonly OutboxKind[];
}

/**
 * Rows that may be taken now: planned for now or earlier, in nobody's hands, for a
 * place that has rested, and the oldest unfinished of their target. Order within a target is the
 * order of queueing (`id`): a row waits for every earlier one whose planned time has come, also
 * while that one is retried or its outcome looked up. A row planned for the future holds nobody up
 * before its time. `availableAt` is that plan, which only `replan` changes; `leaseUntil` keeps hands
 * off, whoever holds it or nobody.
 */
export function selectDue(tx: Tx, query: DueQuery, limit: number) {
  const { workspaceId, now, skipTargets = [], skipKinds = [] } = query;
  const { outbox } = tx.tables;
  const earlier = aliasedTable(outbox, 'earlier');
  const holdsUp = tx
    .select({ one: sql`1` })
    .from(earlier)
    .where(
      and(
        eq(earlier.workspaceId, outbox.workspaceId),
        eq(earlier.target, outbox.target),
        lt(earlier.id, outbox.id),
        lte(earlier.availableAt, now),
        isNull(earlier.finishedAt),
      ),
    );
  return (
    tx
      .select()
      .from(outbox)
      .where(
        and(
          eq(outbox.workspaceId, workspaceId),
          lte(outbox.availableAt, now),
          isFree(tx, now),
          skipTargets.length > 0 ? notInArray(outbox.target, [...skipTargets]) : undefined,
          skipKinds.length > 0 ? notInArray(outbox.kind, [...skipKinds]) : undefined,
          isRested(tx, query, outbox.target),
          notExists(holdsUp),
        ),
      )
      // In the order of an index, so that the search ends with the first rows that fit.
      .orderBy(asc(outbox.availableAt), asc(outbox.id))
      .limit(limit)
  );
}

type Claim = DueQuery & {
  readonly leaseMs: number;
  readonly claim: string;
  readonly limit: number;
};

/**
 * Takes up to `limit` due rows, at most one for each target and as many as the pace allows: a claim
 * is the permission to send now, whichever process asks. A row found `sending` after its lease was
 * left by a process that died: when its call had gone out, the outcome is unknown.
 */
export async function claimDue(tx: Tx, query: Claim): Promise<ClaimedRow[]> {
  const limit = query.pace.spacingMs > 0 ? Math.min(1, query.limit) : query.limit;
  const rows = await selectDue(tx, query, limit);
  if (rows.length === 0 || !(await takeCeiling(tx, query))) return [];
  const claimed = [
    ...(await take(tx, query, rows.filter(isDoubtful), { state: 'unknown' })),
    ...(await take(
      tx,
      query,
      rows.filter((row) => !isDoubtful(row)),
      { state: 'sending', attemptedAt: null },
    )),
  ];
  const places = claimed.map(({ target }) => target);
  await rest(tx, places, query);
  return claimed;
}

type OutboxRow = Tables['outbox']['$inferSelect'];

/** Its call went out and nobody knows what became of it. */
function isDoubtful({ state, attemptedAt }: OutboxRow): boolean {
  return state !== 'pending' && attemptedAt !== null;
}

/** Takes rows that are in nobody's hands still: another process may have been faster. */
async function take(
  tx: Tx,
  { now, claim, leaseMs }: Claim,
  rows: readonly OutboxRow[],
  become: Partial<Pick<OutboxRow, 'state' | 'attemptedAt'>>,
): Promise<ClaimedRow[]> {
  if (rows.length === 0) return [];
  const { outbox } = tx.tables;
  const ids = rows.map(({ id }) => id);
  const taken = await tx
    .update(outbox)
    .set({ ...become, claim, leaseUntil: later(now, leaseMs) })
    .where(and(inArray(outbox.id, ids), isFree(tx, now)))
    .returning({ id: outbox.id });
  const ours = new Set(taken.map(({ id }) => id));
  const doubtSince = (row: OutboxRow) => (become.state === 'unknown' ? row.attemptedAt : null);
  return rows.filter(({ id }) => ours.has(id)).map((row) => toClaimed(row, claim, doubtSince(row)));
}

/** Unfinished, and held by nobody. */
function isFree({ tables: { outbox } }: Tx, now: Date) {
  return and(isNull(outbox.finishedAt), or(isNull(outbox.leaseUntil), lte(outbox.leaseUntil, now)));
}

function toClaimed(row: OutboxRow, claim: string, doubtSince: Date | null): ClaimedRow {
  const { id, kind, key, target, payload, attempts } = row;
  return { id, claim, kind, key, target, payload, attempts, doubtSince: doubtSince ?? undefined };
}

type Hold = Pick<ClaimedRow, 'id' | 'claim'>;

/** Changes a row that is still held. @returns false when it is no longer ours. */
async function change(tx: Tx, { id, claim }: Hold, to: Partial<OutboxRow>): Promise<boolean> {
  const { outbox } = tx.tables;
  const rows = await tx
    .update(outbox)
    .set(to)
    .where(
      and(
        eq(outbox.id, id),
        eq(outbox.claim, claim),
        inArray(outbox.state, ['sending', 'unknown']),
      ),
    )
    .returning({ id: outbox.id });
  return rows.length === 1;
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
  const leaseUntil = later(attempt.now, attempt.leaseMs);
  return change(tx, hold, { state: 'sending', attemptedAt: attempt.now, leaseUntil });
}

/** Ends a row. @returns false when it is no longer ours: then somebody else ends it. */
export async function finish(tx: Tx, hold: Hold, ending: Ending, now: Date): Promise<boolean> {
  return change(tx, hold, { ...ending, claim: null, leaseUntil: null, finishedAt: now });
}

/** Gives a row back for later. @returns false when it is no longer ours. */
export async function postpone(
  tx: Tx,
  hold: Hold,
  { until, ...row }: Postponement,
): Promise<boolean> {
  return change(tx, hold, { ...row, claim: null, leaseUntil: until });
}

/**
 * Gives a row back as if it had been planned for later from the start: nothing went out, no attempt
 * is spent, and it holds up nothing before its new time. @returns false when it is no longer ours.
 */
export async function replan(
  tx: Tx,
  hold: Hold,
  { until, detail }: { readonly until: Date; readonly detail: string },
): Promise<boolean> {
  return change(tx, hold, {
    state: 'pending',
    availableAt: until,
    detail,
    claim: null,
    leaseUntil: null,
  });
}

/** What the queue has to offer, now and later. */
interface NextDue {
  /** There is a row to take now, but for those whose place rests. */
  readonly due: boolean;
  /** When the next planned or postponed row falls due, or a place has rested. */
  readonly nextAt: Date | undefined;
  /** When the first lease of a row that somebody holds ends: that row is free then, if it is left. */
  readonly heldUntil: Date | undefined;
}

/** When it is worth looking again. */
export async function nextDue(tx: Tx, query: DueQuery): Promise<NextDue> {
  const { outbox } = tx.tables;
  const { workspaceId, now, pace } = query;
  const leased = gt(outbox.leaseUntil, now);
  const [open] = await tx
    .select({
      plannedAt: firstOf(outbox.availableAt, gt(outbox.availableAt, now)),
      postponedAt: firstOf(outbox.leaseUntil, sql`${leased} and ${outbox.claim} is null`),
      heldUntil: firstOf(outbox.leaseUntil, sql`${leased} and ${outbox.claim} is not null`),
    })
    .from(outbox)
    .where(and(eq(outbox.workspaceId, workspaceId), isNull(outbox.finishedAt)));
  const someDue = (await selectDue(tx, query, 1)).length > 0;
  const ceilingAt = someDue ? await ceilingFreeAt(tx, workspaceId, now, pace) : undefined;
  const restedAt = await nextRested(tx, query, isAwaited(tx, query));
  const times = [open?.plannedAt, open?.postponedAt, restedAt, ceilingAt];
  const nextAt = times
    .filter((at) => at instanceof Date)
    .sort((a, b) => a.getTime() - b.getTime())[0];
  return { due: someDue && !ceilingAt, nextAt, heldUntil: open?.heldUntil ?? undefined };
}

/** The earliest instant of a column where something holds. */
function firstOf(column: Tables['outbox']['availableAt' | 'leaseUntil'], holds: SQL) {
  return sql<Date | null>`min(case when ${holds} then ${column} end)`.mapWith(column);
}

/** A row that may be taken waits for the place of a pace. */
function isAwaited(tx: Tx, { workspaceId, now }: DueQuery): SQL {
  const { outbox, paces } = tx.tables;
  const waiting = tx
    .select({ one: sql`1` })
    .from(outbox)
    .where(
      and(
        eq(outbox.workspaceId, workspaceId),
        eq(outbox.target, paces.place),
        lte(outbox.availableAt, now),
        isFree(tx, now),
      ),
    );
  return exists(waiting);
}

function later(from: Date, ms: number): Date {
  return new Date(from.getTime() + ms);
}
