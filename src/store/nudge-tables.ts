import { sql } from 'drizzle-orm';
import type { Day } from '../domain/calendar.ts';
import type { HelpRole, HelpState } from '../domain/help.ts';
import type {
  DealId,
  HelpRequestId,
  HomeworkId,
  NudgeId,
  NudgeItemId,
  NudgeRestId,
  PersonId,
  StallId,
  WorkspaceId,
} from '../domain/ids.ts';
import type { HeldBack, NudgeAnswer, NudgeKind, RestScope } from '../domain/nudge.ts';
import type { Severity, StallCode, StallEvidence } from '../domain/stalls.ts';
import type { TeamRules } from '../domain/team-rules.ts';
import type { Dialect } from './dialect.ts';

/** What holds deals up, what is asked about it, and what people made of that (METHOD §3.6, §4.4). */
export function defineNudgeTables(c: Dialect) {
  const workspaceId = () => c.text<WorkspaceId>('workspace_id').notNull();

  const nudges = c.table(
    'nudges',
    {
      id: c.text<NudgeId>('id').primaryKey(),
      workspaceId: workspaceId(),
      personId: c.text<PersonId>('person_id').notNull(),
      /** The reader's own calendar day: at most one bundle on it. */
      on: c.text<Day>('on_day').notNull(),
      /** What else there was and why it was not asked. */
      held: c.json<HeldBack[]>('held').notNull().default([]),
    },
    (t) => [c.uniqueIndex('nudges_once').on(t.workspaceId, t.personId, t.on)],
  );

  /** One question of a bundle, and what became of it. */
  const nudgeItems = c.table(
    'nudge_items',
    {
      id: c.text<NudgeItemId>('id').primaryKey(),
      workspaceId: workspaceId(),
      nudgeId: c.text<NudgeId>('nudge_id').notNull(),
      personId: c.text<PersonId>('person_id').notNull(),
      dealId: c.text<DealId>('deal_id').notNull(),
      homeworkId: c.text<HomeworkId>('homework_id'),
      kind: c.text<NudgeKind>('kind').notNull(),
      /** What it is about, over all the days it was asked (`subjectOf`). */
      subject: c.text('subject').notNull(),
      on: c.text<Day>('on_day').notNull(),
      /** Where it stands in its bundle. */
      place: c.integer('place').notNull(),
      variant: c.integer('variant').notNull(),
      severity: c.text<Severity>('severity'),
      /** The day the step was due when it was asked: another one since is an answer. */
      dueOn: c.text<Day>('due_on'),
      answer: c.text<NudgeAnswer>('answer'),
      answeredAt: c.instant('answered_at'),
      answeredById: c.text<PersonId>('answered_by_id'),
      /** Until that day the answer stands and it is not asked again. */
      nextCheckOn: c.text<Day>('next_check_on'),
    },
    (t) => [
      c.index('nudge_items_bundle').on(t.nudgeId),
      c.index('nudge_items_reader').on(t.workspaceId, t.personId, t.on),
      c.index('nudge_items_deal').on(t.dealId, t.on),
    ],
  );

  /** What somebody does not want to be asked for now, or ever again. */
  const nudgeRests = c.table(
    'nudge_rests',
    {
      id: c.text<NudgeRestId>('id').primaryKey(),
      workspaceId: workspaceId(),
      personId: c.text<PersonId>('person_id').notNull(),
      scope: c.text<RestScope>('scope').notNull(),
      /** A subject, a deal or a kind, by scope. */
      about: c.text('about').notNull(),
      /** Null: until they take it back. */
      untilAt: c.instant('until_at'),
      createdAt: c.instant('created_at').notNull(),
      endedAt: c.instant('ended_at'),
    },
    (t) => [
      c.index('nudge_rests_reader').on(t.workspaceId, t.personId),
      c
        .uniqueIndex('nudge_rests_once')
        .on(t.workspaceId, t.personId, t.scope, t.about)
        .where(sql`${t.endedAt} is null`),
    ],
  );

  /** What held a deal up, from the day it was first seen to the day it was gone. */
  const stalls = c.table(
    'stalls',
    {
      id: c.text<StallId>('id').primaryKey(),
      workspaceId: workspaceId(),
      dealId: c.text<DealId>('deal_id').notNull(),
      code: c.text<StallCode>('code').notNull(),
      severity: c.text<Severity>('severity').notNull(),
      evidence: c.json<StallEvidence>('evidence').notNull(),
      firstOn: c.text<Day>('first_on').notNull(),
      lastOn: c.text<Day>('last_on').notNull(),
      clearedOn: c.text<Day>('cleared_on'),
    },
    (t) => [
      c.index('stalls_deal').on(t.dealId, t.code),
      c.uniqueIndex('stalls_once').on(t.dealId, t.code).where(sql`${t.clearedOn} is null`),
      c.index('stalls_code').on(t.workspaceId, t.code, t.clearedOn),
    ],
  );

  /** Somebody was asked to help with a deal. */
  const helpRequests = c.table(
    'help_requests',
    {
      id: c.text<HelpRequestId>('id').primaryKey(),
      workspaceId: workspaceId(),
      dealId: c.text<DealId>('deal_id').notNull(),
      askedById: c.text<PersonId>('asked_by_id').notNull(),
      askedId: c.text<PersonId>('asked_id').notNull(),
      role: c.text<HelpRole>('role').notNull(),
      what: c.text('what').notNull(),
      dueOn: c.text<Day>('due_on').notNull(),
      state: c.text<HelpState>('state').notNull(),
      code: c.text<StallCode>('code'),
      createdAt: c.instant('created_at').notNull(),
      answeredAt: c.instant('answered_at'),
      note: c.text('note'),
    },
    (t) => [
      c.index('help_requests_deal').on(t.dealId),
      c.index('help_requests_asked').on(t.workspaceId, t.askedId, t.state),
    ],
  );

  /** Append-only: what a team made of the rules; the newest version counts. */
  const teamRules = c.table(
    'team_rules',
    {
      workspaceId: workspaceId(),
      /** The manager whose reports they are for. */
      managerId: c.text<PersonId>('manager_id').notNull(),
      version: c.integer('version').notNull(),
      rules: c.json<TeamRules>('rules').notNull(),
      changedById: c.text<PersonId>('changed_by_id').notNull(),
      changedAt: c.instant('changed_at').notNull(),
    },
    (t) => [c.uniqueIndex('team_rules_version').on(t.workspaceId, t.managerId, t.version)],
  );

  return { nudges, nudgeItems, nudgeRests, stalls, helpRequests, teamRules };
}
