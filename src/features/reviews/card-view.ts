import { type Day, dayIn } from '../../domain/calendar.ts';
import type { FactTrail } from '../../domain/loss.ts';
import { findReason } from '../../domain/loss-reasons.ts';
import type { Person } from '../../domain/person.ts';
import type { CitedSkill } from '../../domain/recurrence.ts';
import type { Review, ReviewEntry } from '../../domain/review.ts';
import { listCitedSkills } from '../../store/recurrence.ts';
import { countReviewReplies } from '../../store/review-replies.ts';
import type { Tx } from '../../store/store.ts';
import { type KnownReview, loadReview } from './known-review.ts';

/** The card that opens a deal's own thread. */
export interface CardView
  extends Pick<KnownReview, 'deal' | 'review' | 'loss' | 'record' | 'prompts'> {
  readonly facts: FactTrail | undefined;
  readonly owner: Person | undefined;
  readonly facilitator: Person | undefined;
  /** What its owner let the team read of the talk with the manager. */
  readonly shared: readonly ReviewEntry[];
  readonly talk: { readonly replies: number; readonly voices: number };
  /** The skill behind its reason, if finished reviews keep coming to it (METHOD S3-2). */
  readonly recurring: CitedSkill | undefined;
  /** An admin promised that reviews serve neither pay nor ranking. */
  readonly pledge: boolean;
  readonly today: Day;
}

/** A card as it stands now; undefined when there is nothing to show to the whole channel. */
export async function loadCard(
  tx: Tx,
  review: Review,
  { now, pledge, zone }: { readonly now: Date; readonly pledge: boolean; readonly zone: string },
): Promise<CardView | undefined> {
  const { deal, loss, people, record, prompts } = await loadReview(tx, review);
  if (deal.privacy !== 'team' || (review.kind === 'loss' && !loss)) return undefined;
  const { facilitatorId, releasedAt } = review;
  return {
    deal,
    review,
    loss,
    record,
    prompts,
    facts: loss?.facts,
    owner: people.get(review.ownerId),
    facilitator: facilitatorId && people.get(facilitatorId),
    // What was said after the release stands in the thread itself.
    shared: record.entries.filter(
      ({ shared, kind, authorId, at }) =>
        shared &&
        authorId === review.ownerId &&
        (kind === 'answer' || kind === 'pass' || kind === 'turned') &&
        (releasedAt === undefined || at <= releasedAt),
    ),
    talk: await countReviewReplies(tx, review.id),
    recurring: await findRecurring(tx, review, loss?.reasonCode, now),
    pledge,
    today: dayIn(now, zone),
  };
}

async function findRecurring(
  tx: Tx,
  { workspaceId }: Review,
  reasonCode: string | undefined,
  now: Date,
): Promise<CitedSkill | undefined> {
  const skill = reasonCode && findReason(reasonCode)?.skill;
  if (!skill) return undefined;
  const cited = await listCitedSkills(tx, workspaceId, now);
  return cited.find((one) => one.recurs && one.skill === skill);
}
