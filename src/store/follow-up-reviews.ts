import { and, eq, inArray, isNull, or } from 'drizzle-orm';
import { businessDaysBetween, type Day, dayIn, instantAt } from '../domain/calendar.ts';
import type { PersonId, ReviewId } from '../domain/ids.ts';
import { followUpSubject } from '../domain/nudge.ts';
import { promptsFor, type ReviewPrompt } from '../domain/prompts.ts';
import { nudgesBeforeTakeover } from '../domain/review-access.ts';
import { outsideEyeBd, type ReviewStand, waitingPrompt } from '../domain/review-flow.ts';
import type { Draft, FollowUpInput } from './follow-ups.ts';
import { inMany } from './lists.ts';
import { listAskedPrompts, listEntriesOfReviews } from './review-entries.ts';
import { toReview } from './reviews.ts';
import type { Tx } from './store.ts';

/** A review that is under way, with what decides whom it waits for. */
interface UnderWay extends ReviewStand {
  readonly ownerName: string;
  readonly zone: string;
}

/**
 * Reviews that wait a business day for somebody's word; and, once their owner left two questions
 * about one unanswered, the manager's matter (METHOD part 5, owner does not answer).
 */
export async function listReviewWaits(tx: Tx, input: FollowUpInput): Promise<Draft[]> {
  const all = await loadUnderWay(tx, input);
  if (all.length === 0) return [];
  const unanswered = await countUnanswered(tx, input, all);
  const readers = new Set(input.personIds);
  return all.flatMap((known) => {
    const { ownerId, managerId, reviewerId } = known.review;
    const waiting = [...new Set([ownerId, managerId, reviewerId])].flatMap((personId) => {
      const since = personId && readers.has(personId) && waitsSince(known, personId, input);
      return personId && since ? [draftOf(known, 'review_wait', personId, since)] : [];
    });
    const stuck =
      managerId &&
      managerId !== ownerId &&
      readers.has(managerId) &&
      known.review.facilitatorId === undefined &&
      unanswered(known) >= nudgesBeforeTakeover
        ? waitsSince(known, ownerId, input)
        : undefined;
    return stuck && managerId
      ? [...waiting, draftOf(known, 'review_take', managerId, stuck)]
      : waiting;
  });
}

function draftOf(
  { review, ownerName }: UnderWay,
  kind: 'review_wait' | 'review_take',
  personId: PersonId,
  since: Day,
): Draft {
  const facts = { who: ownerName, what: '', tries: 0, on: since };
  return { kind, id: review.id, personId, dealId: review.dealId, dueOn: undefined, since, facts };
}

/** Since when a review waits for one person in particular, if for a business day or longer. */
function waitsSince(
  known: UnderWay,
  personId: PersonId,
  { today, calendars }: FollowUpInput,
): Day | undefined {
  const prompts = known.prompts.filter(({ who }) => who !== 'all');
  // What is asked of them later today does not wait yet, so the day's beginning will do.
  const now = instantAt(today, '12:00', known.zone);
  const prompt = waitingPrompt({ ...known, prompts }, { id: personId }, now);
  const at = prompt && askedAt(known, prompt);
  if (!prompt || !at) return undefined;
  const since = dayIn(at, known.zone);
  const waitBd = prompt.form === 'opinion' ? outsideEyeBd : 1;
  return businessDaysBetween(since, today, calendars.ours) >= waitBd ? since : undefined;
}

function askedAt({ review, asked, entries }: UnderWay, prompt: ReviewPrompt): Date | undefined {
  const put = asked.find(({ promptKey }) => promptKey === prompt.key)?.askedAt;
  switch (prompt.form) {
    case 'opinion':
      return review.reviewerAskedAt;
    case 'verdicts':
      return put ?? entries.find(({ kind, verdict }) => kind === 'opinion' && !verdict)?.at;
    default:
      return put ?? review.openedAt;
  }
}

async function loadUnderWay(
  tx: Tx,
  { workspaceId, personIds }: FollowUpInput,
): Promise<UnderWay[]> {
  const { deals, losses, people, reviews } = tx.tables;
  const rows = await tx
    .select({
      review: reviews,
      ownerName: people.name,
      zone: deals.zone,
      reasonCode: losses.reasonCode,
      contributing: losses.contributing,
    })
    .from(reviews)
    .innerJoin(deals, eq(deals.id, reviews.dealId))
    .innerJoin(people, eq(people.id, reviews.ownerId))
    .leftJoin(losses, eq(losses.id, reviews.lossId))
    .where(
      and(
        eq(reviews.workspaceId, workspaceId),
        inArray(reviews.state, ['level1', 'talking', 'soaking']),
        isNull(reviews.pausedAt),
        or(
          inMany(tx, reviews.ownerId, personIds),
          inMany(tx, reviews.managerId, personIds),
          inMany(tx, reviews.reviewerId, personIds),
        ),
      ),
    )
    .orderBy(reviews.id);
  if (rows.length === 0) return [];
  const ids = rows.map(({ review }) => review.id);
  const entries = await listEntriesOfReviews(tx, ids);
  const asked = await listAskedPrompts(tx, ids);
  return rows.map(({ review: row, reasonCode, contributing, ownerName, zone }) => {
    const review = toReview(row);
    const reasonCodes = reasonCode ? [reasonCode, ...(contributing ?? [])] : [];
    return {
      review,
      // Their texts depend on more, their order and who answers them does not.
      prompts: promptsFor(review, { inherited: false, buyerShare: undefined, reasonCodes }),
      entries: entries.get(review.id) ?? [],
      asked: asked.get(review.id) ?? [],
      ownerName,
      zone,
    };
  });
}

/** Questions about each review that its owner left open since they last wrote in it. */
async function countUnanswered(
  tx: Tx,
  { workspaceId }: FollowUpInput,
  all: readonly UnderWay[],
): Promise<(known: UnderWay) => number> {
  const { nudgeItems } = tx.tables;
  const subjectOf = (id: ReviewId) => followUpSubject('review_wait', id);
  const rows = await tx
    .select({ subject: nudgeItems.subject, personId: nudgeItems.personId, on: nudgeItems.on })
    .from(nudgeItems)
    .where(
      and(
        eq(nudgeItems.workspaceId, workspaceId),
        inMany(
          tx,
          nudgeItems.personId,
          all.map(({ review }) => review.ownerId),
        ),
        eq(nudgeItems.kind, 'review_wait'),
        isNull(nudgeItems.answer),
      ),
    );
  return ({ review, entries, zone }) => {
    const last = entries.findLast(({ authorId }) => authorId === review.ownerId);
    const from = last && dayIn(last.at, zone);
    return rows.filter(
      ({ subject, personId, on }) =>
        subject === subjectOf(review.id) && personId === review.ownerId && (!from || on > from),
    ).length;
  };
}
