import type { Deps } from '../../deps.ts';
import { can } from '../../domain/access.ts';
import type { ReviewId } from '../../domain/ids.ts';
import type { Person } from '../../domain/person.ts';
import { isRefusal, type Refusal, refuse } from '../../domain/refusal.ts';
import type { ReviewDeed } from '../../domain/review-access.ts';
import { readLine } from '../../domain/text.ts';
import { appendEvent } from '../../store/events.ts';
import { listAskedPrompts } from '../../store/review-entries.ts';
import { changeReview, type ReviewChange } from '../../store/reviews.ts';
import type { Tx } from '../../store/store.ts';
import { postCardIfListed } from './card-post.ts';
import type { AskNext } from './card-renderer.ts';
import { type ManagedReview, reachManaged } from './manage-reach.ts';
import { tellManaged } from './manage-told.ts';
import { talkChanged } from './talk-changed.ts';
import { weekOfReviewChanged } from './week-changed.ts';

/** What somebody wants to do about a review. */
export interface ManageWish {
  readonly reviewId: ReviewId;
  readonly deed: ReviewDeed;
  /** Who keeps it in hand meanwhile; asked when it is paused. */
  readonly facilitator?: Person | undefined;
  /** Why it is excused. */
  readonly reason?: string | undefined;
}

const events = {
  pause: 'review_paused',
  resume: 'review_resumed',
  excuse: 'review_excused',
  facilitate: 'review_facilitated',
} as const satisfies Record<ReviewDeed, string>;

/**
 * Pauses a review, lets it go on, excuses it, or takes it in hand (METHOD §3.2, part 5). What was
 * done already is done once: somebody who clicks late is told that it is not theirs to do any more.
 */
export async function manageReview(
  deps: Deps,
  actor: Person,
  wish: ManageWish,
  askNext: AskNext,
): Promise<ManagedReview | Refusal> {
  const now = deps.clock.now();
  return deps.store.transaction(async (tx) => {
    const known = await reachManaged(tx, actor, wish.reviewId, wish.deed);
    if (isRefusal(known)) return known;
    const change = readChange(actor, known, wish, now);
    if (isRefusal(change)) return change;
    if (!(await changeReview(tx, known.review, change))) {
      return refuse('changed', 'Somebody changed that review just now. Open it again.');
    }
    const review = { ...known.review, ...change, version: known.review.version + 1 };
    const { workspaceId } = actor;
    await appendEvent(tx, {
      workspaceId,
      dealId: review.dealId,
      at: now,
      actorId: actor.id,
      kind: events[wish.deed],
      payload: { reviewId: review.id },
    });
    await follow(tx, actor, { ...known, review }, { deed: wish.deed, now, askNext });
    return { ...known, review };
  });
}

function readChange(
  actor: Person,
  known: ManagedReview,
  wish: ManageWish,
  now: Date,
): ReviewChange | Refusal {
  switch (wish.deed) {
    case 'pause':
      return readPause(actor, known, wish, now);
    case 'resume':
      return { pausedAt: undefined, pausedById: undefined };
    case 'facilitate':
      return { facilitatorId: actor.id };
    case 'excuse': {
      const expected = { field: 'reason', what: 'The reason', max: 200 };
      const excuseReason = readLine(wish.reason, expected);
      if (isRefusal(excuseReason)) return excuseReason;
      return { state: 'excused', excusedById: actor.id, excuseReason };
    }
  }
}

function readPause(
  actor: Person,
  { review, deal, circle }: ManagedReview,
  { facilitator }: ManageWish,
  now: Date,
): ReviewChange | Refusal {
  const pause = { pausedAt: now, pausedById: actor.id };
  if (!facilitator) return pause;
  const no = (message: string) => refuse('no_facilitator', message, 'facilitator');
  if (facilitator.id === review.ownerId) {
    return no('Pick somebody other than the owner, or leave it empty.');
  }
  if (!can(facilitator, 'view', deal, circle)) {
    return no(`${facilitator.name} does not see this deal. Pick somebody who does.`);
  }
  return { ...pause, facilitatorId: facilitator.id };
}

/** What the people of a review hear, and what goes on. */
async function follow(
  tx: Tx,
  actor: Person,
  { review, owner }: Pick<ManagedReview, 'review' | 'owner'>,
  { deed, now, askNext }: { deed: ReviewDeed; now: Date; askNext: AskNext },
): Promise<void> {
  await tellManaged(tx, actor, { review, owner }, { deed, now });
  const asked = (await listAskedPrompts(tx, [review.id])).get(review.id) ?? [];
  const open = asked.filter(({ closedAt }) => !closedAt).map(({ promptKey }) => promptKey);
  await talkChanged(tx, review, ['outside_eye', ...open], now);
  if (deed === 'excuse') {
    await weekOfReviewChanged(tx, review, { now, mark: `${review.id}:v${review.version}` });
  }
  if (deed !== 'resume') return;
  await postCardIfListed(tx, review, now);
  await askNext(tx, review, now);
}
