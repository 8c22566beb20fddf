import { and, count, desc, eq, gt, isNull } from 'drizzle-orm';
import { dayIn } from '../domain/calendar.ts';
import type { Review } from '../domain/review.ts';
import type { Tx } from './store.ts';

/**
 * How many questions about a review its owner left without an answer since the last thing they put
 * into it (METHOD part 5, owner does not answer).
 * @param zone the owner's, in which the days of their mornings are counted.
 */
export async function countUnansweredNudges(
  tx: Tx,
  { id, workspaceId, dealId, ownerId }: Review,
  zone: string,
): Promise<number> {
  const { nudgeItems, reviewEntries } = tx.tables;
  const [last] = await tx
    .select({ at: reviewEntries.at })
    .from(reviewEntries)
    .where(and(eq(reviewEntries.reviewId, id), eq(reviewEntries.authorId, ownerId)))
    .orderBy(desc(reviewEntries.at))
    .limit(1);
  const [row] = await tx
    .select({ unanswered: count() })
    .from(nudgeItems)
    .where(
      and(
        eq(nudgeItems.workspaceId, workspaceId),
        eq(nudgeItems.dealId, dealId),
        eq(nudgeItems.personId, ownerId),
        eq(nudgeItems.kind, 'review_wait'),
        isNull(nudgeItems.answer),
        last ? gt(nudgeItems.on, dayIn(last.at, zone)) : undefined,
      ),
    );
  return row?.unanswered ?? 0;
}
