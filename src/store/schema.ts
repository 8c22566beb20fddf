import { sql } from 'drizzle-orm';
import type { Day } from '../domain/calendar.ts';
import type { ContactRole, Power, Stance } from '../domain/contact.ts';
import type { DealStatus, Privacy } from '../domain/deal.ts';
import type { DealEventKind } from '../domain/events.ts';
import type { HomeworkKind, HomeworkStatus, Reaction, Side } from '../domain/homework.ts';
import type {
  AccountId,
  ChannelId,
  ContactId,
  DateRevisionId,
  DealId,
  HomeworkId,
  LossId,
  LossThreadId,
  MessageTs,
  OutboxId,
  PersonId,
  SlackUserId,
  TouchId,
  WorkspaceId,
} from '../domain/ids.ts';
import type { FactTrail, Outcome } from '../domain/loss.ts';
import type {
  EvidenceLevel,
  FairFightAnswer,
  FearTag,
  Fixable,
  NoDecisionKind,
  WhyClass,
} from '../domain/loss-story.ts';
import type { OutboxKind, OutboxState } from '../domain/outbox.ts';
import type { Role, Standing } from '../domain/person.ts';
import type { TemplateStep } from '../domain/playbook.ts';
import type { TouchKind } from '../domain/rally.ts';
import type { DealKind, Phase, Segment } from '../domain/segment.ts';
import type { KeepWay, RevisionKind, RevisionSide } from '../domain/slips.ts';
import { type Dialect, sqliteDialect } from './dialect.ts';
import { defineNudgeTables } from './nudge-tables.ts';
import { postgresDialect } from './postgres-dialect.ts';
import { defineReviewTables } from './review-tables.ts';

/** Every table, written once; `workspace_id` scopes every row (DESIGN §5, §6). */
function defineTables(c: Dialect) {
  const workspaceId = () => c.text<WorkspaceId>('workspace_id').notNull();

  const workspaces = c.table('workspaces', {
    id: c.text<WorkspaceId>('id').primaryKey(),
    name: c.text('name').notNull(),
    createdAt: c.instant('created_at').notNull(),
  });

  const people = c.table(
    'people',
    {
      id: c.text<PersonId>('id').primaryKey(),
      workspaceId: workspaceId(),
      slackUserId: c.text<SlackUserId>('slack_user_id'),
      crmId: c.text('crm_id'),
      name: c.text('name').notNull(),
      nameKey: c.text('name_key').notNull(),
      email: c.text('email'),
      role: c.text<Role>('role').notNull(),
      standing: c.text<Standing>('standing').notNull(),
      managerId: c.text<PersonId>('manager_id'),
      zone: c.text('zone').notNull(),
      workDays: c.json<number[]>('work_days').notNull(),
      active: c.boolean('active').notNull(),
      /** `HH:MM` in their zone: when their bundle comes. */
      morningAt: c.text('morning_at').notNull().default('09:00'),
      /** `HH:MM` to `HH:MM` over midnight or not; null with no quiet hours of their own. */
      quietFrom: c.text('quiet_from'),
      quietUntil: c.text('quiet_until'),
      /** The first day they are back. */
      awayUntil: c.text<Day>('away_until'),
      standInId: c.text<PersonId>('stand_in_id'),
      /** Questions a week; null is the team's usual. */
      weeklyBudget: c.integer('weekly_budget'),
      /** When Slack was last asked about them. */
      seenAt: c.instant('seen_at'),
    },
    (t) => [
      c.uniqueIndex('people_slack').on(t.workspaceId, t.slackUserId),
      c.uniqueIndex('people_crm').on(t.workspaceId, t.crmId),
      c.index('people_name').on(t.workspaceId, t.nameKey),
      c.index('people_zone').on(t.workspaceId, t.zone),
    ],
  );

  const accounts = c.table(
    'accounts',
    {
      id: c.text<AccountId>('id').primaryKey(),
      workspaceId: workspaceId(),
      name: c.text('name').notNull(),
      nameKey: c.text('name_key').notNull(),
    },
    (t) => [c.uniqueIndex('accounts_name').on(t.workspaceId, t.nameKey)],
  );

  const contacts = c.table(
    'contacts',
    {
      id: c.text<ContactId>('id').primaryKey(),
      workspaceId: workspaceId(),
      accountId: c.text<AccountId>('account_id').notNull(),
      name: c.text('name').notNull(),
      nameKey: c.text('name_key').notNull(),
      title: c.text('title'),
      power: c.text<Power>('power').notNull().default('unknown'),
      stance: c.text<Stance>('stance').notNull().default('unknown'),
      leftOn: c.text<Day>('left_on'),
    },
    (t) => [c.uniqueIndex('contacts_name').on(t.accountId, t.nameKey)],
  );

  const deals = c.table(
    'deals',
    {
      id: c.text<DealId>('id').primaryKey(),
      workspaceId: workspaceId(),
      accountId: c.text<AccountId>('account_id').notNull(),
      crmId: c.text('crm_id'),
      name: c.text('name').notNull(),
      /** Account and name, folded: what a typed name is matched against. */
      searchKey: c.text('search_key').notNull(),
      ownerId: c.text<PersonId>('owner_id').notNull(),
      amountMinor: c.bigint('amount_minor'),
      currency: c.text('currency'),
      decisionOn: c.text<Day>('decision_on'),
      originalDecisionOn: c.text<Day>('original_decision_on'),
      dateDriver: c.text('date_driver'),
      costOfMissing: c.text('cost_of_missing'),
      dateAgreedOn: c.text<Day>('date_agreed_on'),
      liveOn: c.text<Day>('live_on'),
      deadlineOn: c.text<Day>('deadline_on'),
      kind: c.text<DealKind>('kind').notNull().default('new'),
      segment: c.text<Segment>('segment').notNull().default('smb'),
      playbookKey: c.text('playbook_key'),
      playbookVersion: c.integer('playbook_version'),
      phase: c.text<Phase>('phase').notNull().default('awareness'),
      entryPhase: c.text<Phase>('entry_phase'),
      /** Null for deals from before phases were kept: since they were opened. */
      phaseSince: c.text<Day>('phase_since'),
      problem: c.text('problem'),
      buyerRegion: c.text('buyer_region'),
      pausedUntil: c.text<Day>('paused_until'),
      pauseReason: c.text('pause_reason'),
      /** "They told us: back on that day": until then their silence is no news. */
      backOn: c.text<Day>('back_on'),
      rival: c.text('rival'),
      feedbackAgreed: c.boolean('feedback_agreed'),
      reopenedFromId: c.text<DealId>('reopened_from_id'),
      zone: c.text('zone').notNull(),
      status: c.text<DealStatus>('status').notNull(),
      privacy: c.text<Privacy>('privacy').notNull(),
      channelId: c.text<ChannelId>('channel_id'),
      openedOn: c.text<Day>('opened_on').notNull(),
      closedOn: c.text<Day>('closed_on'),
      closedAt: c.instant('closed_at'),
      imported: c.boolean('imported').notNull(),
      version: c.integer('version').notNull(),
    },
    (t) => [
      c.uniqueIndex('deals_crm').on(t.workspaceId, t.crmId),
      c
        .uniqueIndex('deals_open_name')
        .on(t.workspaceId, t.searchKey)
        .where(sql`${t.status} = 'open' and ${t.imported} = false`),
      c.index('deals_owner').on(t.workspaceId, t.ownerId, t.status),
      c.index('deals_search').on(t.workspaceId, t.searchKey).where(sql`${t.status} = 'open'`),
      c
        .uniqueIndex('deals_channel')
        .on(t.workspaceId, t.channelId)
        .where(sql`${t.status} = 'open'`),
      // A stretch of time is read without what ended before it; wins by amount, without a deal's row.
      c
        .index('deals_closed')
        .on(t.workspaceId, t.status, t.closedOn, t.currency, t.amountMinor)
        .where(sql`${t.closedOn} is not null`),
      c
        .index('deals_closed_at')
        .on(t.workspaceId, t.status, t.closedAt)
        .where(sql`${t.closedAt} is not null`),
      c.index('deals_reopened').on(t.reopenedFromId).where(sql`${t.reopenedFromId} is not null`),
    ],
  );

  const dealPeople = c.table(
    'deal_people',
    {
      workspaceId: workspaceId(),
      dealId: c.text<DealId>('deal_id').notNull(),
      personId: c.text<PersonId>('person_id').notNull(),
    },
    (t) => [c.uniqueIndex('deal_people_once').on(t.dealId, t.personId)],
  );

  const homework = c.table(
    'homework',
    {
      id: c.text<HomeworkId>('id').primaryKey(),
      workspaceId: workspaceId(),
      dealId: c.text<DealId>('deal_id').notNull(),
      side: c.text<Side>('side').notNull(),
      title: c.text('title').notNull(),
      personId: c.text<PersonId>('person_id'),
      contactId: c.text<ContactId>('contact_id'),
      dueOn: c.text<Day>('due_on').notNull(),
      originalDueOn: c.text<Day>('original_due_on').notNull(),
      doneWhen: c.text('done_when').notNull(),
      status: c.text<HomeworkStatus>('status').notNull(),
      doneOn: c.text<Day>('done_on'),
      dropReason: c.text('drop_reason'),
      kind: c.text<HomeworkKind>('kind').notNull().default('do'),
      whyForThem: c.text('why_for_them'),
      unlocks: c.text('unlocks'),
      effort: c.integer('effort').notNull().default(1),
      gate: c.boolean('gate').notNull().default(false),
      leadBd: c.integer('lead_bd'),
      durationBd: c.integer('duration_bd').notNull().default(1),
      stepKey: c.text('step_key'),
      addedBySide: c.text<'buyer' | 'seller'>('added_by_side').notNull().default('seller'),
      askedOn: c.text<Day>('asked_on'),
      askedVia: c.text('asked_via'),
      agreedOn: c.text<Day>('agreed_on'),
      acceptedOn: c.text<Day>('accepted_on'),
      reaction: c.text<Reaction>('reaction'),
      confusing: c.boolean('confusing').notNull().default(false),
      pointless: c.boolean('pointless').notNull().default(false),
      /** The step of the other side that was promised in return. */
      pairId: c.text<HomeworkId>('pair_id'),
      version: c.integer('version').notNull(),
    },
    (t) => [
      c.index('homework_deal').on(t.dealId, t.dueOn),
      c.index('homework_due').on(t.workspaceId, t.status, t.dueOn),
      c.index('homework_first_due').on(t.workspaceId, t.originalDueOn),
      c.index('homework_person').on(t.workspaceId, t.personId, t.status),
      c
        .index('homework_asked')
        .on(t.workspaceId, t.askedOn)
        .where(sql`${t.status} = 'proposed' and ${t.askedOn} is not null`),
    ],
  );

  /** A contact on a deal. */
  const dealContacts = c.table(
    'deal_contacts',
    {
      workspaceId: workspaceId(),
      dealId: c.text<DealId>('deal_id').notNull(),
      contactId: c.text<ContactId>('contact_id').notNull(),
      role: c.text<ContactRole>('role'),
      engagedOn: c.text<Day>('engaged_on'),
    },
    (t) => [c.uniqueIndex('deal_contacts_once').on(t.dealId, t.contactId)],
  );

  /** Append-only: a decision date moves together with a row of it, and no other way. */
  const dateRevisions = c.table(
    'date_revisions',
    {
      id: c.text<DateRevisionId>('id').primaryKey(),
      workspaceId: workspaceId(),
      dealId: c.text<DealId>('deal_id').notNull(),
      fromOn: c.text<Day>('from_on').notNull(),
      toOn: c.text<Day>('to_on').notNull(),
      at: c.instant('at').notNull(),
      /** The day it was moved, in the deal's zone. */
      on: c.text<Day>('on_day').notNull(),
      byId: c.text<PersonId>('by_id'),
      kind: c.text<RevisionKind>('kind').notNull(),
      side: c.text<RevisionSide>('side').notNull(),
      reason: c.text('reason').notNull(),
      tried: c.json<KeepWay[]>('tried').notNull(),
      acknowledgedById: c.text<PersonId>('acknowledged_by_id'),
      acknowledgedAt: c.instant('acknowledged_at'),
    },
    (t) => [c.index('date_revisions_deal').on(t.dealId, t.at)],
  );

  /** Who wrote or spoke to whom, and what it moved. */
  const touches = c.table(
    'touches',
    {
      id: c.text<TouchId>('id').primaryKey(),
      workspaceId: workspaceId(),
      dealId: c.text<DealId>('deal_id').notNull(),
      at: c.instant('at').notNull(),
      on: c.text<Day>('on_day').notNull(),
      side: c.text<'buyer' | 'seller'>('side').notNull(),
      kind: c.text<TouchKind>('kind').notNull(),
      contactId: c.text<ContactId>('contact_id'),
      expectsReply: c.boolean('expects_reply').notNull(),
      advance: c.boolean('advance').notNull(),
      /** The step it moved. */
      homeworkId: c.text<HomeworkId>('homework_id'),
      note: c.text('note'),
      byId: c.text<PersonId>('by_id').notNull(),
    },
    (t) => [c.index('touches_deal').on(t.dealId, t.at)],
  );

  /** Versions a team made of a playbook; those it began with stand in the code. */
  const playbooks = c.table(
    'playbooks',
    {
      id: c.text('id').primaryKey(),
      workspaceId: workspaceId(),
      key: c.text('key').notNull(),
      version: c.integer('version').notNull(),
      name: c.text('name').notNull(),
      spanBd: c.integer('span_bd').notNull(),
      steps: c.json<TemplateStep[]>('steps').notNull(),
      createdAt: c.instant('created_at').notNull(),
      createdById: c.text<PersonId>('created_by_id').notNull(),
    },
    (t) => [c.uniqueIndex('playbooks_version').on(t.workspaceId, t.key, t.version)],
  );

  /** Append-only: the database refuses to change or delete a row. */
  const events = c.table(
    'events',
    {
      id: c.text('id').primaryKey(),
      workspaceId: workspaceId(),
      dealId: c.text<DealId>('deal_id').notNull(),
      at: c.instant('at').notNull(),
      actorId: c.text<PersonId>('actor_id'),
      side: c.text<Side>('side'),
      kind: c.text<DealEventKind>('kind').notNull(),
      payload: c.json<Record<string, unknown>>('payload').notNull(),
    },
    (t) => [
      c.index('events_deal').on(t.dealId, t.at),
      c
        .index('events_actor')
        .on(t.workspaceId, t.actorId, t.at)
        .where(sql`${t.actorId} is not null`),
    ],
  );

  const losses = c.table(
    'losses',
    {
      id: c.text<LossId>('id').primaryKey(),
      workspaceId: workspaceId(),
      dealId: c.text<DealId>('deal_id').notNull(),
      lostOn: c.text<Day>('lost_on').notNull(),
      loggedAt: c.instant('logged_at').notNull(),
      outcome: c.text<Outcome>('outcome'),
      competitor: c.text('competitor'),
      reasonCode: c.text('reason_code'),
      whyClass: c.text<WhyClass>('why_class'),
      underlyingOutcome: c.text<Outcome>('underlying_outcome'),
      contributing: c.json<string[]>('contributing').notNull().default([]),
      statedReasonCode: c.text('stated_reason_code'),
      statedWords: c.text('stated_words'),
      evidence: c.text<EvidenceLevel>('evidence').notNull().default('unknown'),
      fixable: c.text<Fixable>('fixable'),
      noDecisionKind: c.text<NoDecisionKind>('no_decision_kind'),
      fearTags: c.json<FearTag[]>('fear_tags').notNull().default([]),
      fairFight: c.json<FairFightAnswer[]>('fair_fight').notNull().default([]),
      phaseAtLoss: c.text<Phase>('phase_at_loss'),
      /** Nobody but the owner worked on it (METHOD S1-1); null when nobody knows. */
      lostAlone: c.boolean('lost_alone'),
      reasonSetVersion: c.integer('reason_set_version').notNull(),
      ownWords: c.text('own_words'),
      facts: c.json<FactTrail>('facts').notNull(),
    },
    (t) => [
      c.uniqueIndex('losses_deal').on(t.dealId),
      c.index('losses_logged').on(t.workspaceId, t.loggedAt),
      c.index('losses_lost').on(t.workspaceId, t.lostOn),
      c.index('losses_reason').on(t.workspaceId, t.reasonCode, t.lostOn),
      c.index('losses_rival').on(t.workspaceId, sql`lower(${t.competitor})`, t.lostOn),
    ],
  );

  const lossThreads = c.table(
    'loss_threads',
    {
      id: c.text<LossThreadId>('id').primaryKey(),
      workspaceId: workspaceId(),
      /** When the ritual was due; one thread for each. */
      scheduledFor: c.instant('scheduled_for').notNull(),
      sinceAt: c.instant('since_at').notNull(),
      late: c.boolean('late').notNull(),
      channelId: c.text<ChannelId>('channel_id'),
      threadTs: c.text<MessageTs>('thread_ts'),
    },
    (t) => [
      c.uniqueIndex('loss_threads_once').on(t.workspaceId, t.scheduledFor),
      c.uniqueIndex('loss_threads_ts').on(t.workspaceId, t.channelId, t.threadTs),
    ],
  );

  const lossThreadEntries = c.table(
    'loss_thread_entries',
    {
      workspaceId: workspaceId(),
      threadId: c.text<LossThreadId>('thread_id').notNull(),
      lossId: c.text<LossId>('loss_id').notNull(),
      messageTs: c.text<MessageTs>('message_ts'),
    },
    (t) => [c.uniqueIndex('loss_thread_entries_once').on(t.threadId, t.lossId)],
  );

  /** Who spoke in a loss thread and when; what they said stays in Slack. */
  const lossThreadReplies = c.table(
    'loss_thread_replies',
    {
      workspaceId: workspaceId(),
      threadId: c.text<LossThreadId>('thread_id').notNull(),
      messageTs: c.text<MessageTs>('message_ts').notNull(),
      slackUserId: c.text<SlackUserId>('slack_user_id').notNull(),
    },
    (t) => [c.uniqueIndex('loss_thread_replies_once').on(t.threadId, t.messageTs)],
  );

  const outbox = c.table(
    'outbox',
    {
      id: c.text<OutboxId>('id').primaryKey(),
      workspaceId: workspaceId(),
      kind: c.text<OutboxKind>('kind').notNull(),
      key: c.text('key').notNull(),
      /** A channel id, a user id, or `#name` when the channel is known by name only. */
      target: c.text('target').notNull(),
      payload: c.json<Record<string, string>>('payload').notNull(),
      state: c.text<OutboxState>('state').notNull(),
      availableAt: c.instant('available_at').notNull(),
      leaseUntil: c.instant('lease_until'),
      claim: c.text('claim'),
      /** When the call that is now `sending` or `unknown` went out. */
      attemptedAt: c.instant('attempted_at'),
      attempts: c.integer('attempts').notNull(),
      detail: c.text('detail'),
      channelId: c.text<ChannelId>('channel_id'),
      messageTs: c.text<MessageTs>('message_ts'),
      createdAt: c.instant('created_at').notNull(),
      finishedAt: c.instant('finished_at'),
    },
    (t) => [
      c.uniqueIndex('outbox_key').on(t.workspaceId, t.key),
      // What was finished stays for ever and is never in the way.
      c
        .index('outbox_due')
        .on(t.workspaceId, t.availableAt, t.id)
        .where(sql`${t.finishedAt} is null`),
      c
        .index('outbox_target')
        .on(t.workspaceId, t.target, t.id)
        .where(sql`${t.finishedAt} is null`),
    ],
  );

  /** When a place may get its next message: what all processes that send have in common. */
  const paces = c.table(
    'paces',
    {
      workspaceId: workspaceId(),
      place: c.text('place').notNull(),
      freeAt: c.instant('free_at').notNull(),
    },
    (t) => [
      c.uniqueIndex('paces_once').on(t.workspaceId, t.place),
      c.index('paces_free').on(t.workspaceId, t.freeAt),
    ],
  );

  const jobRuns = c.table(
    'job_runs',
    {
      workspaceId: workspaceId(),
      job: c.text('job').notNull(),
      scope: c.text('scope').notNull(),
      scheduledFor: c.instant('scheduled_for').notNull(),
      ranAt: c.instant('ran_at').notNull(),
      summary: c.json<Record<string, number>>('summary').notNull(),
    },
    (t) => [c.uniqueIndex('job_runs_once').on(t.workspaceId, t.job, t.scope, t.scheduledFor)],
  );

  /** Ids of events and submitted views that were handled: a redelivery finds its own id here. */
  const inbox = c.table(
    'inbox',
    {
      workspaceId: workspaceId(),
      key: c.text('key').notNull(),
      seenAt: c.instant('seen_at').notNull(),
    },
    (t) => [c.uniqueIndex('inbox_once').on(t.workspaceId, t.key)],
  );

  return {
    workspaces,
    people,
    accounts,
    contacts,
    deals,
    dealPeople,
    homework,
    dealContacts,
    dateRevisions,
    touches,
    playbooks,
    events,
    losses,
    lossThreads,
    lossThreadEntries,
    lossThreadReplies,
    ...defineReviewTables(c),
    ...defineNudgeTables(c),
    outbox,
    paces,
    jobRuns,
    inbox,
  };
}

/** The tables as store functions see them; which engine's they are, their transaction knows. */
export type Tables = ReturnType<typeof defineTables>;

export const sqliteTables: Tables = defineTables(sqliteDialect);
export const postgresTables: Tables = defineTables(postgresDialect);
