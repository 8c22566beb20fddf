import type { Day } from './calendar.ts';
import type {
  ChannelId,
  DealId,
  LossId,
  MessageTs,
  PersonId,
  ReviewEntryId,
  ReviewId,
  WorkspaceId,
} from './ids.ts';

/** A lost deal, or one of the wins that are sampled so that outcomes do not blind (METHOD S1-2). */
export type ReviewKind = 'loss' | 'win';

/** Big deals answer every prompt, others the quick set (METHOD S3-3). */
export type ReviewSize = 'quick' | 'full';

/**
 * `level1 → talking → soaking → complete`; any of them may be `excused`, and a deal that turns out
 * never to have been one makes it `void` (METHOD §3.2). `level1` is between owner and manager;
 * `talking` is the team's thread, or, for a restricted deal, goes on between the two.
 */
export type ReviewState = 'level1' | 'talking' | 'soaking' | 'complete' | 'excused' | 'void';

/** The talk about one deal that ended. */
export interface Review {
  readonly id: ReviewId;
  readonly workspaceId: WorkspaceId;
  readonly dealId: DealId;
  /** Undefined for a win. */
  readonly lossId: LossId | undefined;
  readonly kind: ReviewKind;
  readonly size: ReviewSize;
  readonly state: ReviewState;
  /** Whose review it is: who owned the deal, or who inherited it from somebody who left. */
  readonly ownerId: PersonId;
  /** The owner's partner at level 1; undefined when nobody is above the owner. */
  readonly managerId: PersonId | undefined;
  /** Keeps the talk going when the owner does not answer; never an author in the owner's place. */
  readonly facilitatorId: PersonId | undefined;
  /** Somebody who knew the deal and did not carry it (METHOD S3-11). */
  readonly reviewerId: PersonId | undefined;
  readonly reviewerAskedAt: Date | undefined;
  readonly openedAt: Date;
  readonly releasedAt: Date | undefined;
  /** `owner`, or `clock` when three business days had passed. */
  readonly releasedBy: 'owner' | 'clock' | undefined;
  /** The first message of its own thread in the loss channel. */
  readonly channelId: ChannelId | undefined;
  readonly threadTs: MessageTs | undefined;
  readonly pausedAt: Date | undefined;
  readonly pausedById: PersonId | undefined;
  /** The last day of quiet before the one thing is chosen. */
  readonly soakUntil: Day | undefined;
  readonly completedAt: Date | undefined;
  readonly excusedById: PersonId | undefined;
  readonly excuseReason: string | undefined;
  readonly version: number;
}

/** A review as it opens: between owner and manager, with nothing said or asked yet. */
export function newReview(
  given: Pick<
    Review,
    | 'id'
    | 'workspaceId'
    | 'dealId'
    | 'lossId'
    | 'kind'
    | 'size'
    | 'ownerId'
    | 'managerId'
    | 'openedAt'
  >,
): Review {
  return {
    ...given,
    state: 'level1',
    facilitatorId: undefined,
    reviewerId: undefined,
    reviewerAskedAt: undefined,
    releasedAt: undefined,
    releasedBy: undefined,
    channelId: undefined,
    threadTs: undefined,
    pausedAt: undefined,
    pausedById: undefined,
    soakUntil: undefined,
    completedAt: undefined,
    excusedById: undefined,
    excuseReason: undefined,
    version: 1,
  };
}

/** What people put into a review. What is said in plain replies is counted and not kept. */
export type ReviewEntryKind =
  /** An answer to a prompt, or a pass with a word why. */
  | 'answer'
  | 'pass'
  /** A view of somebody else, which the owner adopts or parks. */
  | 'opinion'
  | 'vote'
  /** An outside reason turned by its ownership question, or waived by the manager with a note. */
  | 'turned'
  | 'waived';

/** One person's word on one prompt; a later one of the same person and prompt takes its place. */
export interface ReviewEntry {
  readonly id: ReviewEntryId;
  readonly reviewId: ReviewId;
  readonly kind: ReviewEntryKind;
  /** The prompt, or for `turned` and `waived` the code of the reason. */
  readonly promptKey: string;
  readonly authorId: PersonId;
  /** Undefined for a vote. */
  readonly text: string | undefined;
  /** Votes: `{ whyClass, reasonCode, fixable }`, `{ learned }`, `{ again }`. */
  readonly choices: Readonly<Record<string, string>>;
  /** What was written at level 1 reaches the team only when its author lets it. */
  readonly shared: boolean;
  readonly verdict: 'adopt' | 'park' | undefined;
  readonly verdictNote: string | undefined;
  readonly at: Date;
}

/** A prompt that was put to people, and where it stands. */
export interface AskedPrompt {
  readonly reviewId: ReviewId;
  readonly promptKey: string;
  readonly askedAt: Date;
  /** Answered, passed, or a business day went by. */
  readonly closedAt: Date | undefined;
}
