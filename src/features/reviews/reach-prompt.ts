import type { ReviewId } from '../../domain/ids.ts';
import type { Person } from '../../domain/person.ts';
import type { ReviewPrompt } from '../../domain/prompts.ts';
import { isRefusal, type Refusal, refuse } from '../../domain/refusal.ts';
import type { Review } from '../../domain/review.ts';
import { isUnderWay, mayAnswer } from '../../domain/review-flow.ts';
import { isOngoing } from '../../domain/review-words.ts';
import { reachDeal } from '../../store/reach-deal.ts';
import { findReview } from '../../store/reviews.ts';
import type { Tx } from '../../store/store.ts';
import { type KnownReview, loadReview, nameOf } from './known-review.ts';

const notFound = refuse(
  'review_not_found',
  'That review is not here any more. /deal list shows your deals.',
);

/** Whether somebody is one of the people who see what is said before the team does. */
export function isInside({ id }: Pick<Person, 'id'>, review: Review): boolean {
  return id === review.ownerId || id === review.managerId;
}

/** A review of a deal that `actor` may see. */
export async function reachTalk(
  tx: Tx,
  actor: Person,
  id: ReviewId,
): Promise<KnownReview | Refusal> {
  const review = await findReview(tx, actor.workspaceId, id);
  if (!review || review.state === 'void') return notFound;
  const deal = await reachDeal(tx, actor, review.dealId);
  return isRefusal(deal) ? notFound : loadReview(tx, review);
}

/** A prompt that `actor` may write on now, or why not (METHOD §3.3, 14). */
export async function reachPrompt(
  tx: Tx,
  actor: Person,
  address: { readonly reviewId: ReviewId; readonly promptKey: string },
): Promise<{ known: KnownReview; prompt: ReviewPrompt } | Refusal> {
  const known = await reachTalk(tx, actor, address.reviewId);
  if (isRefusal(known)) return known;
  const prompt = known.prompts.find(({ key }) => key === address.promptKey);
  if (!prompt) return notFound;
  if (!mayAnswer(actor, prompt, known.review)) {
    return refuse('not_yours', whyNot(known, prompt));
  }
  const isAsked = known.asked.some(({ promptKey }) => promptKey === prompt.key);
  if (prompt.form !== 'practice' || isAsked) return { known, prompt };
  return refuse('not_now', 'That comes after two quiet days. I ask when it is time.');
}

/** Why nobody writes anything here now. */
export function sayRest(review: Review): string {
  return isOngoing(review)
    ? 'This review is paused. Its owner or their manager can let it go on.'
    : 'This review is over. What was said stays as it is.';
}

function whyNot(known: KnownReview, prompt: ReviewPrompt): string {
  const { review } = known;
  if (!isUnderWay(review)) return sayRest(review);
  const owner = nameOf(known, review.ownerId);
  if (prompt.who === 'owner')
    return `That question is ${owner}’s own. Reply in the thread instead.`;
  if (review.state === 'level1') {
    return `This is still between ${owner} and their manager. It comes to the team soon.`;
  }
  if (prompt.who === 'reviewer') {
    return review.reviewerId
      ? `That question is for ${nameOf(known, review.reviewerId)}.`
      : 'Nobody is named for the outside view yet. The owner or their manager can name somebody.';
  }
  if (prompt.who === 'voters') {
    return review.kind === 'win'
      ? 'That vote is your colleagues’. What you would do again is your own word on it.'
      : 'Your view is in the form of the loss already.';
  }
  return `That one is for ${owner} and their manager. Reply in the thread instead.`;
}
