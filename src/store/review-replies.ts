import { count, countDistinct, eq } from 'drizzle-orm';
import type { LossThreadId, MessageTs, ReviewId, SlackUserId, WorkspaceId } from '../domain/ids.ts';
import { inMany } from './lists.ts';
import type { Tx } from './store.ts';

/** Somebody spoke in a review's thread; what they said stays in Slack. */
export interface ReviewReply {
  readonly workspaceId: WorkspaceId;
  readonly reviewId: ReviewId;
  readonly messageTs: MessageTs;
  readonly slackUserId: SlackUserId;
  readonly at: Date;
}

/** Keeps that somebody spoke; false when this very message was counted before. */
export async function insertReviewReply(tx: Tx, reply: ReviewReply): Promise<boolean> {
  const { reviewReplies } = tx.tables;
  const rows = await tx
    .insert(reviewReplies)
    .values(reply)
    .onConflictDoNothing()
    .returning({ ts: reviewReplies.messageTs });
  return rows.length === 1;
}

/** How many messages a review's thread has and how many people wrote them. */
export async function countReviewReplies(
  tx: Tx,
  reviewId: ReviewId,
): Promise<{ replies: number; voices: number }> {
  const { reviewReplies } = tx.tables;
  const [row] = await tx
    .select({ replies: count(), voices: countDistinct(reviewReplies.slackUserId) })
    .from(reviewReplies)
    .where(eq(reviewReplies.reviewId, reviewId));
  return { replies: row?.replies ?? 0, voices: row?.voices ?? 0 };
}

/**
 * The talk of a whole week: what was said under its parent and in the own threads of its losses.
 * Somebody who spoke in both is one voice.
 */
export async function countWeekTalk(
  tx: Tx,
  threadId: LossThreadId,
  reviewIds: readonly ReviewId[],
): Promise<{ replies: number; voices: number }> {
  const { lossThreadReplies, reviewReplies } = tx.tables;
  const under = await tx
    .select({ who: lossThreadReplies.slackUserId, said: count() })
    .from(lossThreadReplies)
    .where(eq(lossThreadReplies.threadId, threadId))
    .groupBy(lossThreadReplies.slackUserId);
  const own =
    reviewIds.length === 0
      ? []
      : await tx
          .select({ who: reviewReplies.slackUserId, said: count() })
          .from(reviewReplies)
          .where(inMany(tx, reviewReplies.reviewId, reviewIds))
          .groupBy(reviewReplies.slackUserId);
  const all = [...under, ...own];
  return {
    replies: all.reduce((sum, { said }) => sum + said, 0),
    voices: new Set(all.map(({ who }) => who)).size,
  };
}

/** Who spoke in the threads of many reviews and how often, in one query. */
export async function listReviewVoices(
  tx: Tx,
  reviewIds: readonly ReviewId[],
): Promise<{ reviewId: ReviewId; slackUserId: SlackUserId; replies: number }[]> {
  const { reviewReplies } = tx.tables;
  if (reviewIds.length === 0) return [];
  return tx
    .select({
      reviewId: reviewReplies.reviewId,
      slackUserId: reviewReplies.slackUserId,
      replies: count(),
    })
    .from(reviewReplies)
    .where(inMany(tx, reviewReplies.reviewId, reviewIds))
    .groupBy(reviewReplies.reviewId, reviewReplies.slackUserId);
}
