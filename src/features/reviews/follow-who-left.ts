import type { PersonId } from '../../domain/ids.ts';
import type { Review } from '../../domain/review.ts';
import { changeReview } from '../../store/reviews.ts';
import type { Tx } from '../../store/store.ts';
import type { KnownReview } from './known-review.ts';
import { enqueueSheet } from './open-review.ts';
import { findPartners, isHere } from './partners.ts';
import { talkChanged } from './talk-changed.ts';

/**
 * Whoever leaves is followed by who is above them: the owner's questions are asked as “we” from then
 * on, and the lever in how the team is set up is the next manager's (METHOD part 5, rep left). An
 * outside view that did not come is somebody else's to give. @returns the review as it is now.
 */
export async function followWhoLeft(tx: Tx, known: KnownReview, now: Date): Promise<Review> {
  const { review, people } = known;
  const isGone = (id: PersonId | undefined) => id !== undefined && !isHere(people.get(id));
  const { ownerId, managerId, reviewerId, facilitatorId } = review;
  if (![ownerId, managerId, reviewerId, facilitatorId].some(isGone)) return review;
  const { owner, manager } =
    isGone(ownerId) || isGone(managerId)
      ? await findPartners(tx, review.workspaceId, ownerId)
      : { owner: people.get(ownerId), manager: managerId && people.get(managerId) };
  const two = { ownerId: owner?.id ?? ownerId, managerId: manager ? manager.id : undefined };
  const to = {
    ...two,
    ...(mayStay(known, Object.values(two), isGone)
      ? {}
      : { reviewerId: undefined, reviewerAskedAt: undefined }),
    ...(isGone(facilitatorId) ? { facilitatorId: undefined } : {}),
  };
  if (isSame(review, to) || !(await changeReview(tx, review, to))) return review;
  const followed = { ...review, ...to, version: review.version + 1 };
  for (const person of [owner, manager]) {
    if (person && isHere(person)) await enqueueSheet(tx, followed, person, now);
  }
  await talkChanged(tx, followed, ['outside_eye'], now);
  return followed;
}

/** A reviewer who is still here and carries nothing of it, or whose view is there. */
function mayStay(
  { review: { reviewerId }, entries }: KnownReview,
  two: readonly (PersonId | undefined)[],
  isGone: (id: PersonId | undefined) => boolean,
): boolean {
  const isGiven = entries.some(
    ({ kind, authorId }) => kind === 'opinion' && authorId === reviewerId,
  );
  return isGiven || (!isGone(reviewerId) && !two.includes(reviewerId)) || reviewerId === undefined;
}

function isSame(review: Review, to: Partial<Review>): boolean {
  return Object.entries(to).every(([key, value]) => review[key as keyof Review] === value);
}
