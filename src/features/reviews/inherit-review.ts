import type { Review } from '../../domain/review.ts';
import { listManagerChain, listPeople } from '../../store/people.ts';
import { changeReview } from '../../store/reviews.ts';
import type { Tx } from '../../store/store.ts';
import type { KnownReview } from './known-review.ts';
import { enqueueSheet } from './open-review.ts';
import { talkChanged } from './talk-changed.ts';

/**
 * Somebody who leaves gives the review to who is above them; what is still to be answered is asked
 * as “we” from then on (METHOD part 5, rep left). @returns the review as it is now.
 */
export async function inheritReview(tx: Tx, known: KnownReview, now: Date): Promise<Review> {
  const { review, people } = known;
  const heirId = review.managerId;
  const heir = heirId && people.get(heirId);
  if (people.get(review.ownerId)?.active !== false || !heir?.active) return review;
  const chain = await listManagerChain(tx, review.workspaceId, heir.id);
  const above = (await listPeople(tx, chain)).filter(({ active }) => active);
  const manager = chain.flatMap((id) => above.find((one) => one.id === id) ?? [])[0];
  const to = { ownerId: heir.id, managerId: manager?.id };
  if (!(await changeReview(tx, review, to))) return review;
  const inherited = { ...review, ...to, version: review.version + 1 };
  if (manager) await enqueueSheet(tx, inherited, manager, now);
  await talkChanged(tx, inherited, [], now);
  return inherited;
}
