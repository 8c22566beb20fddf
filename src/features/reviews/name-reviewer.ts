import type { PersonId, ReviewId } from '../../domain/ids.ts';
import type { Person } from '../../domain/person.ts';
import { isRefusal, type Refusal, refuse } from '../../domain/refusal.ts';
import type { Review } from '../../domain/review.ts';
import { isUnderWay } from '../../domain/review-flow.ts';
import { addHelper, findDeal } from '../../store/deals.ts';
import { listFormerOwners } from '../../store/former-owners.ts';
import { enqueue } from '../../store/outbox.ts';
import { listPeople } from '../../store/people.ts';
import { changeReview, type ReviewChange } from '../../store/reviews.ts';
import type { Tx } from '../../store/store.ts';
import { isPrivate } from './carry-on.ts';
import type { TalkDeps } from './keep-word.ts';
import type { KnownReview } from './known-review.ts';
import { isInside, reachTalk } from './reach-prompt.ts';
import { talkChanged } from './talk-changed.ts';

const outsideEye = 'outside_eye';

/** A review whose owner or manager may name who gives an outside view. */
export async function reachNaming(
  tx: Tx,
  actor: Person,
  id: ReviewId,
): Promise<{ known: KnownReview; helpers: Person[]; carried: ReadonlySet<PersonId> } | Refusal> {
  const known = await reachTalk(tx, actor, id);
  if (isRefusal(known)) return known;
  const { review } = known;
  if (!isInside(actor, review)) {
    return refuse('not_yours', 'The owner or their manager names who gives an outside view.');
  }
  if (review.kind === 'win' || !isUnderWay(review)) {
    return refuse('not_now', 'Nobody is asked for an outside view here any more.');
  }
  if (known.entries.some(({ kind }) => kind === 'opinion')) {
    return refuse('has_view', 'The outside view is there already.');
  }
  const circle = (await findDeal(tx, actor.workspaceId, review.dealId))?.circle;
  const people = await listPeople(tx, circle?.helperIds ?? []);
  const before = await listFormerOwners(tx, [review.dealId]);
  const carried = new Set(before.map(({ ownerId }) => ownerId));
  const helpers = people.filter((one) => mayReview(one, known) && !carried.has(one.id));
  return { known, helpers, carried };
}

function mayReview(person: Person, { review }: KnownReview): boolean {
  return person.active && person.standing === 'member' && !isInside(person, review);
}

/**
 * Asks somebody who knew the deal and did not carry it for their view, due in three business days
 * (METHOD S3-11). On a private deal they are on it from then on.
 */
export async function nameReviewer(
  deps: TalkDeps,
  actor: Person,
  input: { readonly reviewId: ReviewId; readonly person: Person | undefined },
): Promise<{ known: KnownReview; person: Person } | Refusal> {
  const now = deps.clock.now();
  return deps.store.transaction(async (tx) => {
    const reached = await reachNaming(tx, actor, input.reviewId);
    if (isRefusal(reached)) return reached;
    const { known } = reached;
    const person = readReviewer(input.person, reached);
    if (isRefusal(person)) return person;
    const { review, deal } = known;
    if (review.reviewerId === person.id) return { known, person };
    const to = { reviewerId: person.id, reviewerAskedAt: now, ...handOf(review, person) };
    if (!(await changeReview(tx, review, to))) {
      return refuse('changed', 'Somebody changed that review just now. Open it again.');
    }
    if (isPrivate(known)) await addHelper(tx, deal.workspaceId, deal.id, person.id);
    const payload = { reviewId: review.id, messageKey: outsideEye, readerId: person.id };
    const key = `review_prompted:${review.id}:${outsideEye}:${person.id}`;
    const target = person.slackUserId ?? '';
    await enqueue(tx, review.workspaceId, now, [{ kind: 'review_prompted', key, target, payload }]);
    await talkChanged(tx, { ...review, ...to, version: review.version + 1 }, [outsideEye], now);
    return { known, person };
  });
}

/** Where nobody is above the owner, the same colleague keeps the talk going (METHOD part 5). */
function handOf(
  review: Review,
  { id: facilitatorId }: Person,
): Pick<ReviewChange, 'facilitatorId'> {
  const isFree = !review.facilitatorId || review.facilitatorId === review.reviewerId;
  return isFree && !review.managerId ? { facilitatorId } : {};
}

function readReviewer(
  person: Person | undefined,
  { known, carried }: { readonly known: KnownReview; readonly carried: ReadonlySet<PersonId> },
): Person | Refusal {
  const no = (code: string, message: string) => refuse(code, message, 'person');
  if (!person) return no('no_person', 'Pick the colleague you ask.');
  const { name } = person;
  if (isInside(person, known.review) || carried.has(person.id)) {
    return no('inside', `${name} carried this deal. Pick somebody who did not.`);
  }
  if (person.standing === 'bot') return no('bot', `${name} is an app. Pick a colleague.`);
  if (!person.active || !person.slackUserId) {
    return no('left', `${name} is no longer in this workspace. Pick somebody else.`);
  }
  if (person.standing !== 'member') {
    return no('guest', `${name} is a guest here and sees no deals. Pick a full member.`);
  }
  return person;
}
