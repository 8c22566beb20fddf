import { and, asc, eq, inArray, isNull } from 'drizzle-orm';
import type { ChannelId, DealId, MessageTs, ReviewId, WorkspaceId } from '../domain/ids.ts';
import type { Review } from '../domain/review.ts';
import { inMany } from './lists.ts';
import type { Tx } from './store.ts';

type ReviewRow = Tx['tables']['reviews']['$inferSelect'];

/** A row as the domain knows it. */
export function toReview(row: ReviewRow): Review {
  return {
    ...row,
    lossId: row.lossId ?? undefined,
    managerId: row.managerId ?? undefined,
    facilitatorId: row.facilitatorId ?? undefined,
    reviewerId: row.reviewerId ?? undefined,
    reviewerAskedAt: row.reviewerAskedAt ?? undefined,
    releasedAt: row.releasedAt ?? undefined,
    releasedBy: row.releasedBy ?? undefined,
    channelId: row.channelId ?? undefined,
    threadTs: row.threadTs ?? undefined,
    pausedAt: row.pausedAt ?? undefined,
    pausedById: row.pausedById ?? undefined,
    soakUntil: row.soakUntil ?? undefined,
    completedAt: row.completedAt ?? undefined,
    excusedById: row.excusedById ?? undefined,
    excuseReason: row.excuseReason ?? undefined,
  };
}

/** Keeps a review; false when the deal has one. */
export async function insertReview(tx: Tx, review: Review): Promise<boolean> {
  const { reviews } = tx.tables;
  const rows = await tx
    .insert(reviews)
    .values(review)
    .onConflictDoNothing()
    .returning({ id: reviews.id });
  return rows.length === 1;
}

export async function findReview(
  tx: Tx,
  workspaceId: WorkspaceId,
  id: ReviewId,
): Promise<Review | undefined> {
  const { reviews } = tx.tables;
  const [row] = await tx
    .select()
    .from(reviews)
    .where(and(eq(reviews.workspaceId, workspaceId), eq(reviews.id, id)));
  return row && toReview(row);
}

export async function findReviewOfDeal(
  tx: Tx,
  workspaceId: WorkspaceId,
  dealId: DealId,
): Promise<Review | undefined> {
  const { reviews } = tx.tables;
  const [row] = await tx
    .select()
    .from(reviews)
    .where(and(eq(reviews.workspaceId, workspaceId), eq(reviews.dealId, dealId)));
  return row && toReview(row);
}

/** The reviews of many deals, in one query. */
export async function listReviewsOfDeals(
  tx: Tx,
  workspaceId: WorkspaceId,
  dealIds: readonly DealId[],
): Promise<Map<DealId, Review>> {
  const { reviews } = tx.tables;
  const rows = await tx
    .select()
    .from(reviews)
    .where(inMany(tx, reviews.dealId, dealIds))
    .orderBy(asc(reviews.id));
  const ours = rows.filter((row) => row.workspaceId === workspaceId);
  return new Map(ours.map((row) => [row.dealId, toReview(row)]));
}

/** Reviews that are being talked about and that nobody paused, the oldest first. */
export async function listReviewsUnderWay(tx: Tx, workspaceId: WorkspaceId): Promise<Review[]> {
  const { reviews } = tx.tables;
  const rows = await tx
    .select()
    .from(reviews)
    .where(
      and(
        eq(reviews.workspaceId, workspaceId),
        inArray(reviews.state, ['level1', 'talking', 'soaking']),
        isNull(reviews.pausedAt),
      ),
    )
    .orderBy(asc(reviews.openedAt), asc(reviews.id));
  return rows.map(toReview);
}

/** The review whose own thread a Slack message belongs to. */
export async function findReviewByThread(
  tx: Tx,
  workspaceId: WorkspaceId,
  channelId: ChannelId,
  threadTs: MessageTs,
): Promise<Review | undefined> {
  const { reviews } = tx.tables;
  const [row] = await tx
    .select()
    .from(reviews)
    .where(
      and(
        eq(reviews.workspaceId, workspaceId),
        eq(reviews.channelId, channelId),
        eq(reviews.threadTs, threadTs),
      ),
    );
  return row && toReview(row);
}

/** What may change about a review. */
export type ReviewChange = Partial<
  Omit<Review, 'id' | 'workspaceId' | 'dealId' | 'lossId' | 'kind' | 'openedAt' | 'version'>
>;

/**
 * Changes a review that is still as the caller saw it; false when somebody was faster. A key that is
 * there with `undefined` empties its column.
 */
export async function changeReview(tx: Tx, review: Review, change: ReviewChange): Promise<boolean> {
  const { reviews } = tx.tables;
  const columns = Object.fromEntries(
    Object.entries(change).map(([name, value]) => [name, value ?? null]),
  );
  const rows = await tx
    .update(reviews)
    .set({ ...columns, version: review.version + 1 })
    .where(
      and(
        eq(reviews.workspaceId, review.workspaceId),
        eq(reviews.id, review.id),
        eq(reviews.version, review.version),
      ),
    )
    .returning({ id: reviews.id });
  return rows.length === 1;
}
