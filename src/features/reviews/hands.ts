import type { BusinessCalendar, Day } from '../../domain/calendar.ts';
import type { PersonId, ReviewId, WorkspaceId } from '../../domain/ids.ts';
import type { Review } from '../../domain/review.ts';
import type { Tx } from '../../store/store.ts';

/** The one thing somebody chose (METHOD §4.3, `one_thing`). */
export interface ChosenThing {
  readonly workspaceId: WorkspaceId;
  readonly reviewId: ReviewId;
  readonly personId: PersonId;
  readonly skill: string;
  readonly behaviour: string;
  readonly occasion?: string | undefined;
  /** Who watches a call. */
  readonly observerId?: PersonId | undefined;
  /** Whom they watch. */
  readonly shadowId?: PersonId | undefined;
  readonly today: Day;
  readonly now: Date;
  readonly calendar: BusinessCalendar;
}

/** What a manager changes in how the team is set up (METHOD S4-28). */
export interface PromisedChange {
  readonly workspaceId: WorkspaceId;
  readonly reviewId: ReviewId;
  readonly personId: PersonId;
  readonly what: string;
  readonly dueOn: Day;
  readonly now: Date;
}

/** A review that was just let go to the team, with what it may tell other departments. */
export interface ReleasedReview {
  readonly review: Review;
  readonly now: Date;
  /** The owner of a restricted deal lets an extract without its name go out (METHOD part 5). */
  readonly shareExtract: boolean;
}

/** Writes down what a released review tells other departments (METHOD S1-7, S1-8). */
export type RaiseFindings = (tx: Tx, released: ReleasedReview) => Promise<void>;

/** What a review borrows from the feature that follows promises up. */
export interface TalkHands {
  readonly startPractice: (
    tx: Tx,
    chosen: ChosenThing,
  ) => Promise<{ readonly state: string } | undefined>;
  readonly startSystemChange: (tx: Tx, promised: PromisedChange) => Promise<void>;
  readonly raiseFindings: RaiseFindings;
}
