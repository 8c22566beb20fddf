import type { Money } from './money.ts';
import type { ReviewSize } from './review.ts';

/** What was sold in the last year in one currency: how often, and how often for this much or less. */
export interface WonAmounts {
  readonly n: number;
  readonly upTo: number;
}

/** How long a sale is remembered for the size of the next deal, in calendar days. */
export const wonWindowDays = 365;

/** Sales below which a percentile says nothing (METHOD §3.3, 19). */
const fewestWon = 8;

/**
 * Big deals answer every prompt, others the quick set (METHOD S3-3): from the amount the team set,
 * in its own currency, else when three of four sales in the deal's were of its amount or less: the
 * 75th percentile by nearest rank, without sorting a year of sales. An unsized deal is quick, and so
 * is every one while there are fewer than eight sales to compare with.
 */
export function reviewSizeOf(
  amount: Money | undefined,
  { bigDeal, won }: { readonly bigDeal: Money | undefined; readonly won: WonAmounts | undefined },
): ReviewSize {
  if (!amount) return 'quick';
  if (bigDeal?.currency === amount.currency) {
    return amount.minor >= bigDeal.minor ? 'full' : 'quick';
  }
  if (!won || won.n < fewestWon) return 'quick';
  return won.upTo * 4 >= won.n * 3 ? 'full' : 'quick';
}
