import { and, count, eq, sql } from 'drizzle-orm';
import type { WorkspaceId } from '../domain/ids.ts';
import { placeIn, type Stretches } from './loss-figures.ts';
import type { Tx } from './store.ts';

/** What deals are worth, as far as one can add it up. */
export interface Worth {
  readonly deals: number;
  /** Those with an amount in the team's currency, and its sum in minor units. */
  readonly sized: number;
  readonly minor: number;
}

export const nothing: Worth = { deals: 0, sized: 0, minor: 0 };

/** What the team's deals that ended in each stretch were worth, in two queries. */
export async function listEndedWorth(
  tx: Tx,
  workspaceId: WorkspaceId,
  stretches: Stretches,
  currency: string,
): Promise<{ readonly won: Worth; readonly lost: Worth }[]> {
  const { deals, losses } = tx.tables;
  const team = eq(deals.privacy, 'team');
  const won = placeIn(stretches.by === 'logged' ? deals.closedAt : deals.closedOn, stretches);
  const wonRows = await tx
    .select({ place: won.place.as('place'), ...worthOf(tx, currency) })
    .from(deals)
    .where(and(eq(deals.workspaceId, workspaceId), eq(deals.status, 'won'), team, won.within))
    .groupBy(sql`${sql.identifier('place')}`);
  const lost = placeIn(stretches.by === 'logged' ? losses.loggedAt : losses.lostOn, stretches);
  const lostRows = await tx
    .select({ place: lost.place.as('place'), ...worthOf(tx, currency) })
    .from(losses)
    .innerJoin(deals, and(eq(deals.id, losses.dealId), eq(deals.status, 'lost')))
    .where(and(eq(losses.workspaceId, workspaceId), team, lost.within))
    .groupBy(sql`${sql.identifier('place')}`);
  const at = (rows: readonly ({ readonly place: number } & Worth)[], place: number): Worth => {
    const row = rows.find((one) => Number(one.place) === place);
    return row ? { deals: row.deals, sized: row.sized, minor: row.minor } : nothing;
  };
  return stretches.bounds
    .slice(1)
    .map((_, place) => ({ won: at(wonRows, place), lost: at(lostRows, place) }));
}

/** Columns that add up what deals of a group are worth; other currencies are counted, not summed. */
export function worthOf({ tables: { deals } }: Tx, currency: string) {
  const sized = sql`${deals.currency} = ${currency} and ${deals.amountMinor} is not null`;
  return {
    deals: count(),
    sized: sql<number>`coalesce(sum(case when ${sized} then 1 else 0 end), 0)`.mapWith(Number),
    minor:
      sql<number>`coalesce(sum(case when ${sized} then ${deals.amountMinor} else 0 end), 0)`.mapWith(
        Number,
      ),
  };
}
