import { and, eq, ne } from 'drizzle-orm';
import type { FeedbackChoice } from '../domain/feedback.ts';
import { codeOf, fixables } from '../domain/loss-story.ts';
import type { Review } from '../domain/review.ts';
import type { VoicesHeard } from '../domain/three-voices.ts';
import type { Tx } from './store.ts';

/** What owner, peers and buyer say about the loss of a review. */
export async function loadVoices(
  tx: Tx,
  { workspaceId, id, dealId, ownerId }: Pick<Review, 'workspaceId' | 'id' | 'dealId' | 'ownerId'>,
): Promise<VoicesHeard> {
  const { feedbackRequests, losses, reviewEntries } = tx.tables;
  const [loss] = await tx
    .select({ reasonCode: losses.reasonCode, fixable: losses.fixable })
    .from(losses)
    .where(and(eq(losses.workspaceId, workspaceId), eq(losses.dealId, dealId)));
  const votes = await tx
    .select({ choices: reviewEntries.choices })
    .from(reviewEntries)
    .where(
      and(
        eq(reviewEntries.reviewId, id),
        eq(reviewEntries.kind, 'vote'),
        ne(reviewEntries.authorId, ownerId),
      ),
    );
  const [asked] = await tx
    .select()
    .from(feedbackRequests)
    .where(and(eq(feedbackRequests.dealId, dealId), eq(feedbackRequests.state, 'replied')));
  return {
    owner: loss && {
      reasonCode: loss.reasonCode ?? undefined,
      fixable: loss.fixable ?? undefined,
    },
    peers: votes.map(({ choices }) => ({
      reasonCode: choices['reasonCode'],
      fixable: codeOf(fixables, choices['fixable']),
    })),
    buyer: asked && {
      choices: asked.choices as FeedbackChoice[],
      couldHaveWon: asked.couldHaveWon ?? undefined,
    },
  };
}
