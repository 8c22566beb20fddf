import { can, type DealCircle } from './access.ts';
import type { Deal } from './deal.ts';
import type { Person } from './person.ts';
import type { Review } from './review.ts';
import { isOngoing } from './review-words.ts';

/** What can be done about a review besides answering it. */
export type ReviewDeed = 'pause' | 'resume' | 'excuse' | 'facilitate';

/** What the right to a deed depends on. */
export interface ReviewCase {
  readonly review: Review;
  readonly deal: Pick<Deal, 'workspaceId' | 'ownerId' | 'privacy'>;
  readonly circle: DealCircle;
  /** False when whoever owns the review has left. */
  readonly ownerActive: boolean;
  /** Questions about the review that its owner left without an answer. */
  readonly unanswered: number;
}

/** After that many questions without an answer somebody else may keep the talk going. */
export const nudgesBeforeTakeover = 2;

/** Whose deal it was has left: whoever took the review over never carried it (METHOD part 5, rep left). */
export function isInherited({
  review,
  deal,
}: Pick<ReviewCase, 'review'> & {
  readonly deal: Pick<Deal, 'ownerId'>;
}): boolean {
  return review.ownerId !== deal.ownerId;
}

/**
 * Whether `actor` may do `deed` now (METHOD part 5, conflict in the thread, owner does not answer):
 * pausing is the owner's and the manager's; excusing and taking over are the manager's, and the
 * heir's of a review whose owner has left. Nobody above the owner: an admin stands in.
 */
export function mayManage(
  actor: Person,
  deed: ReviewDeed,
  { review, deal, circle, ownerActive, unanswered }: ReviewCase,
): boolean {
  if (!isOngoing(review) || !can(actor, 'view', deal, circle)) return false;
  const isOwner = actor.id === review.ownerId;
  const isHeir = isOwner && isInherited({ review, deal });
  const isAbove =
    !isOwner &&
    (actor.id === review.managerId ||
      circle.managerChainIds.includes(actor.id) ||
      (review.managerId === undefined && actor.role === 'admin'));
  switch (deed) {
    case 'pause':
      return (isOwner || isAbove) && review.pausedAt === undefined;
    case 'resume':
      return (isOwner || isAbove) && review.pausedAt !== undefined;
    case 'excuse':
      return isAbove || isHeir;
    case 'facilitate':
      return (
        review.facilitatorId !== actor.id &&
        (isHeir || (isAbove && (!ownerActive || unanswered >= nudgesBeforeTakeover)))
      );
  }
}
