import type { ReviewId, WorkspaceId } from '../../domain/ids.ts';
import type { Intent } from '../../domain/outbox.ts';
import { voicesLine } from '../../domain/three-voices.ts';
import type { Renderer } from '../../outbox/renderer.ts';
import { sentence } from '../../slack/words.ts';
import { findDeal } from '../../store/deals.ts';
import { enqueue } from '../../store/outbox.ts';
import { findReview } from '../../store/reviews.ts';
import type { Tx } from '../../store/store.ts';
import { findVote, listVotedReviews, loadVoices } from '../../store/voices.ts';

const dayMs = 24 * 60 * 60_000;

/** A vote that ended longer ago was spoken of already, or is no news. */
const newsMs = 4 * dayMs;

/**
 * Has the thread told where owner and peers differ, and the buyer if they were heard by then, on the
 * morning after the vote. Doing it twice tells it once.
 */
export async function sweepVoices(tx: Tx, workspaceId: WorkspaceId, now: Date): Promise<number> {
  const voted = await listVotedReviews(tx, workspaceId, new Date(now.getTime() - newsMs));
  const intents = voted.map(
    ({ reviewId, channelId }): Intent => ({
      kind: 'voices_compared',
      key: `voices:vote:${reviewId}`,
      target: channelId,
      payload: { reviewId },
    }),
  );
  return enqueue(tx, workspaceId, now, intents);
}

/**
 * Where owner, peers and buyer differ, said in the loss's own thread: after the vote, and when the
 * buyer answers later (`heardAt`). A loss that has no thread yet is waited for while it is on its way
 * to one.
 */
export const voicesRenderer: Renderer = {
  whenUnknown: 'reconcile',
  render: async (tx, { workspaceId, payload, now }) => {
    const review = await findReview(tx, workspaceId, payload['reviewId'] as ReviewId);
    if (!review) return { do: 'drop', reason: 'no such review' };
    const found = await findDeal(tx, workspaceId, review.dealId);
    if (found?.deal.privacy !== 'team') return { do: 'drop', reason: 'the deal is private' };
    if (review.state === 'excused' || review.state === 'void') {
      return { do: 'drop', reason: 'nobody talks about it' };
    }
    const vote = await findVote(tx, review);
    const { heardAt } = payload;
    const closedSince = vote?.closedAt && heardAt && vote.closedAt > new Date(heardAt);
    if (heardAt && (vote?.isOpen || closedSince)) {
      return { do: 'drop', reason: 'it is said when the vote is over' };
    }
    const line = voicesLine(await loadVoices(tx, review));
    if (!line) return { do: 'drop', reason: 'no two voices that differ' };
    const { channelId, threadTs } = review;
    if (channelId && threadTs) {
      return { do: 'post', target: channelId, threadTs, message: sentence(line) };
    }
    if (review.state === 'complete')
      return { do: 'drop', reason: 'it was talked through without a thread' };
    return { do: 'wait', until: new Date(now.getTime() + dayMs), reason: 'no thread yet' };
  },
};
