import {
  type BusinessCalendar,
  businessDaysAfter,
  businessDaysBetween,
  type Day,
} from './calendar.ts';
import type { CommitmentId, PersonId, PracticeId, ReviewId, WorkspaceId } from './ids.ts';

/** One area at a time: `queued → active → done | switched` (METHOD S3-17). */
export type PracticeState = 'queued' | 'active' | 'done' | 'switched';

/** What somebody promised (METHOD S3-18, S3-20, S4-28). */
export type CommitmentKind = 'try' | 'observed_call' | 'shadow' | 'learn' | 'system_change';

export type CommitmentState = 'open' | 'done' | 'cancelled';

/** How often a behaviour is to be tried (METHOD §4.3, `one_thing`). */
export const triesTarget = 3;

/** Business days after its start on which somebody is asked how it goes (METHOD S4-42). */
const checkInsBd = [5, 10, 20] as const;

/** Business days before another area may take its place without the manager's yes (METHOD S3-17). */
export const settledBd = 20;

/** What somebody works on. */
export interface Practice {
  readonly id: PracticeId;
  readonly workspaceId: WorkspaceId;
  readonly personId: PersonId;
  /** The review it came from. */
  readonly reviewId: ReviewId | undefined;
  readonly skill: string;
  readonly behaviour: string;
  /** When and where they will try it. */
  readonly occasion: string | undefined;
  /** Something to learn from (METHOD S3-16). */
  readonly link: string | undefined;
  readonly state: PracticeState;
  readonly tries: number;
  /** A place in `selfRatings`, for its owner and their manager alone (METHOD S4-19). */
  readonly selfRating: number | undefined;
  readonly createdAt: Date;
  /** Undefined while it waits its turn. */
  readonly startedOn: Day | undefined;
  readonly endedOn: Day | undefined;
}

/** A promise with a day. */
export interface Commitment {
  readonly id: CommitmentId;
  readonly workspaceId: WorkspaceId;
  readonly personId: PersonId;
  readonly practiceId: PracticeId | undefined;
  readonly reviewId: ReviewId | undefined;
  readonly kind: CommitmentKind;
  readonly what: string;
  readonly dueOn: Day;
  /** Who watches an observed call, or whom they watch. */
  readonly observerId: PersonId | undefined;
  readonly state: CommitmentState;
  /** The observer's note, the phrase that was borrowed, or what changed. */
  readonly doneNote: string | undefined;
  /** What they will try next. */
  readonly nextTry: string | undefined;
  readonly createdAt: Date;
  readonly endedAt: Date | undefined;
}

/** How somebody finds they do it: words, for a figure would be compared. */
export const selfRatings = ['Not yet', 'Now and then', 'Mostly', 'It is a habit'] as const;

/** The days on which somebody is asked how it goes. */
function checkInDays(startedOn: Day, calendar: BusinessCalendar): Day[] {
  return checkInsBd.map((bd) => businessDaysAfter(startedOn, bd, calendar));
}

/** The newest check-in that has come; undefined before the first one. */
export function checkInDue(
  startedOn: Day,
  today: Day,
  calendar: BusinessCalendar,
): Day | undefined {
  return checkInDays(startedOn, calendar).findLast((on) => on <= today);
}

/** The next check-in; undefined after the last one. */
export function nextCheckIn(
  startedOn: Day,
  today: Day,
  calendar: BusinessCalendar,
): Day | undefined {
  return checkInDays(startedOn, calendar).find((on) => on > today);
}

/** Whether an area had its time: another one may take its place without a manager's yes. */
export function isSettled(
  { startedOn, tries }: Pick<Practice, 'startedOn' | 'tries'>,
  today: Day,
  calendar: BusinessCalendar,
): boolean {
  if (tries >= triesTarget || startedOn === undefined) return true;
  return businessDaysBetween(startedOn, today, calendar) >= settledBd;
}
