import { and, eq, gt, isNotNull, sql } from 'drizzle-orm';
import { addDays, type Day } from '../domain/calendar.ts';
import type { Deal } from '../domain/deal.ts';
import type { Money } from '../domain/money.ts';
import type { ReviewSize } from '../domain/review.ts';
import { reviewSizeOf, type WonAmounts, wonWindowDays } from '../domain/review-size.ts';
import type { Tx } from './store.ts';

/**
 * How a deal that ends today is looked at (METHOD S3-3), in at most one query.
 *
 * @param bigDeal from which amount a deal is big, if the team set one.
 */
export async function findReviewSize(
  tx: Tx,
  deal: Pick<Deal, 'workspaceId' | 'amount'>,
  { bigDeal, today }: { readonly bigDeal: Money | undefined; readonly today: Day },
): Promise<ReviewSize> {
  const { amount } = deal;
  if (!amount || bigDeal?.currency === amount.currency) {
    return reviewSizeOf(amount, { bigDeal, won: undefined });
  }
  const since = addDays(today, -wonWindowDays);
  const won = await findWonAmounts(tx, deal.workspaceId, amount.currency, since);
  return reviewSizeOf(amount, { bigDeal, won });
}

/** The 75th percentile by nearest rank: an amount that was sold; undefined without any. */
async function findWonAmounts(
  tx: Tx,
  workspaceId: Deal['workspaceId'],
  currency: string,
  since: Day,
): Promise<WonAmounts | undefined> {
  const { deals } = tx.tables;
  const ranked = tx
    .select({
      amountMinor: deals.amountMinor,
      place: sql<number>`row_number() over (order by ${deals.amountMinor})`.as('place'),
      n: sql<number>`count(*) over ()`.as('n'),
    })
    .from(deals)
    .where(
      and(
        eq(deals.workspaceId, workspaceId),
        eq(deals.status, 'won'),
        eq(deals.currency, currency),
        isNotNull(deals.amountMinor),
        gt(deals.closedOn, since),
      ),
    )
    .as('ranked');
  const [row] = await tx
    .select({ p75Minor: ranked.amountMinor, n: ranked.n })
    .from(ranked)
    .where(sql`${ranked.place} = (3 * ${ranked.n} + 3) / 4`);
  return row && { n: Number(row.n), p75Minor: Number(row.p75Minor) };
}
