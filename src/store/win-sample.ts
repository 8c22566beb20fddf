import { and, eq, gt, gte, ne, sql } from 'drizzle-orm';
import { addDays, dayIn, instantAt } from '../domain/calendar.ts';
import type { Deal } from '../domain/deal.ts';
import { expectedWins, firstDayOf, rememberedDays, type WinSample } from '../domain/win-sample.ts';
import type { Tx } from './store.ts';

/** What decides whether a win is looked at: this month's reviews of wins, and how many wins come. */
export async function loadWinSample(
  tx: Tx,
  deal: Pick<Deal, 'id' | 'workspaceId'>,
  at: { readonly wanted: number; readonly now: Date; readonly zone: string },
): Promise<WinSample> {
  const { deals, reviews } = tx.tables;
  const today = dayIn(at.now, at.zone);
  const [taken] = await tx
    .select({ n: sql<number>`count(*)` })
    .from(reviews)
    .where(
      and(
        eq(reviews.workspaceId, deal.workspaceId),
        eq(reviews.kind, 'win'),
        gte(reviews.openedAt, instantAt(firstDayOf(today), '00:00', at.zone)),
      ),
    );
  const [won] = await tx
    .select({ n: sql<number>`count(*)` })
    .from(deals)
    .where(
      and(
        eq(deals.workspaceId, deal.workspaceId),
        eq(deals.status, 'won'),
        gt(deals.closedOn, addDays(today, -rememberedDays)),
        ne(deals.id, deal.id),
      ),
    );
  return {
    wanted: at.wanted,
    taken: Number(taken?.n ?? 0),
    expected: expectedWins(Number(won?.n ?? 0), today),
  };
}
