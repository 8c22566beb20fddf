import { businessDaysBetween, type Calendars, type Day, dayIn } from './calendar.ts';
import {
  computeFixability,
  type Fixability,
  type FixableVote,
  isTalkWorthy,
} from './fixability.ts';
import { groupBy } from './group.ts';
import { findReason } from './loss-reasons.ts';
import type { Tally } from './plan-metrics.ts';
import type { CommitmentState } from './practice.ts';
import { medianOf } from './rate.ts';
import type { ReviewState } from './review.ts';

/** How long a review may take, in business days from the day the loss was logged. */
const reviewDueBd = 10;
/** Fewer finished reviews say nothing about how a team sees its losses. */
export const fewestReviews = 5;

/** A review that was opened, as far as rates look at it. */
export interface OpenedReview {
  readonly state: ReviewState;
  readonly openedAt: Date;
  readonly completedAt: Date | undefined;
}

/** Whose days and which zone a review's days are counted in. */
export interface TeamDays {
  readonly zone: string;
  readonly calendars: Pick<Calendars, 'ours'>;
}

/** Losses whose review was finished within ten business days, and those that were excused. */
export interface Ritual {
  readonly rate: Tally;
  readonly excused: number;
}

/** METHOD §3.5, ritual rate; excused ones are counted apart and never hidden. */
export function ritualOf(reviews: readonly OpenedReview[], { zone, calendars }: TeamDays): Ritual {
  const held = reviews.filter(({ state }) => state !== 'excused');
  const inTime = held.filter(({ state, openedAt, completedAt }) => {
    if (state !== 'complete' || !completedAt) return false;
    const [from, to] = [dayIn(openedAt, zone), dayIn(completedAt, zone)];
    return businessDaysBetween(from, to, calendars.ours) <= reviewDueBd;
  });
  return {
    rate: { k: inTime.length, n: held.length },
    excused: reviews.length - held.length,
  };
}

/** The median number of people besides the owner who spoke in a thread; undefined without one. */
export function voicesOf(
  reviews: readonly { readonly threaded: boolean; readonly voices: number }[],
): { readonly median: number; readonly threads: number } | undefined {
  const voices = reviews.filter(({ threaded }) => threaded).map((review) => review.voices);
  const median = medianOf(voices);
  return median === undefined ? undefined : { median, threads: voices.length };
}

/** Promises done by their day, of those due; cancelled ones are out (METHOD §3.5, follow-through). */
export function followThrough(
  promises: readonly {
    readonly state: CommitmentState;
    readonly dueOn: Day;
    readonly endedAt: Date | undefined;
  }[],
  zone: string,
): Tally {
  const due = promises.filter(({ state }) => state !== 'cancelled');
  const kept = due.filter(
    ({ state, dueOn, endedAt }) => state === 'done' && endedAt && dayIn(endedAt, zone) <= dueOn,
  );
  return { k: kept.length, n: due.length };
}

const winnableFrom = 0.5;

type View = FixableVote & { readonly reviewId: string };

/** Losses that at least half could have been won, of those two people or more judged. */
export function winnableShare(views: readonly View[]): Tally {
  const judged = judgedLosses(views);
  return { k: judged.filter(({ share }) => share >= winnableFrom).length, n: judged.length };
}

/** Losses on which views are so far apart that people should talk (METHOD §3.5, fixability). */
export function countFarApart(views: readonly View[]): number {
  return judgedLosses(views).filter(isTalkWorthy).length;
}

function judgedLosses(views: readonly View[]): Fixability[] {
  const byReview = groupBy(views, ({ reviewId }) => reviewId);
  return [...byReview.values()].flatMap((votes) => computeFixability(votes) ?? []);
}

/**
 * Reasons that were ours or shared, of all named in finished reviews: the team's, never a person's;
 * undefined under five reviews (METHOD §3.5, ownership ratio).
 */
export function ownershipRatio(
  reviews: readonly { readonly codes: readonly string[] }[],
): Tally | undefined {
  if (reviews.length < fewestReviews) return undefined;
  const controls = reviews.flatMap(({ codes }) =>
    codes.flatMap((code) => findReason(code)?.control ?? []),
  );
  return { k: controls.filter((control) => control !== 'outside').length, n: controls.length };
}
