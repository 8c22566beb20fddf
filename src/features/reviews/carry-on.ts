import type { BusinessCalendar } from '../../domain/calendar.ts';
import type { Intent } from '../../domain/outbox.ts';
import type { Review } from '../../domain/review.ts';
import { nextInReview, promptsToClose, type ReviewMoment } from '../../domain/review-flow.ts';
import { reviewGaps } from '../../domain/review-gaps.ts';
import { enqueue } from '../../store/outbox.ts';
import { closeAskedPrompts, insertAskedPrompt } from '../../store/review-entries.ts';
import { changeReview, type ReviewChange } from '../../store/reviews.ts';
import type { Tx } from '../../store/store.ts';
import type { AskNext } from './card-renderer.ts';
import { type KnownReview, loadReview } from './known-review.ts';
import { talkChanged } from './talk-changed.ts';
import { weekOfReviewChanged } from './week-changed.ts';

/** Whose days count for reviews: the team's. */
export interface TalkTime {
  readonly zone: string;
  readonly calendar: BusinessCalendar;
}

/** Puts the next prompt of a review where it belongs, for whoever has let it go on. */
export function askNextWith(time: TalkTime): AskNext {
  return async (tx, review, now) => {
    await carryOn(tx, review, { ...time, now });
  };
}

/**
 * Takes a review as far as it goes by itself: closes prompts that are over, asks the next one,
 * begins the two quiet days, and completes it when nothing is missing (METHOD §3.2, §3.3, 13).
 * @returns how many prompts it put.
 */
export async function carryOn(tx: Tx, review: Review, moment: ReviewMoment): Promise<number> {
  let known = await loadReview(tx, review);
  const closing = promptsToClose(known, moment).map(({ promptKey }) => promptKey);
  await closeAskedPrompts(tx, review.id, closing, moment.now);
  const asked: string[] = [];
  for (let left = known.prompts.length; left > 0 && hasPlace(known); left -= 1) {
    const next = nextInReview(known, moment);
    if (!next) break;
    if (next.do === 'soak') {
      known = await change(tx, known, { state: 'soaking', soakUntil: next.until });
      continue;
    }
    known = await ask(tx, known, next.prompt.key, moment.now);
    asked.push(next.prompt.key);
  }
  known = await completeIfDone(tx, known, moment.now);
  if (closing.length > 0 || known.review.version !== review.version || asked.length > 0) {
    await talkChanged(tx, known.review, closing, moment.now);
  }
  return asked.length;
}

/** Private talk goes on in the two sheets; the team's has a thread, or waits for one. */
function hasPlace({ review, deal }: KnownReview): boolean {
  return review.state === 'level1' || isPrivate({ deal }) || review.threadTs !== undefined;
}

export function isPrivate({ deal }: Pick<KnownReview, 'deal'>): boolean {
  return deal.privacy === 'restricted';
}

async function change(tx: Tx, known: KnownReview, to: ReviewChange): Promise<KnownReview> {
  const { review } = known;
  if (!(await changeReview(tx, review, to))) {
    throw new Error(`Review '${review.id}' changed within one transaction`);
  }
  const changed = { ...review, ...to, version: review.version + 1 };
  return { ...known, review: changed, record: { ...known.record, review: changed } };
}

async function ask(tx: Tx, known: KnownReview, promptKey: string, now: Date): Promise<KnownReview> {
  const { review } = known;
  const { id: reviewId, workspaceId, channelId, threadTs } = review;
  await insertAskedPrompt(tx, review, promptKey, now);
  if (channelId && threadTs && review.state !== 'level1') {
    const key = `review_prompted:${reviewId}:${promptKey}`;
    const payload = { reviewId, messageKey: promptKey };
    const intent: Intent = { kind: 'review_prompted', key, target: channelId, payload };
    await enqueue(tx, workspaceId, now, [intent]);
  }
  const one = { reviewId, promptKey, askedAt: now, closedAt: undefined };
  return { ...known, asked: [...known.asked, one] };
}

async function completeIfDone(tx: Tx, known: KnownReview, now: Date): Promise<KnownReview> {
  const { state, pausedAt } = known.review;
  if ((state !== 'talking' && state !== 'soaking') || pausedAt) return known;
  if (reviewGaps(known.record).length > 0) return known;
  const done = await change(tx, known, { state: 'complete', completedAt: now });
  const { id, workspaceId, channelId, threadTs, version } = done.review;
  if (channelId && threadTs) {
    const key = `review_completed:${id}`;
    const payload = { reviewId: id };
    await enqueue(tx, workspaceId, now, [
      { kind: 'review_completed', key, target: channelId, payload },
    ]);
  }
  await weekOfReviewChanged(tx, done.review, { now, mark: `${id}:v${version}` });
  const isAsked = known.asked.some(({ promptKey }) => promptKey === 'close');
  return isAsked ? done : ask(tx, done, 'close', now);
}
