import { and, eq, inArray, isNull, or } from 'drizzle-orm';
import { businessDaysBetween, type Day, dayIn, instantAt } from '../domain/calendar.ts';
import type { Deal } from '../domain/deal.ts';
import { groupBy } from '../domain/group.ts';
import type { PersonId, ReviewId } from '../domain/ids.ts';
import { followUpSubject } from '../domain/nudge.ts';
import type { Person } from '../domain/person.ts';
import { promptsFor } from '../domain/prompts.ts';
import { isInherited, nudgesBeforeTakeover } from '../domain/review-access.ts';
import { entryKeyOf, type ReviewStand } from '../domain/review-flow.ts';
import { awaitedOf } from '../domain/review-waits.ts';
import type { Draft, FollowUpInput } from './follow-ups.ts';
import { inMany } from './lists.ts';
import { listAskedPrompts, listEntriesOfReviews } from './review-entries.ts';
import { listReviewVoices } from './review-replies.ts';
import { toReview } from './reviews.ts';
import type { Tx } from './store.ts';

/** A review that is under way, with what decides whom it waits for. */
interface UnderWay extends ReviewStand {
  readonly deal: Pick<Deal, 'ownerId'>;
  readonly owner: Pick<Person, 'name' | 'active'>;
  readonly zone: string;
  readonly othersReplies: number;
}

/**
 * Reviews that wait for somebody's word; and what is the manager's to keep going or to excuse: at
 * once where the owner has left, else after two questions the owner left unanswered (METHOD part 5,
 * rep left, owner does not answer).
 */
export async function listReviewWaits(tx: Tx, input: FollowUpInput): Promise<Draft[]> {
  const all = await loadUnderWay(tx, input);
  if (all.length === 0) return [];
  const unanswered = await countUnanswered(tx, input, all);
  const readers = new Set(input.personIds);
  return all.flatMap((known) => {
    const { ownerId, managerId, reviewerId, facilitatorId } = known.review;
    const take = takeOf(known, unanswered(known), input);
    const named = [...new Set([ownerId, managerId, reviewerId, facilitatorId])];
    return named.flatMap((personId): Draft[] => {
      if (!personId || !readers.has(personId)) return [];
      if (take?.personId === personId) return [take];
      const since = waitsSince(known, personId, input);
      return since ? [draftOf(known, 'review_wait', personId, since)] : [];
    });
  });
}

/** The review is to be kept going or excused by somebody other than who owned the deal. */
function takeOf(known: UnderWay, unanswered: number, input: FollowUpInput): Draft | undefined {
  const { review, owner, zone } = known;
  const { ownerId, managerId, facilitatorId } = review;
  if (facilitatorId) return undefined;
  const openedOn = dayIn(review.openedAt, zone);
  if (isInherited(known) && owner.active) {
    return isTakenUp(known) ? undefined : draftOf(known, 'review_take', ownerId, openedOn);
  }
  if (!managerId || managerId === ownerId) return undefined;
  if (!owner.active) return draftOf(known, 'review_take', managerId, openedOn);
  if (unanswered < nudgesBeforeTakeover) return undefined;
  const since = waitsSince(known, ownerId, input);
  return since && draftOf(known, 'review_take', managerId, since);
}

/** Whoever took it over has begun to answer what is its owner's. */
function isTakenUp({ review, entries, prompts }: UnderWay): boolean {
  const owners = prompts.filter(({ who }) => who === 'owner').map(({ key }) => entryKeyOf(key));
  return entries.some(
    ({ authorId, promptKey }) => authorId === review.ownerId && owners.includes(promptKey),
  );
}

function draftOf(
  known: UnderWay,
  kind: 'review_wait' | 'review_take',
  personId: PersonId,
  since: Day,
): Draft {
  const { review, owner } = known;
  // Nobody who left is named as who keeps the others waiting.
  const who = owner.active && !isInherited(known) ? owner.name : '';
  const facts = { who, what: '', tries: 0, on: since };
  return { kind, id: review.id, personId, dealId: review.dealId, dueOn: undefined, since, facts };
}

/** Since when a review waits for one person in particular, if long enough to be asked about. */
function waitsSince(
  known: UnderWay,
  personId: PersonId,
  { today, calendars }: FollowUpInput,
): Day | undefined {
  // What is asked of them later today does not wait yet, so the day's beginning will do.
  const awaited = awaitedOf(known, { id: personId }, instantAt(today, '12:00', known.zone));
  if (!awaited) return undefined;
  const since = dayIn(awaited.since, known.zone);
  const waited = businessDaysBetween(since, today, calendars.ours);
  return waited >= awaited.afterBd ? since : undefined;
}

async function loadUnderWay(
  tx: Tx,
  { workspaceId, personIds }: FollowUpInput,
): Promise<UnderWay[]> {
  const { deals, losses, people, reviews } = tx.tables;
  const rows = await tx
    .select({
      review: reviews,
      dealOwnerId: deals.ownerId,
      owner: { name: people.name, active: people.active, slackUserId: people.slackUserId },
      zone: deals.zone,
      loss: {
        reasonCode: losses.reasonCode,
        contributing: losses.contributing,
        fixable: losses.fixable,
      },
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
          inMany(tx, reviews.facilitatorId, personIds),
        ),
      ),
    )
    .orderBy(reviews.id);
  if (rows.length === 0) return [];
  const ids = rows.map(({ review }) => review.id);
  const entries = await listEntriesOfReviews(tx, ids);
  const asked = await listAskedPrompts(tx, ids);
  const voices = groupBy(await listReviewVoices(tx, ids), ({ reviewId }) => reviewId);
  return rows.map(({ review: row, loss, owner, dealOwnerId, zone }) => {
    const review = toReview(row);
    const reasonCodes = loss?.reasonCode ? [loss.reasonCode, ...(loss.contributing ?? [])] : [];
    const askWinnable = loss !== null && !loss.fixable;
    const others = (voices.get(review.id) ?? []).filter(
      ({ slackUserId }) => slackUserId !== owner.slackUserId,
    );
    return {
      review,
      // Their texts depend on more, their order and who answers them does not.
      prompts: promptsFor(review, {
        inherited: false,
        buyerShare: undefined,
        reasonCodes,
        askWinnable,
      }),
      entries: entries.get(review.id) ?? [],
      asked: asked.get(review.id) ?? [],
      deal: { ownerId: dealOwnerId },
      owner,
      zone,
      othersReplies: others.length,
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
