import type { ReviewId } from '../../domain/ids.ts';
import { voicesLine } from '../../domain/three-voices.ts';
import type { Renderer } from '../../outbox/renderer.ts';
import { sentence } from '../../slack/words.ts';
import { findDeal } from '../../store/deals.ts';
import { findReview } from '../../store/reviews.ts';
import { loadVoices } from '../../store/voices.ts';

const dayMs = 24 * 60 * 60_000;

/**
 * Where owner, peers and buyer differ, said in the loss's own thread once the buyer has answered. A
 * loss that has no thread yet is waited for while it is on its way to one.
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
    const line = voicesLine(await loadVoices(tx, review));
    if (!line) return { do: 'drop', reason: 'fewer than two voices' };
    const { channelId, threadTs } = review;
    if (channelId && threadTs) {
      return { do: 'post', target: channelId, threadTs, message: sentence(line) };
    }
    if (review.state === 'complete')
      return { do: 'drop', reason: 'it was talked through without a thread' };
    return { do: 'wait', until: new Date(now.getTime() + dayMs), reason: 'no thread yet' };
  },
};
