import {
  type BusinessCalendar,
  businessDaysAfter,
  type Day,
  instantAt,
  isBusinessDay,
} from './calendar.ts';
import type { HomeworkId, PersonId, SlackUserId } from './ids.ts';

/** An open step with the person to ask about it. */
export interface DueStep {
  readonly homeworkId: HomeworkId;
  readonly dueOn: Day;
  readonly personId: PersonId;
  readonly slackUserId: SlackUserId;
  readonly workDays: readonly number[];
}

/** A step as a bundle asked about it: another due date later is an answer. */
export interface NudgedStep {
  readonly homeworkId: HomeworkId;
  readonly dueOn: Day;
}

/** One person's one message of a day, the most pressing step first. */
export interface PlannedNudge {
  readonly personId: PersonId;
  readonly slackUserId: SlackUserId;
  readonly items: readonly NudgedStep[];
}

/** Business days ahead a step is first mentioned (METHOD §4.4, `item_soon`). */
export const nudgeAheadBd = 2;

/** When a bundle arrives, in its reader's zone. */
export const nudgeTime = '09:00';

/** How long a missed bundle may still arrive: until the evening of its day, never at night. */
export const nudgeCatchUpMs = 9 * 60 * 60_000;

/** Whether the bundle of a day may still reach somebody in `zone`; the next day has its own. */
export function mayStillNudge(on: Day, zone: string, now: Date): boolean {
  return now.getTime() - instantAt(on, nudgeTime, zone).getTime() <= nudgeCatchUpMs;
}

/** Why a step is worth a word on a day. */
export type Urgency = 'late' | 'today' | 'soon';

/** Late, due today, due within two business days, or not yet worth a word. */
export function urgencyOf(dueOn: Day, today: Day, calendar: BusinessCalendar): Urgency | undefined {
  if (dueOn < today) return 'late';
  if (dueOn === today) return 'today';
  return dueOn <= businessDaysAfter(today, nudgeAheadBd, calendar) ? 'soon' : undefined;
}

/** What happened on the days before: a step is announced ahead of its day once (`mentionKey`). */
export interface NudgeHistory {
  readonly mentioned: ReadonlySet<string>;
}

/** A step that got another day since is news again. */
export function mentionKey({ homeworkId, dueOn }: NudgedStep): string {
  return `${homeworkId} ${dueOn}`;
}

/**
 * One bundle a person for `today`, their local day; nobody is asked on a day they do not work.
 * Steps come in due order, so what is late stands first.
 */
export function planNudges(
  steps: readonly DueStep[],
  today: Day,
  history: NudgeHistory,
  holidays: ReadonlySet<string> = new Set(),
): PlannedNudge[] {
  const bundles = new Map<PersonId, { slackUserId: SlackUserId; items: NudgedStep[] }>();
  for (const step of steps) {
    const calendar = { workDays: step.workDays, holidays };
    if (!isBusinessDay(today, calendar)) continue;
    const urgency = urgencyOf(step.dueOn, today, calendar);
    if (!urgency || (urgency === 'soon' && history.mentioned.has(mentionKey(step)))) continue;
    const bundle = bundles.get(step.personId) ?? { slackUserId: step.slackUserId, items: [] };
    bundle.items.push({ homeworkId: step.homeworkId, dueOn: step.dueOn });
    bundles.set(step.personId, bundle);
  }
  return [...bundles].map(([personId, bundle]) => ({ personId, ...bundle }));
}
