import {
  and,
  count,
  countDistinct,
  eq,
  gt,
  inArray,
  isNotNull,
  isNull,
  lte,
  ne,
  or,
  sql,
} from 'drizzle-orm';
import type { FixableVoice, FixableVote } from '../domain/fixability.ts';
import type { PersonId, ReviewId, WorkspaceId } from '../domain/ids.ts';
import type { Fixable } from '../domain/loss-story.ts';
import type { Tally } from '../domain/plan-metrics.ts';
import type { ReviewState } from '../domain/review.ts';
import type { Tx } from './store.ts';

interface Stretch {
  readonly after: Date;
  readonly until: Date;
}

/** A review of a loss that was opened in a stretch, as far as rates look at it. */
export interface ReviewOutcome {
  readonly id: ReviewId;
  readonly managerId: PersonId | undefined;
  readonly state: ReviewState;
  readonly openedAt: Date;
  readonly completedAt: Date | undefined;
  /** Whether it has a thread the team can talk in. */
  readonly threaded: boolean;
  /** Distinct people who replied there, the owner apart. */
  readonly voices: number;
}

function ofTeam(tx: Tx, workspaceId: WorkspaceId) {
  const { deals, reviews } = tx.tables;
  return and(
    eq(reviews.workspaceId, workspaceId),
    eq(reviews.kind, 'loss'),
    ne(reviews.state, 'void'),
    eq(deals.privacy, 'team'),
  );
}

/** Reviews of the team's losses opened in a stretch, with how many spoke; one query. */
export async function listReviewOutcomes(
  tx: Tx,
  workspaceId: WorkspaceId,
  { after, until }: Stretch,
): Promise<ReviewOutcome[]> {
  const { deals, people, reviewReplies, reviews } = tx.tables;
  const rows = await tx
    .select({
      id: reviews.id,
      managerId: reviews.managerId,
      state: reviews.state,
      openedAt: reviews.openedAt,
      completedAt: reviews.completedAt,
      threadTs: reviews.threadTs,
      voices: countDistinct(reviewReplies.slackUserId),
    })
    .from(reviews)
    .innerJoin(deals, eq(deals.id, reviews.dealId))
    .innerJoin(people, eq(people.id, reviews.ownerId))
    .leftJoin(
      reviewReplies,
      and(
        eq(reviewReplies.reviewId, reviews.id),
        or(
          sql`${people.slackUserId} is null`,
          sql`${reviewReplies.slackUserId} <> ${people.slackUserId}`,
        ),
      ),
    )
    .where(and(ofTeam(tx, workspaceId), gt(reviews.openedAt, after), lte(reviews.openedAt, until)))
    .groupBy(
      reviews.id,
      reviews.managerId,
      reviews.state,
      reviews.openedAt,
      reviews.completedAt,
      reviews.threadTs,
    );
  return rows.map(({ threadTs, ...row }) => ({
    ...row,
    managerId: row.managerId ?? undefined,
    completedAt: row.completedAt ?? undefined,
    threaded: threadTs !== null,
  }));
}

/** Reviews finished in a stretch, by the manager they belong to. */
export async function countFinishedReviews(
  tx: Tx,
  workspaceId: WorkspaceId,
  { after, until }: Stretch,
): Promise<Map<PersonId | undefined, number>> {
  const { deals, reviews } = tx.tables;
  const rows = await tx
    .select({ managerId: reviews.managerId, finished: count() })
    .from(reviews)
    .innerJoin(deals, eq(deals.id, reviews.dealId))
    .where(
      and(
        ofTeam(tx, workspaceId),
        eq(reviews.state, 'complete'),
        gt(reviews.completedAt, after),
        lte(reviews.completedAt, until),
      ),
    )
    .groupBy(reviews.managerId);
  return new Map(rows.map(({ managerId, finished }) => [managerId ?? undefined, finished]));
}

/** Reviews under way in which their manager has not written a word yet, by manager. */
export async function countUnreadReviews(
  tx: Tx,
  workspaceId: WorkspaceId,
): Promise<Map<PersonId, number>> {
  const { deals, reviewEntries, reviews } = tx.tables;
  const rows = await tx
    .select({ managerId: reviews.managerId, unread: count() })
    .from(reviews)
    .innerJoin(deals, eq(deals.id, reviews.dealId))
    .where(
      and(
        ofTeam(tx, workspaceId),
        inArray(reviews.state, ['level1', 'talking', 'soaking']),
        isNotNull(reviews.managerId),
        sql`not exists (select 1 from ${reviewEntries} where ${reviewEntries.reviewId} = ${reviews.id} and ${reviewEntries.authorId} = ${reviews.managerId})`,
      ),
    )
    .groupBy(reviews.managerId);
  return new Map(rows.flatMap((row) => (row.managerId ? [[row.managerId, row.unread]] : [])));
}

/**
 * Threads of reviews opened before a moment that are still being talked in, and those of them in
 * which nobody besides the owner has spoken.
 */
export async function countSilentThreads(
  tx: Tx,
  workspaceId: WorkspaceId,
  before: Date,
): Promise<Tally> {
  const { deals, people, reviewReplies, reviews } = tx.tables;
  const heard = sql`exists (select 1 from ${reviewReplies} where ${reviewReplies.reviewId} = ${reviews.id}
    and (${people.slackUserId} is null or ${reviewReplies.slackUserId} <> ${people.slackUserId}))`;
  const [row] = await tx
    .select({
      n: count(),
      k: sql<number>`coalesce(sum(case when ${heard} then 0 else 1 end), 0)`.mapWith(Number),
    })
    .from(reviews)
    .innerJoin(deals, eq(deals.id, reviews.dealId))
    .innerJoin(people, eq(people.id, reviews.ownerId))
    .where(
      and(
        ofTeam(tx, workspaceId),
        inArray(reviews.state, ['talking', 'soaking']),
        isNotNull(reviews.threadTs),
        isNull(reviews.pausedAt),
        lte(reviews.openedAt, before),
      ),
    );
  return row ?? { k: 0, n: 0 };
}

/** Who said what about whether a loss could have been won. */
export interface FixView extends FixableVote {
  readonly reviewId: ReviewId;
  readonly managerId: PersonId | undefined;
}

/**
 * Every view on whether a loss opened for review in a stretch could have been won: votes, the
 * owner's own word at capture where there is no vote of theirs, and the buyer's.
 */
export async function listFixViews(
  tx: Tx,
  workspaceId: WorkspaceId,
  { after, until }: Stretch,
): Promise<FixView[]> {
  const { deals, feedbackRequests, losses, reviewEntries, reviews } = tx.tables;
  const inStretch = and(
    ofTeam(tx, workspaceId),
    gt(reviews.openedAt, after),
    lte(reviews.openedAt, until),
  );
  const votes = await tx
    .select({
      reviewId: reviews.id,
      managerId: reviews.managerId,
      ownerId: reviews.ownerId,
      reviewerId: reviews.reviewerId,
      authorId: reviewEntries.authorId,
      choices: reviewEntries.choices,
    })
    .from(reviews)
    .innerJoin(deals, eq(deals.id, reviews.dealId))
    .innerJoin(
      reviewEntries,
      and(eq(reviewEntries.reviewId, reviews.id), eq(reviewEntries.kind, 'vote')),
    )
    .where(inStretch);
  const told = await tx
    .select({
      reviewId: reviews.id,
      managerId: reviews.managerId,
      own: losses.fixable,
      buyer: feedbackRequests.couldHaveWon,
    })
    .from(reviews)
    .innerJoin(deals, eq(deals.id, reviews.dealId))
    .innerJoin(losses, eq(losses.id, reviews.lossId))
    .leftJoin(feedbackRequests, eq(feedbackRequests.dealId, reviews.dealId))
    .where(inStretch);
  const views = votes.flatMap((vote): FixView[] => {
    const value = vote.choices['fixable'] as Fixable | undefined;
    const managerId = vote.managerId ?? undefined;
    return value ? [{ reviewId: vote.reviewId, managerId, by: voiceOf(vote), value }] : [];
  });
  const voted = new Set(views.filter(({ by }) => by === 'owner').map(({ reviewId }) => reviewId));
  const said = told.flatMap(({ reviewId, own, buyer, ...row }): FixView[] => {
    const managerId = row.managerId ?? undefined;
    return [
      ...(own && !voted.has(reviewId)
        ? [{ reviewId, managerId, by: 'owner' as const, value: own }]
        : []),
      ...(buyer ? [{ reviewId, managerId, by: 'buyer' as const, value: buyer }] : []),
    ];
  });
  return [...views, ...said];
}

function voiceOf(vote: {
  readonly authorId: PersonId;
  readonly ownerId: PersonId;
  readonly managerId: PersonId | null;
  readonly reviewerId: PersonId | null;
}): FixableVoice {
  if (vote.authorId === vote.ownerId) return 'owner';
  if (vote.authorId === vote.reviewerId) return 'reviewer';
  return vote.authorId === vote.managerId ? 'manager' : 'peer';
}

/** The reasons of reviews finished in a stretch: the first and those that contributed. */
export async function listReviewedReasons(
  tx: Tx,
  workspaceId: WorkspaceId,
  { after, until }: Stretch,
): Promise<{ readonly reviewId: ReviewId; readonly codes: readonly string[] }[]> {
  const { deals, losses, reviews } = tx.tables;
  const rows = await tx
    .select({
      reviewId: reviews.id,
      reasonCode: losses.reasonCode,
      contributing: losses.contributing,
    })
    .from(reviews)
    .innerJoin(deals, eq(deals.id, reviews.dealId))
    .innerJoin(losses, eq(losses.id, reviews.lossId))
    .where(
      and(
        ofTeam(tx, workspaceId),
        eq(reviews.state, 'complete'),
        gt(reviews.completedAt, after),
        lte(reviews.completedAt, until),
      ),
    );
  return rows.map(({ reviewId, reasonCode, contributing }) => ({
    reviewId,
    codes: [...(reasonCode ? [reasonCode] : []), ...contributing],
  }));
}
