import { and, asc, desc, eq, gt, isNull, lt, lte, ne, or, sql } from 'drizzle-orm';
import type { Day } from '../domain/calendar.ts';
import { type DealId, newId, type StallId, type WorkspaceId } from '../domain/ids.ts';
import type { OpenStall } from '../domain/stall-log.ts';
import type { Stall } from '../domain/stalls.ts';
import { inMany } from './lists.ts';
import type { Tx } from './store.ts';

/** A stall of a deal's history. */
export interface KeptStall extends OpenStall {
  readonly dealId: DealId;
  /** The day it was gone; undefined while it lasts. */
  readonly clearedOn: Day | undefined;
}

/** What a sweep writes, of any number of deals. */
export interface StallWrites {
  readonly opened: readonly (Stall & { readonly dealId: DealId })[];
  readonly changed: readonly (OpenStall & { readonly dealId: DealId })[];
  readonly cleared: readonly StallId[];
}

/** Rows a statement: SQLite binds some thirty thousand values at most. */
const chunk = 500;

/** The zones of open deals: each is judged in its own morning. */
export async function listDealZones(tx: Tx, workspaceId: WorkspaceId): Promise<string[]> {
  const { deals } = tx.tables;
  const rows = await tx
    .selectDistinct({ zone: deals.zone })
    .from(deals)
    .where(and(eq(deals.workspaceId, workspaceId), eq(deals.status, 'open')))
    .orderBy(asc(deals.zone));
  return rows.map(({ zone }) => zone);
}

/** The open deals of a zone that are not paused, by id. */
export async function listDealsToJudge(
  tx: Tx,
  workspaceId: WorkspaceId,
  { zone, today }: { readonly zone: string; readonly today: Day },
): Promise<DealId[]> {
  const { deals } = tx.tables;
  const rows = await tx
    .select({ id: deals.id })
    .from(deals)
    .where(
      and(
        eq(deals.workspaceId, workspaceId),
        eq(deals.status, 'open'),
        eq(deals.zone, zone),
        or(isNull(deals.pausedUntil), lte(deals.pausedUntil, today)),
      ),
    )
    .orderBy(asc(deals.id));
  return rows.map(({ id }) => id);
}

/** What holds each of the deals up for now, in one query. */
export async function listOpenStalls(
  tx: Tx,
  dealIds: readonly DealId[],
): Promise<Map<DealId, OpenStall[]>> {
  const { stalls } = tx.tables;
  const rows = await tx
    .select()
    .from(stalls)
    .where(and(isNull(stalls.clearedOn), inMany(tx, stalls.dealId, dealIds)))
    .orderBy(asc(stalls.dealId), asc(stalls.code));
  const byDeal = new Map<DealId, OpenStall[]>();
  for (const { dealId, workspaceId: _, clearedOn: __, ...stall } of rows) {
    const before = byDeal.get(dealId);
    if (before) before.push(stall);
    else byDeal.set(dealId, [stall]);
  }
  return byDeal;
}

/** Everything that ever held a deal up, the newest first. */
export async function listStallsOfDeal(tx: Tx, dealId: DealId): Promise<KeptStall[]> {
  const { stalls } = tx.tables;
  const rows = await tx
    .select()
    .from(stalls)
    .where(eq(stalls.dealId, dealId))
    .orderBy(desc(stalls.firstOn), asc(stalls.code));
  return rows.map(({ workspaceId: _, ...row }) => ({
    ...row,
    clearedOn: row.clearedOn ?? undefined,
  }));
}

/** Writes what a page of a sweep found; what somebody else opened meanwhile stays as it is. */
export async function saveStalls(
  tx: Tx,
  workspaceId: WorkspaceId,
  { opened, changed, cleared }: StallWrites,
  { today, now }: { readonly today: Day; readonly now: Date },
): Promise<void> {
  const { stalls } = tx.tables;
  for (const ids of chunksOf(cleared)) {
    await tx
      .update(stalls)
      .set({ clearedOn: today })
      .where(and(isNull(stalls.clearedOn), inMany(tx, stalls.id, ids)));
  }
  for (const rows of chunksOf(changed)) {
    const whole = rows.map((stall) => ({ ...stall, workspaceId, clearedOn: null }));
    await tx.bulkUpsert(stalls, whole, ['severity', 'evidence', 'lastOn']);
  }
  for (const rows of chunksOf(opened)) {
    const days = { firstOn: today, lastOn: today, clearedOn: null };
    await tx
      .insert(stalls)
      .values(rows.map((stall) => ({ ...stall, ...days, id: newId<StallId>(now), workspaceId })))
      .onConflictDoNothing();
  }
}

/** What is still there of the deals of a page was seen today. @returns how many. */
export async function seeStalls(tx: Tx, dealIds: readonly DealId[], today: Day): Promise<number> {
  const { stalls } = tx.tables;
  const rows = await tx
    .update(stalls)
    .set({ lastOn: today })
    .where(
      and(isNull(stalls.clearedOn), lt(stalls.lastOn, today), inMany(tx, stalls.dealId, dealIds)),
    )
    .returning({ id: stalls.id });
  return rows.length;
}

/**
 * Ends what held up deals that nobody judges any more: those that have closed, and the paused ones
 * of the zone. @returns how many ended.
 */
export async function clearStallsAtRest(
  tx: Tx,
  workspaceId: WorkspaceId,
  { zone, today }: { readonly zone: string; readonly today: Day },
): Promise<number> {
  const { deals, stalls } = tx.tables;
  const rests = and(
    eq(deals.id, stalls.dealId),
    or(ne(deals.status, 'open'), and(eq(deals.zone, zone), gt(deals.pausedUntil, today))),
  );
  const rows = await tx
    .update(stalls)
    .set({ clearedOn: today })
    .where(
      and(
        eq(stalls.workspaceId, workspaceId),
        isNull(stalls.clearedOn),
        sql`exists (select 1 from ${deals} where ${rests})`,
      ),
    )
    .returning({ id: stalls.id });
  return rows.length;
}

function* chunksOf<Item>(items: readonly Item[]): Generator<Item[]> {
  for (let from = 0; from < items.length; from += chunk) yield items.slice(from, from + chunk);
}
