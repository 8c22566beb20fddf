import { and, eq, gt, isNotNull, ne } from 'drizzle-orm';
import type { FeedbackChoice } from '../domain/feedback.ts';
import type { ReviewId, WorkspaceId } from '../domain/ids.ts';
import { codeOf, fixables } from '../domain/loss-story.ts';
import type { Review } from '../domain/review.ts';
import type { VoicesHeard } from '../domain/three-voices.ts';
import type { Tx } from './store.ts';

/** The prompt on which peers vote about the reason. */
const votePrompt = 'two_boxes';

/**
 * What owner, peers and buyer say about the loss of a review. Peers are heard once their vote is
 * over, for nobody votes after seeing how it came out; what they said at level 1 stays there.
 */
export async function loadVoices(
  tx: Tx,
  review: Pick<Review, 'workspaceId' | 'id' | 'dealId' | 'ownerId' | 'state'>,
): Promise<VoicesHeard> {
  const { workspaceId, dealId } = review;
  const { feedbackRequests, losses } = tx.tables;
  const [loss] = await tx
    .select({ reasonCode: losses.reasonCode, fixable: losses.fixable })
    .from(losses)
    .where(and(eq(losses.workspaceId, workspaceId), eq(losses.dealId, dealId)));
  const [asked] = await tx
    .select()
    .from(feedbackRequests)
    .where(and(eq(feedbackRequests.dealId, dealId), eq(feedbackRequests.state, 'replied')));
  const vote = await findVote(tx, review);
  return {
    owner: loss && {
      reasonCode: loss.reasonCode ?? undefined,
      fixable: loss.fixable ?? undefined,
    },
    peers: vote && !vote.isOpen ? await listPeerVotes(tx, review) : [],
    buyer: asked && {
      choices: asked.choices as FeedbackChoice[],
      couldHaveWon: asked.couldHaveWon ?? undefined,
    },
  };
}

async function listPeerVotes(
  tx: Tx,
  { id, ownerId }: Pick<Review, 'id' | 'ownerId'>,
): Promise<VoicesHeard['peers'][number][]> {
  const { reviewEntries } = tx.tables;
  const votes = await tx
    .select({ choices: reviewEntries.choices })
    .from(reviewEntries)
    .where(
      and(
        eq(reviewEntries.reviewId, id),
        eq(reviewEntries.promptKey, votePrompt),
        eq(reviewEntries.kind, 'vote'),
        eq(reviewEntries.shared, true),
        ne(reviewEntries.authorId, ownerId),
      ),
    );
  return votes.map(({ choices }) => ({
    reasonCode: choices['reasonCode'],
    fixable: codeOf(fixables, choices['fixable']),
  }));
}

/** Where the vote on a review stands. */
export interface VoteStand {
  readonly closedAt: Date | undefined;
  /** Somebody may still vote. */
  readonly isOpen: boolean;
}

/** The vote of a review; undefined before it was called. */
export async function findVote(
  tx: Tx,
  { id, state }: Pick<Review, 'id' | 'state'>,
): Promise<VoteStand | undefined> {
  const { reviewPrompts } = tx.tables;
  const [row] = await tx
    .select({ closedAt: reviewPrompts.closedAt })
    .from(reviewPrompts)
    .where(and(eq(reviewPrompts.reviewId, id), eq(reviewPrompts.promptKey, votePrompt)));
  const closedAt = row?.closedAt ?? undefined;
  return row && { closedAt, isOpen: !closedAt && state !== 'complete' };
}

/** A vote is called within weeks of its review: older reviews are not looked at. */
const oldestMs = 90 * 24 * 60 * 60_000;

/** Reviews with a thread whose vote has ended since, with the channel of that thread. */
export async function listVotedReviews(
  tx: Tx,
  workspaceId: WorkspaceId,
  since: Date,
): Promise<{ readonly reviewId: ReviewId; readonly channelId: string }[]> {
  const { reviewPrompts, reviews } = tx.tables;
  const rows = await tx
    .select({ reviewId: reviews.id, channelId: reviews.channelId })
    .from(reviewPrompts)
    .innerJoin(reviews, eq(reviews.id, reviewPrompts.reviewId))
    .where(
      and(
        eq(reviewPrompts.promptKey, votePrompt),
        gt(reviewPrompts.closedAt, since),
        eq(reviews.workspaceId, workspaceId),
        gt(reviews.openedAt, new Date(since.getTime() - oldestMs)),
        isNotNull(reviews.threadTs),
      ),
    )
    .orderBy(reviews.id);
  return rows.flatMap(({ reviewId, channelId }) => (channelId ? [{ reviewId, channelId }] : []));
}
