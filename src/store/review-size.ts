import { and, count, eq, gt, isNotNull, sql } from 'drizzle-orm';
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
  const won = await countWonUpTo(tx, deal.workspaceId, amount, since);
  return reviewSizeOf(amount, { bigDeal, won });
}

/** Counted from the index alone: it is asked while somebody waits for a form. */
async function countWonUpTo(
  tx: Tx,
  workspaceId: Deal['workspaceId'],
  { minor, currency }: Money,
  since: Day,
): Promise<WonAmounts> {
  const { deals } = tx.tables;
  const upTo = sql<number>`sum(case when ${deals.amountMinor} <= ${minor} then 1 else 0 end)`;
  const [row] = await tx
    .select({ n: count(), upTo: upTo.mapWith(Number) })
    .from(deals)
    .where(
      and(
        eq(deals.workspaceId, workspaceId),
        eq(deals.status, 'won'),
        eq(deals.currency, currency),
        isNotNull(deals.amountMinor),
        gt(deals.closedOn, since),
      ),
    );
  return { n: row?.n ?? 0, upTo: row?.upTo ?? 0 };
}
