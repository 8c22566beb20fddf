import { aliasedTable, and, asc, eq, isNotNull, isNull, lt, lte, or, sql } from 'drizzle-orm';
import type { Day } from '../domain/calendar.ts';
import type { Deal } from '../domain/deal.ts';
import type { DealId, SlackUserId, WorkspaceId } from '../domain/ids.ts';
import type { Person } from '../domain/person.ts';
import { selectDeals, toDeal } from './deal-queries.ts';
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

/** The open deals of somebody whose date has passed and that are not paused, largest first. */
export async function listPassedDealsOf(
  tx: Tx,
  owner: Pick<Person, 'workspaceId' | 'id'>,
  today: Day,
  limit: number,
): Promise<Deal[]> {
  const { deals } = tx.tables;
  const rows = await selectDeals(tx)
    .where(
      and(
        eq(deals.workspaceId, owner.workspaceId),
        eq(deals.ownerId, owner.id),
        eq(deals.status, 'open'),
        lt(deals.decisionOn, today),
        or(isNull(deals.pausedUntil), lte(deals.pausedUntil, today)),
      ),
    )
    .orderBy(sql`coalesce(${deals.amountMinor}, 0) desc`, asc(deals.id))
    .limit(limit);
  return rows.map(toDeal);
}

/** An open deal whose date has passed without anybody having said so, and whom to ask. */
export interface PassedDeal {
  readonly id: DealId;
  readonly decisionOn: Day;
  readonly buyerRegion: string | undefined;
  /** The owner, or their manager when the owner has left; undefined when nobody can be written to. */
  readonly reader: { readonly slackUserId: SlackUserId; readonly zone: string } | undefined;
}

/** The deals of a zone that are to be asked about today, largest first; in one query for all. */
export async function listPassedDeals(
  tx: Tx,
  workspaceId: WorkspaceId,
  { zone, today }: { readonly zone: string; readonly today: Day },
): Promise<PassedDeal[]> {
  const { dateRevisions, deals, people } = tx.tables;
  const owner = aliasedTable(people, 'owner');
  const manager = aliasedTable(people, 'manager');
  const ownerReads = sql`${eq(owner.active, true)} and ${owner.slackUserId} is not null`;
  const rows = await tx
    .select({
      id: deals.id,
      decisionOn: deals.decisionOn,
      buyerRegion: deals.buyerRegion,
      slackUserId: sql<SlackUserId | null>`case when ${ownerReads} then ${owner.slackUserId}
        when ${eq(manager.active, true)} then ${manager.slackUserId} end`,
      readerZone: sql<string | null>`case when ${ownerReads} then ${owner.zone}
        else ${manager.zone} end`,
    })
    .from(deals)
    .innerJoin(owner, eq(owner.id, deals.ownerId))
    .leftJoin(manager, eq(manager.id, owner.managerId))
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
    .orderBy(sql`coalesce(${deals.amountMinor}, 0) desc`, asc(deals.id));
  return rows.flatMap(({ id, decisionOn, buyerRegion, slackUserId, readerZone }) => {
    const reader = slackUserId && readerZone ? { slackUserId, zone: readerZone } : undefined;
    return decisionOn ? [{ id, decisionOn, buyerRegion: buyerRegion ?? undefined, reader }] : [];
  });
}
