import { sql } from 'drizzle-orm';
import type { Day } from '../domain/calendar.ts';
import type { FeedbackState } from '../domain/feedback.ts';
import type { FindingPlace, FindingState } from '../domain/finding.ts';
import type {
  ChannelId,
  CommitmentId,
  ContactId,
  DealId,
  FeedbackRequestId,
  FindingId,
  LossId,
  MessageTs,
  PersonId,
  PracticeId,
  ReviewEntryId,
  ReviewId,
  RevisitId,
  SlackUserId,
  WorkspaceId,
} from '../domain/ids.ts';
import type { EvidenceLevel } from '../domain/loss-story.ts';
import type { CommitmentKind, CommitmentState, PracticeState } from '../domain/practice.ts';
import type { ReviewEntryKind, ReviewKind, ReviewSize, ReviewState } from '../domain/review.ts';
import type { RevisitState } from '../domain/revisit.ts';
import type { Dialect } from './dialect.ts';

/** The talk about a deal that ended, and what comes of it (METHOD §3.1, from Review on). */
export function defineReviewTables(c: Dialect) {
  const workspaceId = () => c.text<WorkspaceId>('workspace_id').notNull();

  const reviews = c.table(
    'reviews',
    {
      id: c.text<ReviewId>('id').primaryKey(),
      workspaceId: workspaceId(),
      dealId: c.text<DealId>('deal_id').notNull(),
      lossId: c.text<LossId>('loss_id'),
      kind: c.text<ReviewKind>('kind').notNull(),
      size: c.text<ReviewSize>('size').notNull(),
      state: c.text<ReviewState>('state').notNull(),
      ownerId: c.text<PersonId>('owner_id').notNull(),
      managerId: c.text<PersonId>('manager_id'),
      facilitatorId: c.text<PersonId>('facilitator_id'),
      reviewerId: c.text<PersonId>('reviewer_id'),
      reviewerAskedAt: c.instant('reviewer_asked_at'),
      openedAt: c.instant('opened_at').notNull(),
      releasedAt: c.instant('released_at'),
      releasedBy: c.text<'owner' | 'clock'>('released_by'),
      channelId: c.text<ChannelId>('channel_id'),
      threadTs: c.text<MessageTs>('thread_ts'),
      pausedAt: c.instant('paused_at'),
      pausedById: c.text<PersonId>('paused_by_id'),
      soakUntil: c.text<Day>('soak_until'),
      completedAt: c.instant('completed_at'),
      excusedById: c.text<PersonId>('excused_by_id'),
      excuseReason: c.text('excuse_reason'),
      version: c.integer('version').notNull(),
    },
    (t) => [
      c.uniqueIndex('reviews_deal').on(t.dealId),
      c.uniqueIndex('reviews_thread').on(t.workspaceId, t.channelId, t.threadTs),
      c.index('reviews_state').on(t.workspaceId, t.state, t.openedAt),
      c.index('reviews_opened').on(t.workspaceId, t.openedAt),
      c
        .index('reviews_completed')
        .on(t.workspaceId, t.completedAt)
        .where(sql`${t.completedAt} is not null`),
    ],
  );

  const reviewPrompts = c.table(
    'review_prompts',
    {
      workspaceId: workspaceId(),
      reviewId: c.text<ReviewId>('review_id').notNull(),
      promptKey: c.text('prompt_key').notNull(),
      askedAt: c.instant('asked_at').notNull(),
      closedAt: c.instant('closed_at'),
    },
    (t) => [c.uniqueIndex('review_prompts_once').on(t.reviewId, t.promptKey)],
  );

  /** What stands where about a review: in its thread, or in somebody's direct messages. */
  const reviewMessages = c.table(
    'review_messages',
    {
      workspaceId: workspaceId(),
      reviewId: c.text<ReviewId>('review_id').notNull(),
      /** A prompt, or another message of the review. */
      messageKey: c.text('message_key').notNull(),
      /** Whose direct message it is; empty in the thread. */
      readerId: c.text<PersonId | ''>('reader_id').notNull(),
      channelId: c.text<ChannelId>('channel_id').notNull(),
      messageTs: c.text<MessageTs>('message_ts').notNull(),
    },
    (t) => [c.uniqueIndex('review_messages_once').on(t.reviewId, t.messageKey, t.readerId)],
  );

  const reviewEntries = c.table(
    'review_entries',
    {
      id: c.text<ReviewEntryId>('id').primaryKey(),
      workspaceId: workspaceId(),
      reviewId: c.text<ReviewId>('review_id').notNull(),
      kind: c.text<ReviewEntryKind>('kind').notNull(),
      promptKey: c.text('prompt_key').notNull(),
      authorId: c.text<PersonId>('author_id').notNull(),
      text: c.text('text'),
      choices: c.json<Record<string, string>>('choices').notNull(),
      shared: c.boolean('shared').notNull(),
      verdict: c.text<'adopt' | 'park'>('verdict'),
      verdictNote: c.text('verdict_note'),
      at: c.instant('at').notNull(),
    },
    (t) => [c.uniqueIndex('review_entries_once').on(t.reviewId, t.promptKey, t.authorId)],
  );

  /** Who spoke in a review's thread and when; what they said stays in Slack. */
  const reviewReplies = c.table(
    'review_replies',
    {
      workspaceId: workspaceId(),
      reviewId: c.text<ReviewId>('review_id').notNull(),
      messageTs: c.text<MessageTs>('message_ts').notNull(),
      slackUserId: c.text<SlackUserId>('slack_user_id').notNull(),
      at: c.instant('at').notNull(),
    },
    (t) => [c.uniqueIndex('review_replies_once').on(t.reviewId, t.messageTs)],
  );

  /** What a loss tells another department, and what they made of it. */
  const findings = c.table(
    'findings',
    {
      id: c.text<FindingId>('id').primaryKey(),
      workspaceId: workspaceId(),
      reviewId: c.text<ReviewId>('review_id').notNull(),
      place: c.text<FindingPlace>('place').notNull(),
      text: c.text('text').notNull(),
      reasonCode: c.text('reason_code'),
      evidence: c.text<EvidenceLevel>('evidence').notNull(),
      state: c.text<FindingState>('state').notNull(),
      /** Whoever accepted it. */
      ownerId: c.text<PersonId>('owner_id'),
      answerNote: c.text('answer_note'),
      createdAt: c.instant('created_at').notNull(),
      createdById: c.text<PersonId>('created_by_id'),
      changedAt: c.instant('changed_at').notNull(),
      channelId: c.text<ChannelId>('channel_id'),
      messageTs: c.text<MessageTs>('message_ts'),
    },
    (t) => [
      c.index('findings_review').on(t.reviewId),
      c.index('findings_place').on(t.workspaceId, t.place, t.createdAt),
    ],
  );

  /** What somebody works on: one thing at a time, the rest waits (METHOD S3-17). */
  const practices = c.table(
    'practices',
    {
      id: c.text<PracticeId>('id').primaryKey(),
      workspaceId: workspaceId(),
      personId: c.text<PersonId>('person_id').notNull(),
      reviewId: c.text<ReviewId>('review_id'),
      skill: c.text('skill').notNull(),
      behaviour: c.text('behaviour').notNull(),
      /** When and where they will try it. */
      occasion: c.text('occasion'),
      link: c.text('link'),
      state: c.text<PracticeState>('state').notNull(),
      tries: c.integer('tries').notNull(),
      selfRating: c.integer('self_rating'),
      createdAt: c.instant('created_at').notNull(),
      startedOn: c.text<Day>('started_on'),
      endedOn: c.text<Day>('ended_on'),
    },
    (t) => [
      c
        .uniqueIndex('practices_active')
        .on(t.workspaceId, t.personId)
        .where(sql`${t.state} = 'active'`),
      c.index('practices_person').on(t.workspaceId, t.personId, t.state),
      c.index('practices_review').on(t.reviewId),
    ],
  );

  /** A promise with a day: to try, to be watched, to watch, to learn, or to change how we are set up. */
  const commitments = c.table(
    'commitments',
    {
      id: c.text<CommitmentId>('id').primaryKey(),
      workspaceId: workspaceId(),
      personId: c.text<PersonId>('person_id').notNull(),
      practiceId: c.text<PracticeId>('practice_id'),
      reviewId: c.text<ReviewId>('review_id'),
      kind: c.text<CommitmentKind>('kind').notNull(),
      what: c.text('what').notNull(),
      dueOn: c.text<Day>('due_on').notNull(),
      /** Who watches, or whom they watch. */
      observerId: c.text<PersonId>('observer_id'),
      state: c.text<CommitmentState>('state').notNull(),
      /** The observer's note, or the phrase that was borrowed. */
      doneNote: c.text('done_note'),
      /** What they will try next. */
      nextTry: c.text('next_try'),
      createdAt: c.instant('created_at').notNull(),
      endedAt: c.instant('ended_at'),
    },
    (t) => [
      c.index('commitments_person').on(t.workspaceId, t.personId, t.state),
      c.index('commitments_due').on(t.workspaceId, t.dueOn),
      c.index('commitments_review').on(t.reviewId),
    ],
  );

  /** A buyer is asked, by a person, what we should do better (METHOD §4.6). */
  const feedbackRequests = c.table(
    'feedback_requests',
    {
      id: c.text<FeedbackRequestId>('id').primaryKey(),
      workspaceId: workspaceId(),
      dealId: c.text<DealId>('deal_id').notNull(),
      contactId: c.text<ContactId>('contact_id'),
      /** Somebody who was not selling, if there is one. */
      senderId: c.text<PersonId>('sender_id').notNull(),
      /** The buyer said before the decision that they would tell us. */
      agreed: c.boolean('agreed').notNull(),
      state: c.text<FeedbackState>('state').notNull(),
      draftedOn: c.text<Day>('drafted_on').notNull(),
      sentOn: c.text<Day>('sent_on'),
      remindedOn: c.text<Day>('reminded_on'),
      closedOn: c.text<Day>('closed_on'),
      choices: c.json<string[]>('choices').notNull(),
      words: c.text('words'),
      couldHaveWon: c.text<'yes' | 'partly' | 'no'>('could_have_won'),
    },
    (t) => [
      c.uniqueIndex('feedback_requests_deal').on(t.dealId),
      c.index('feedback_requests_state').on(t.workspaceId, t.state),
    ],
  );

  /** When to look at a lost deal again, and for what (METHOD §4.7). */
  const revisits = c.table(
    'revisits',
    {
      id: c.text<RevisitId>('id').primaryKey(),
      workspaceId: workspaceId(),
      dealId: c.text<DealId>('deal_id').notNull(),
      on: c.text<Day>('on_day').notNull(),
      trigger: c.text('trigger_words').notNull(),
      state: c.text<RevisitState>('state').notNull(),
      newDealId: c.text<DealId>('new_deal_id'),
    },
    (t) => [
      c.uniqueIndex('revisits_deal').on(t.dealId),
      c.index('revisits_due').on(t.workspaceId, t.state, t.on),
    ],
  );

  return {
    reviews,
    reviewPrompts,
    reviewMessages,
    reviewEntries,
    reviewReplies,
    findings,
    practices,
    commitments,
    feedbackRequests,
    revisits,
  };
}
