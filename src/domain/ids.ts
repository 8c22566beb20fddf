import { decodeTime, monotonicFactory } from 'ulid';

const ulid = monotonicFactory();

type Branded<Name extends string> = string & { readonly brand: Name };

/** Slack's team id; every row carries it and every query is scoped by it. */
export type WorkspaceId = Branded<'WorkspaceId'>;
export type PersonId = Branded<'PersonId'>;
export type AccountId = Branded<'AccountId'>;
export type ContactId = Branded<'ContactId'>;
export type DealId = Branded<'DealId'>;
export type HomeworkId = Branded<'HomeworkId'>;
export type DateRevisionId = Branded<'DateRevisionId'>;
export type TouchId = Branded<'TouchId'>;
export type LossId = Branded<'LossId'>;
export type LossThreadId = Branded<'LossThreadId'>;
export type NudgeId = Branded<'NudgeId'>;
export type NudgeItemId = Branded<'NudgeItemId'>;
export type NudgeRestId = Branded<'NudgeRestId'>;
export type StallId = Branded<'StallId'>;
export type HelpRequestId = Branded<'HelpRequestId'>;
export type ReviewId = Branded<'ReviewId'>;
export type ReviewEntryId = Branded<'ReviewEntryId'>;
export type FindingId = Branded<'FindingId'>;
export type PracticeId = Branded<'PracticeId'>;
export type CommitmentId = Branded<'CommitmentId'>;
export type FeedbackRequestId = Branded<'FeedbackRequestId'>;
export type RevisitId = Branded<'RevisitId'>;
export type OutboxId = Branded<'OutboxId'>;
export type SlackUserId = Branded<'SlackUserId'>;
export type ChannelId = Branded<'ChannelId'>;

/** Whether a channel was given by its id: names are in small letters. */
export function isChannelId(nameOrId: string): nameOrId is ChannelId {
  return /^[CG][A-Z0-9]{4,}$/.test(nameOrId);
}
/** Slack's message timestamp, unique in its channel. */
export type MessageTs = Branded<'MessageTs'>;

/** A new ULID: sorts in the order of making, also within one millisecond of a fixed clock. */
export function newId<Id extends string>(at: Date): Id {
  return ulid(at.getTime()) as Id;
}

/** When an id was made. */
export function madeAt(id: Branded<string>): Date {
  return new Date(decodeTime(id));
}
