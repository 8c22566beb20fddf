import type { TeamSettings } from '../../deps.ts';
import type { ReviewId } from '../../domain/ids.ts';
import type { Review } from '../../domain/review.ts';
import type { Renderer, RenderInput } from '../../outbox/renderer.ts';
import { changeReview, findReview } from '../../store/reviews.ts';
import type { Tx } from '../../store/store.ts';
import { buildCardMessage } from './card-message.ts';
import { loadCard } from './card-view.ts';
import { reviewChanged } from './review-changed.ts';

/** Puts the next prompt of a review, now that there is a thread for it. */
export type AskNext = (tx: Tx, review: Review, now: Date) => Promise<unknown>;

type CardTeam = Pick<TeamSettings, 'zone' | 'reviewPledge'>;

const reviewOf = (tx: Tx, { workspaceId, payload }: RenderInput) =>
  findReview(tx, workspaceId, payload['reviewId'] as ReviewId);

const momentOf = ({ now }: RenderInput, { zone, reviewPledge: pledge }: CardTeam) => ({
  now,
  zone,
  pledge,
});

/** The first message of a deal's own thread; its address is the review's from then on. */
export function cardRenderer(team: CardTeam, askNext: AskNext): Renderer {
  return {
    whenUnknown: 'reconcile',
    render: async (tx, input) => {
      const review = await reviewOf(tx, input);
      if (!review) return { do: 'drop', reason: 'no such review' };
      if (review.threadTs) return { do: 'drop', reason: 'it has a thread' };
      if (review.pausedAt) return { do: 'drop', reason: 'the review is paused' };
      if (review.state !== 'talking' && review.state !== 'soaking')
        return { do: 'drop', reason: 'nothing to talk about' };
      const view = await loadCard(tx, review, momentOf(input, team));
      if (!view) return { do: 'drop', reason: 'the deal is private, or no longer lost' };
      return { do: 'post', target: input.target, message: buildCardMessage(view) };
    },
    sent: async (tx, input, { channelId, messageTs: threadTs }) => {
      const review = await reviewOf(tx, input);
      if (!review || review.threadTs) return;
      const address = { channelId, threadTs };
      if (!(await changeReview(tx, review, address))) return;
      const posted = { ...review, ...address, version: review.version + 1 };
      await reviewChanged(tx, posted, { now: input.now, mark: posted.version });
      await askNext(tx, posted, input.now);
    },
  };
}

/** The card again, after the review went on, or stopped. */
export function cardChangedRenderer(team: CardTeam): Renderer {
  return {
    whenUnknown: 'reconcile',
    render: async (tx, input) => {
      const review = await reviewOf(tx, input);
      if (!review?.channelId || !review.threadTs) return { do: 'drop', reason: 'no thread' };
      const view = await loadCard(tx, review, momentOf(input, team));
      if (!view) return { do: 'drop', reason: 'the deal is private, or no longer lost' };
      const { channelId, threadTs: messageTs } = review;
      return { do: 'update', channelId, messageTs, message: buildCardMessage(view) };
    },
  };
}
