import { and, asc, desc, eq } from 'drizzle-orm';
import type { DealId, PersonId, WorkspaceId } from '../domain/ids.ts';
import type { WonDeal } from '../domain/rule-proposals.ts';
import type { Segment } from '../domain/segment.ts';
import { inMany } from './lists.ts';
import type { Tx } from './store.ts';
import { listTurnsOfDeals } from './touches.ts';

/** The newest so many: how a team sold long ago says little, and a form is opened in a blink. */
const newestDeals = 200;

/**
 * The deals that the reports of a manager won in a segment, the latest win first; one query a
 * table. One that was imported has no history of ours and is left out.
 */
export async function listWonDeals(
  tx: Tx,
  workspaceId: WorkspaceId,
  managerId: PersonId,
  segment: Segment,
): Promise<WonDeal[]> {
  const { deals, people } = tx.tables;
  const rows = await tx
    .select({
      id: deals.id,
      openedOn: deals.openedOn,
      closedOn: deals.closedOn,
      zone: deals.zone,
      buyerRegion: deals.buyerRegion,
    })
    .from(deals)
    .innerJoin(people, eq(people.id, deals.ownerId))
    .where(
      and(
        eq(deals.workspaceId, workspaceId),
        eq(people.managerId, managerId),
        eq(deals.segment, segment),
        eq(deals.status, 'won'),
        eq(deals.imported, false),
      ),
    )
    .orderBy(desc(deals.closedOn), desc(deals.id))
    .limit(newestDeals);
  const ids = rows.map(({ id }) => id);
  const changes = await listPhaseChanges(tx, workspaceId, ids);
  const turns = await listTurnsOfDeals(tx, ids);
  return rows.flatMap(({ id, closedOn, buyerRegion, ...deal }) =>
    closedOn
      ? [
          {
            ...deal,
            closedOn,
            buyerRegion: buyerRegion ?? undefined,
            phaseChangedAt: changes.get(id) ?? [],
            turns: turns.get(id) ?? [],
          },
        ]
      : [],
  );
}

async function listPhaseChanges(
  tx: Tx,
  workspaceId: WorkspaceId,
  dealIds: readonly DealId[],
): Promise<Map<DealId, Date[]>> {
  const { events } = tx.tables;
  const rows = await tx
    .select({ dealId: events.dealId, at: events.at })
    .from(events)
    .where(
      and(
        eq(events.workspaceId, workspaceId),
        eq(events.kind, 'phase_changed'),
        inMany(tx, events.dealId, dealIds),
      ),
    )
    .orderBy(asc(events.at), asc(events.id));
  const byDeal = new Map<DealId, Date[]>();
  for (const { dealId, at } of rows) {
    const list = byDeal.get(dealId) ?? [];
    byDeal.set(dealId, list);
    list.push(at);
  }
  return byDeal;
}
