import type { Review } from './review.ts';

/** Where the talk about a deal stands, in words for everybody in the loss channel. */
export function sayStanding(review: Pick<Review, 'state' | 'pausedAt' | 'threadTs'>): string {
  switch (review.state) {
    case 'excused':
      return 'excused from the talk';
    case 'void':
      return 'no review';
    case 'complete':
      return 'talked through';
    default:
      return review.pausedAt ? 'paused' : sayOngoing(review);
  }
}

function sayOngoing({ state, threadTs }: Pick<Review, 'state' | 'threadTs'>): string {
  if (state === 'level1') return 'still between its owner and their manager';
  if (state === 'soaking') return 'two quiet days, then one thing to work on';
  return threadTs ? 'open for the talk' : 'its thread comes next';
}

/** Whether anything more is to come of a review, paused or not. */
export function isOngoing({ state }: Pick<Review, 'state'>): boolean {
  return state === 'level1' || state === 'talking' || state === 'soaking';
}
