import type { Deal } from '../../domain/deal.ts';
import { groupBy } from '../../domain/group.ts';
import type { PersonId, WorkspaceId } from '../../domain/ids.ts';
import type { Fixable } from '../../domain/loss-story.ts';
import type { Person } from '../../domain/person.ts';
import { promptsFor } from '../../domain/prompts.ts';
import type { Review } from '../../domain/review.ts';
import type { ReviewStand } from '../../domain/review-flow.ts';
import type { ReviewRecord } from '../../domain/review-gaps.ts';
import { listDealsByIds } from '../../store/deals.ts';
import { listFeedbackOfDeals } from '../../store/feedback-requests.ts';
import { listFormerOwners } from '../../store/former-owners.ts';
import { type ListedLoss, listLossesByIds } from '../../store/losses.ts';
import { listPeople } from '../../store/people.ts';
import { listAskedPrompts, listEntriesOfReviews } from '../../store/review-entries.ts';
import { listReviewVoices } from '../../store/review-replies.ts';
import type { Tx } from '../../store/store.ts';

/** A review with everything that is said and asked about it. */
export interface KnownReview extends ReviewStand {
  readonly deal: Deal;
  /** Undefined for a win, and once its deal is no longer lost. */
  readonly loss: ListedLoss | undefined;
  /** Whether the buyer says that we could have won it; undefined when they were not asked. */
  readonly buyerView: Fixable | undefined;
  /** Everybody it names and everybody who wrote. */
  readonly people: ReadonlyMap<PersonId, Person>;
  readonly record: ReviewRecord;
  /** How many people wrote on a prompt or spoke in the thread. */
  readonly voices: number;
}

/** One review, loaded. */
export async function loadReview(tx: Tx, review: Review): Promise<KnownReview> {
  const [known] = await loadReviews(tx, review.workspaceId, [review]);
  if (!known) throw new Error(`Review '${review.id}' has no deal '${review.dealId}'`);
  return known;
}

/** Many reviews, each kind of thing about them in one query. */
export async function loadReviews(
  tx: Tx,
  workspaceId: WorkspaceId,
  reviews: readonly Review[],
): Promise<KnownReview[]> {
  const ids = reviews.map(({ id }) => id);
  const dealIds = reviews.map(({ dealId }) => dealId);
  const deals = await listDealsByIds(tx, workspaceId, dealIds);
  const lossIds = reviews.flatMap(({ lossId }) => lossId ?? []);
  const losses = await listLossesByIds(tx, workspaceId, lossIds);
  const entries = await listEntriesOfReviews(tx, ids);
  const asked = await listAskedPrompts(tx, ids);
  const feedback = await listFeedbackOfDeals(tx, workspaceId, dealIds);
  const voices = groupBy(await listReviewVoices(tx, ids), ({ reviewId }) => reviewId);
  const former = groupBy(await listFormerOwners(tx, dealIds), ({ dealId }) => dealId);
  const named = await listPeople(tx, [
    ...new Set([
      ...reviews.flatMap(namesOf),
      ...[...entries.values()].flat().map(({ authorId }) => authorId),
      ...[...former.values()].flat().map(({ ownerId }) => ownerId),
    ]),
  ]);
  const people = new Map(named.map((person) => [person.id, person]));
  return reviews.flatMap((review) => {
    const deal = deals.get(review.dealId);
    if (!deal) return [];
    const loss = review.lossId && losses.get(review.lossId);
    const left = (former.get(deal.id) ?? []).some(({ ownerId }) => !people.get(ownerId)?.active);
    const owner = people.get(review.ownerId);
    const own = entries.get(review.id) ?? [];
    const spoke = voices.get(review.id) ?? [];
    const others = spoke.filter(({ slackUserId }) => slackUserId !== owner?.slackUserId);
    const codes = loss?.reasonCode ? [loss.reasonCode, ...loss.contributing] : [];
    const record: ReviewRecord = {
      review,
      entries: own,
      form: loss,
      reasonCodes: codes,
      factsFrozen: review.kind === 'win' || loss !== undefined,
      othersReplies: others.reduce((sum, { replies }) => sum + replies, 0),
    };
    const prompts = promptsFor(review, {
      inherited: left || deal.ownerId !== review.ownerId,
      buyerShare: loss?.facts.story?.buyerShare,
      reasonCodes: codes,
      askWinnable: loss !== undefined && !loss.fixable,
    });
    const stand = { review, prompts, entries: own, asked: asked.get(review.id) ?? [] };
    const buyerView = feedback.get(deal.id)?.couldHaveWon;
    const wrote = own.map(({ authorId }) => people.get(authorId)?.slackUserId ?? authorId);
    const all = new Set<string>([...wrote, ...spoke.map(({ slackUserId }) => slackUserId)]);
    const known = { deal, loss: loss || undefined, buyerView, people, record, voices: all.size };
    return [{ ...stand, ...known }];
  });
}

function namesOf(review: Review): PersonId[] {
  const { ownerId, managerId, reviewerId, facilitatorId } = review;
  return [ownerId, managerId, reviewerId, facilitatorId].filter((id) => id !== undefined);
}

/** How somebody is called where nobody may be left without a name. */
export function nameOf({ people }: Pick<KnownReview, 'people'>, id: PersonId | undefined): string {
  return (id && people.get(id)?.name) ?? 'somebody';
}
