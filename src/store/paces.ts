import {
  and,
  eq,
  gt,
  lte,
  min,
  ne,
  not,
  notExists,
  type SQL,
  type SQLWrapper,
  sql,
} from 'drizzle-orm';
import type { WorkspaceId } from '../domain/ids.ts';
import type { Tx } from './store.ts';

/** How fast messages may follow each other (SLACK §3.1). */
export interface Pace {
  /** Between two messages to one place. */
  readonly restMs: number;
  /** Between any two messages of the workspace; 0 for no ceiling. */
  readonly spacingMs: number;
}

interface RestQuery {
  readonly workspaceId: WorkspaceId;
  readonly now: Date;
  readonly pace: Pace;
}

/** Stands for all places together; no channel and no person is called so. */
const everywhere = '*';

/**
 * Resting is told by the clock of whoever wrote it down: an end further away than a pause can be
 * comes from another clock, and nobody waits for it.
 */
function endsWithin(tx: Tx, now: Date, pauseMs: number): SQL {
  const { freeAt } = tx.tables.paces;
  return sql`(${gt(freeAt, now)} and ${lte(freeAt, later(now, pauseMs))})`;
}

/** `place` may get a message now. */
export function isRested(tx: Tx, query: RestQuery, place: SQLWrapper): SQL {
  const { paces } = tx.tables;
  return notExists(
    tx
      .select({ one: sql`1` })
      .from(paces)
      .where(
        and(
          eq(paces.workspaceId, query.workspaceId),
          eq(paces.place, place),
          endsWithin(tx, query.now, query.pace.restMs),
        ),
      ),
  );
}

/** When the ceiling of the workspace lets the next message through; undefined for now. */
export async function ceilingFreeAt(
  tx: Tx,
  workspaceId: WorkspaceId,
  now: Date,
  pace: Pace,
): Promise<Date | undefined> {
  if (pace.spacingMs === 0) return undefined;
  const { paces } = tx.tables;
  const [resting] = await tx
    .select({ freeAt: paces.freeAt })
    .from(paces)
    .where(
      and(
        eq(paces.workspaceId, workspaceId),
        eq(paces.place, everywhere),
        endsWithin(tx, now, pace.spacingMs),
      ),
    );
  return resting?.freeAt;
}

/**
 * Takes the next message the ceiling lets through, if nobody was faster.
 * @returns whether there was one to take.
 */
export async function takeCeiling(tx: Tx, { workspaceId, now, pace }: RestQuery): Promise<boolean> {
  if (pace.spacingMs === 0) return true;
  const { paces } = tx.tables;
  const taken = await tx
    .insert(paces)
    .values({ workspaceId, place: everywhere, freeAt: later(now, pace.spacingMs) })
    .onConflictDoUpdate({
      target: [paces.workspaceId, paces.place],
      set: { freeAt: sql`excluded.free_at` },
      setWhere: not(endsWithin(tx, now, pace.spacingMs)),
    })
    .returning({ place: paces.place });
  return taken.length === 1;
}

/** Messages go to these places now: each rests. */
export async function rest(
  tx: Tx,
  places: readonly string[],
  { workspaceId, now, pace }: RestQuery,
): Promise<void> {
  if (places.length === 0) return;
  const { paces } = tx.tables;
  const freeAt = later(now, pace.restMs);
  // In one order for everybody, or two processes could wait for each other.
  const sorted = [...new Set(places)].sort((a, b) => (a < b ? -1 : 1));
  await tx
    .insert(paces)
    .values(sorted.map((place) => ({ workspaceId, place, freeAt })))
    .onConflictDoUpdate({
      target: [paces.workspaceId, paces.place],
      set: { freeAt: sql`excluded.free_at` },
    });
}

/** When the first resting place has rested for which `isAwaited` holds. */
export async function nextRested(
  tx: Tx,
  { workspaceId, now, pace }: RestQuery,
  isAwaited: SQL,
): Promise<Date | undefined> {
  const { paces } = tx.tables;
  const [row] = await tx
    .select({ at: min(paces.freeAt) })
    .from(paces)
    .where(
      and(
        eq(paces.workspaceId, workspaceId),
        ne(paces.place, everywhere),
        endsWithin(tx, now, pace.restMs),
        isAwaited,
      ),
    );
  return row?.at ?? undefined;
}

function later(from: Date, ms: number): Date {
  return new Date(from.getTime() + ms);
}
