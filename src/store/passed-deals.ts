import { and, asc, eq, isNotNull, isNull, lt, lte, or, sql } from 'drizzle-orm';
import type { Day } from '../domain/calendar.ts';
import type { DealId, WorkspaceId } from '../domain/ids.ts';
import type { Tx } from './store.ts';

/** The zones in which open deals have a date: each has its own midnight (METHOD part 5). */
export async function listDateZones(tx: Tx, workspaceId: WorkspaceId): Promise<string[]> {
  const { deals } = tx.tables;
  const rows = await tx
    .selectDistinct({ zone: deals.zone })
    .from(deals)
    .where(
      and(
        eq(deals.workspaceId, workspaceId),
        eq(deals.status, 'open'),
        isNotNull(deals.decisionOn),
      ),
    );
  return rows.map(({ zone }) => zone);
}

/** An open deal whose date has passed without anybody having said so. */
export interface PassedDeal {
  readonly id: DealId;
  readonly decisionOn: Day;
  readonly buyerRegion: string | undefined;
}

/** The deals of a zone whose date has passed by today, in one query. */
export async function listPassedDeals(
  tx: Tx,
  workspaceId: WorkspaceId,
  { zone, today }: { readonly zone: string; readonly today: Day },
): Promise<PassedDeal[]> {
  const { dateRevisions, deals } = tx.tables;
  const rows = await tx
    .select({ id: deals.id, decisionOn: deals.decisionOn, buyerRegion: deals.buyerRegion })
    .from(deals)
    .where(
      and(
        eq(deals.workspaceId, workspaceId),
        eq(deals.status, 'open'),
        eq(deals.zone, zone),
        lt(deals.decisionOn, today),
        or(isNull(deals.pausedUntil), lte(deals.pausedUntil, today)),
        sql`not exists (select 1 from ${dateRevisions} where ${dateRevisions.dealId} = ${deals.id}
          and ${dateRevisions.kind} = 'missed' and ${dateRevisions.fromOn} = ${deals.decisionOn})`,
      ),
    )
    .orderBy(asc(deals.id));
  return rows.flatMap(({ id, decisionOn, buyerRegion }) =>
    decisionOn ? [{ id, decisionOn, buyerRegion: buyerRegion ?? undefined }] : [],
  );
}
