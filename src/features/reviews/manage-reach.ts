import type { Deal } from '../../domain/deal.ts';
import type { ReviewId } from '../../domain/ids.ts';
import type { Person } from '../../domain/person.ts';
import { isRefusal, type Refusal, refuse } from '../../domain/refusal.ts';
import type { Review } from '../../domain/review.ts';
import { mayManage, type ReviewCase, type ReviewDeed } from '../../domain/review-access.ts';
import { isOngoing } from '../../domain/review-words.ts';
import { findDeal } from '../../store/deals.ts';
import { findPerson } from '../../store/people.ts';
import { reachDeal } from '../../store/reach-deal.ts';
import { countUnansweredNudges } from '../../store/review-nudges.ts';
import { findReview } from '../../store/reviews.ts';
import type { Tx } from '../../store/store.ts';

/** A review with all that a right to it depends on. */
export interface ManagedReview extends ReviewCase {
  readonly deal: Deal;
  readonly owner: Person | undefined;
}

const notFound = refuse(
  'review_not_found',
  'That review is not here any more. /deal list shows your deals.',
);

/** The review of an id, if `actor` may see its deal. */
async function reachReview(tx: Tx, actor: Person, id: ReviewId): Promise<ManagedReview | Refusal> {
  const review = await findReview(tx, actor.workspaceId, id);
  if (!review) return notFound;
  const deal = await reachDeal(tx, actor, review.dealId);
  if (isRefusal(deal)) return notFound;
  return (await loadManaged(tx, review)) ?? notFound;
}

export async function loadManaged(tx: Tx, review: Review): Promise<ManagedReview | undefined> {
  const known = await findDeal(tx, review.workspaceId, review.dealId);
  if (!known) return undefined;
  const owner = await findPerson(tx, review.workspaceId, review.ownerId);
  return {
    ...known,
    review,
    owner,
    ownerActive: owner?.active ?? false,
    unanswered: await countUnansweredNudges(tx, review, owner?.zone ?? known.deal.zone),
  };
}

const refusals: Readonly<Record<ReviewDeed, string>> = {
  pause: 'Its owner and their manager can pause a review. Ask one of them.',
  resume: 'Its owner and their manager can let a review go on. Ask one of them.',
  excuse: 'The owner’s manager can excuse a review. Ask them.',
  facilitate:
    'The owner’s manager can keep a review going once two questions stayed without an answer. Until then it is the owner’s.',
};

/** A review that `actor` may do `deed` to now, or why not. */
export async function reachManaged(
  tx: Tx,
  actor: Person,
  id: ReviewId,
  deed: ReviewDeed,
): Promise<ManagedReview | Refusal> {
  const known = await reachReview(tx, actor, id);
  if (isRefusal(known)) return known;
  if (mayManage(actor, deed, known)) return known;
  if (!isOngoing(known.review)) return refuse('review_over', 'That review is over already.');
  if (deed === 'pause' && mayManage(actor, 'resume', known)) {
    return refuse('paused', 'This review is paused already.');
  }
  if (deed === 'resume' && mayManage(actor, 'pause', known)) {
    return refuse('not_paused', 'This review goes on already.');
  }
  if (deed === 'facilitate' && known.review.facilitatorId === actor.id) {
    return refuse('facilitated', 'You keep this one going already.');
  }
  return refuse('not_yours', refusals[deed]);
}
