import type { Deps } from '../../deps.ts';
import type { ReviewEntryId, ReviewId } from '../../domain/ids.ts';
import type { Person } from '../../domain/person.ts';
import { isRefusal, type Refusal, refuse } from '../../domain/refusal.ts';
import type { Review, ReviewEntry } from '../../domain/review.ts';
import type { ReviewMoment } from '../../domain/review-flow.ts';
import { listReviewEntries, shareEntries } from '../../store/review-entries.ts';
import { changeReview, findReview } from '../../store/reviews.ts';
import type { Tx } from '../../store/store.ts';
import { postCardIfListed } from './card-post.ts';
import { carryOn, type TalkTime } from './carry-on.ts';
import type { RaiseFindings, TalkHands } from './hands.ts';
import type { KnownReview } from './known-review.ts';
import { reachTalk } from './reach-prompt.ts';
import { talkChanged } from './talk-changed.ts';

/** What an owner wrote at level 1, and may let the team read. */
export function ownWords(review: Review, entries: readonly ReviewEntry[]): ReviewEntry[] {
  return entries.filter(
    ({ authorId, promptKey, kind }) =>
      authorId === review.ownerId &&
      promptKey !== 'breathe' &&
      promptKey !== 'system' &&
      (kind === 'answer' || kind === 'turned'),
  );
}

/**
 * Lets the team in: the facts and the form always go along, of what the owner wrote only `share`
 * (METHOD S1-15). A review that was released before stays as it is.
 */
export async function releaseReview(
  tx: Tx,
  review: Review,
  given: {
    readonly by: 'owner' | 'clock';
    readonly share: readonly ReviewEntryId[];
    readonly shareExtract: boolean;
  },
  moment: ReviewMoment,
  raiseFindings: RaiseFindings,
): Promise<boolean> {
  if (review.state !== 'level1' || review.pausedAt) return false;
  const { now } = moment;
  const to = { state: 'talking', releasedAt: now, releasedBy: given.by } as const;
  const own = ownWords(review, await listReviewEntries(tx, review.id)).map(({ id }) => id);
  await shareEntries(
    tx,
    review.id,
    own.filter((id) => given.share.includes(id)),
  );
  if (!(await changeReview(tx, review, to))) return false;
  const released = { ...review, ...to, version: review.version + 1 };
  await raiseFindings(tx, { review: released, now, shareExtract: given.shareExtract });
  await talkChanged(tx, released, [], now);
  await postCardIfListed(tx, released, now);
  await carryOn(tx, released, moment);
  return true;
}

/** A review that its owner may let go now. */
export async function reachReleasable(
  tx: Tx,
  actor: Person,
  id: ReviewId,
): Promise<KnownReview | Refusal> {
  const known = await reachTalk(tx, actor, id);
  if (isRefusal(known)) return known;
  const { review } = known;
  if (review.ownerId !== actor.id) {
    return refuse(
      'not_yours',
      'Its owner lets a review go to the team, or three business days do.',
    );
  }
  if (review.state !== 'level1') return refuse('released', 'The team has it already.');
  if (review.pausedAt) return refuse('paused', 'This review is paused. Let it go on first.');
  return known;
}

/** The owner lets the team in. */
export async function letGo(
  deps: Deps & { readonly time: TalkTime; readonly hands: Pick<TalkHands, 'raiseFindings'> },
  actor: Person,
  input: {
    readonly reviewId: ReviewId;
    readonly share: readonly string[];
    readonly shareExtract: boolean;
  },
): Promise<Review | Refusal> {
  const now = deps.clock.now();
  return deps.store.transaction(async (tx) => {
    const known = await reachReleasable(tx, actor, input.reviewId);
    if (isRefusal(known)) return known;
    const share = input.share as ReviewEntryId[];
    const given = { by: 'owner', share, shareExtract: input.shareExtract } as const;
    const { raiseFindings } = deps.hands;
    await releaseReview(tx, known.review, given, { ...deps.time, now }, raiseFindings);
    return (await findReview(tx, actor.workspaceId, known.review.id)) ?? known.review;
  });
}
