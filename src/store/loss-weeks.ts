import { and, count, desc, eq, gt, inArray, isNotNull, isNull, lte, ne } from 'drizzle-orm';
import type {
  ChannelId,
  DealId,
  LossId,
  LossThreadId,
  MessageTs,
  ReviewId,
  WorkspaceId,
} from '../domain/ids.ts';
import type { Review } from '../domain/review.ts';
import { inMany } from './lists.ts';
import { listNames } from './people.ts';
import { toReview } from './reviews.ts';
import type { Tx } from './store.ts';

/** Where a loss stands in a week that was posted. */
export interface Listing {
  readonly threadId: LossThreadId;
  readonly channelId: ChannelId;
  readonly messageTs: MessageTs;
}

/** The newest reply that tells of a loss; undefined while there is none. */
export async function findListing(
  tx: Tx,
  workspaceId: WorkspaceId,
  lossId: LossId,
): Promise<Listing | undefined> {
  const { lossThreadEntries, lossThreads } = tx.tables;
  const [row] = await tx
    .select({
      threadId: lossThreads.id,
      channelId: lossThreads.channelId,
      messageTs: lossThreadEntries.messageTs,
    })
    .from(lossThreadEntries)
    .innerJoin(lossThreads, eq(lossThreads.id, lossThreadEntries.threadId))
    .where(
      and(
        eq(lossThreadEntries.workspaceId, workspaceId),
        eq(lossThreadEntries.lossId, lossId),
        isNotNull(lossThreadEntries.messageTs),
        isNotNull(lossThreads.channelId),
      ),
    )
    .orderBy(desc(lossThreads.scheduledFor))
    .limit(1);
  if (!row?.channelId || !row.messageTs) return undefined;
  return { threadId: row.threadId, channelId: row.channelId, messageTs: row.messageTs };
}

/** The newest week that was posted. */
export async function findNewestWeek(
  tx: Tx,
  workspaceId: WorkspaceId,
): Promise<{ threadId: LossThreadId; channelId: ChannelId } | undefined> {
  const { lossThreads } = tx.tables;
  const [row] = await tx
    .select({ threadId: lossThreads.id, channelId: lossThreads.channelId })
    .from(lossThreads)
    .where(and(eq(lossThreads.workspaceId, workspaceId), isNotNull(lossThreads.threadTs)))
    .orderBy(desc(lossThreads.scheduledFor))
    .limit(1);
  return row?.channelId ? { threadId: row.threadId, channelId: row.channelId } : undefined;
}

/**
 * Reviews that were released to the team and have no thread of their own, though the week told of
 * their loss, or they are of a win: what a channel that was gone kept from being posted.
 */
export async function listThreadless(tx: Tx, workspaceId: WorkspaceId): Promise<Review[]> {
  const { deals, lossThreadEntries, reviews } = tx.tables;
  const rows = await tx
    .select({ review: reviews, messageTs: lossThreadEntries.messageTs })
    .from(reviews)
    .innerJoin(deals, and(eq(deals.id, reviews.dealId), eq(deals.privacy, 'team')))
    .leftJoin(lossThreadEntries, eq(lossThreadEntries.lossId, reviews.lossId))
    .where(
      and(
        eq(reviews.workspaceId, workspaceId),
        inArray(reviews.state, ['talking', 'soaking']),
        isNull(reviews.threadTs),
        isNull(reviews.pausedAt),
      ),
    )
    .orderBy(reviews.id);
  const told = rows.filter(({ review, messageTs }) => review.kind === 'win' || messageTs !== null);
  return [...new Map(told.map(({ review }) => [review.id, toReview(review)])).values()];
}

/** How many reviews were finished after `since` and up to `until`. */
export async function countFinishedReviews(
  tx: Tx,
  workspaceId: WorkspaceId,
  { since, until }: { readonly since: Date; readonly until: Date },
): Promise<number> {
  const { reviews } = tx.tables;
  const [row] = await tx
    .select({ finished: count() })
    .from(reviews)
    .where(
      and(
        eq(reviews.workspaceId, workspaceId),
        eq(reviews.state, 'complete'),
        gt(reviews.completedAt, since),
        lte(reviews.completedAt, until),
      ),
    );
  return row?.finished ?? 0;
}

/**
 * The newest promise of a review that was kept in that time: what was done, never by whom (METHOD
 * §4.8). One that names who did it or who watched is passed over, and so is a private deal's.
 */
export async function findPutToUse(
  tx: Tx,
  workspaceId: WorkspaceId,
  { since, until }: { readonly since: Date; readonly until: Date },
): Promise<string | undefined> {
  const { commitments, deals, reviews } = tx.tables;
  const { what, personId, observerId } = commitments;
  const rows = await tx
    .select({ what, personId, observerId })
    .from(commitments)
    .innerJoin(reviews, eq(reviews.id, commitments.reviewId))
    .innerJoin(deals, and(eq(deals.id, reviews.dealId), eq(deals.privacy, 'team')))
    .where(
      and(
        eq(commitments.workspaceId, workspaceId),
        eq(commitments.state, 'done'),
        gt(commitments.endedAt, since),
        lte(commitments.endedAt, until),
      ),
    )
    .orderBy(desc(commitments.endedAt), desc(commitments.id))
    .limit(20);
  if (rows.length === 0) return undefined;
  const ids = rows.flatMap((row) => [row.personId, row.observerId ?? row.personId]);
  const names = [...(await listNames(tx, [...new Set(ids)])).values()];
  return rows.find((row) => !namesOneOf(row.what, names))?.what;
}

function namesOneOf(what: string, names: readonly string[]): boolean {
  const words = new Set(what.toLowerCase().split(/[^\p{L}\p{N}]+/u));
  return names.some((name) =>
    name
      .toLowerCase()
      .split(/[^\p{L}\p{N}]+/u)
      .some((part) => part !== '' && words.has(part)),
  );
}

/** Which of the deals began again as another one. */
export async function listReopened(
  tx: Tx,
  workspaceId: WorkspaceId,
  dealIds: readonly DealId[],
): Promise<Set<DealId>> {
  const { deals } = tx.tables;
  if (dealIds.length === 0) return new Set();
  const rows = await tx
    .select({ from: deals.reopenedFromId })
    .from(deals)
    .where(and(eq(deals.workspaceId, workspaceId), inMany(tx, deals.reopenedFromId, dealIds)));
  return new Set(rows.flatMap(({ from }) => from ?? []));
}

/** The reviews of a week's losses whose talk counts for the week: neither private nor excused. */
export async function listThreadReviewIds(
  tx: Tx,
  workspaceId: WorkspaceId,
  threadId: LossThreadId,
): Promise<ReviewId[]> {
  const { deals, lossThreadEntries, reviews } = tx.tables;
  const rows = await tx
    .select({ id: reviews.id })
    .from(lossThreadEntries)
    .innerJoin(reviews, eq(reviews.lossId, lossThreadEntries.lossId))
    .innerJoin(deals, and(eq(deals.id, reviews.dealId), eq(deals.privacy, 'team')))
    .where(
      and(
        eq(lossThreadEntries.workspaceId, workspaceId),
        eq(lossThreadEntries.threadId, threadId),
        ne(reviews.state, 'excused'),
      ),
    )
    .orderBy(reviews.id);
  return rows.map(({ id }) => id);
}
