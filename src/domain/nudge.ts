import { type Day, instantAt } from './calendar.ts';
import type { DealId, HomeworkId } from './ids.ts';
import type { StallCode } from './stalls.ts';

/** A question about one step (METHOD §4.4). */
export const stepNudges = [
  'item_soon',
  'item_due',
  'item_late',
  'ask_them',
  'ask_yes',
  'buyer_soon',
  'buyer_late',
] as const;

/** A question about a whole deal, the more pressing first; most stand for a stall code (METHOD §3.6). */
export const dealNudges = [
  'exit_ramp',
  'date_passed',
  'owe_reply',
  'fit',
  'silence',
  'no_next',
  'no_decider',
  'ping_pong',
  'one_contact',
  'their_yes',
  'carry',
  'phase',
  'gap',
  'alone',
  'still_worth',
  'manager_help',
] as const;

/** A question about what follows from a deal that has ended (METHOD §3.2, §4.3, §4.4). */
export const followUpNudges = [
  'promise_try',
  'observe_call',
  'review_wait',
  'review_take',
  'feedback_send',
  'feedback_remind',
  'come_back',
] as const;

/** A question about the plan of an open deal. */
export type PlanNudge = (typeof stepNudges)[number] | (typeof dealNudges)[number];

export type FollowUpKind = (typeof followUpNudges)[number];

/** What a question of a bundle is about. */
export type NudgeKind = PlanNudge | FollowUpKind;

const followUpKinds: ReadonlySet<string> = new Set(followUpNudges);

/** Whether a question is about what follows from a deal that has ended. */
export function isFollowUp(kind: NudgeKind): kind is FollowUpKind {
  return followUpKinds.has(kind);
}

/** What such a question is about, over all the days it is asked: a practice, a review, and so on. */
export function followUpSubject(kind: FollowUpKind, id: string): string {
  return `${kind}:${id}`;
}

/** The id of the practice, promise, review, request or revisit a question is about. */
export function followUpIdOf(subject: string): string {
  return subject.slice(subject.indexOf(':') + 1);
}

const dealKinds: ReadonlySet<NudgeKind> = new Set(dealNudges);

/** Whether a question is about a deal as a whole. */
export function isAboutDeal({ kind }: { readonly kind: NudgeKind }): boolean {
  return dealKinds.has(kind);
}

/**
 * The question that asks about each code. A slip was asked about when the date was moved, and a late
 * step of theirs is asked about as that step.
 */
export const kindOfStall: Readonly<Record<StallCode, NudgeKind | undefined>> = {
  date_missed: 'date_passed',
  ball_with_us: 'owe_reply',
  does_not_fit: 'fit',
  buyer_silence: 'silence',
  no_next_step: 'no_next',
  buyer_item_late: undefined,
  no_power: 'no_decider',
  ping_pong: 'ping_pong',
  single_thread: 'one_contact',
  unmutual: 'their_yes',
  one_sided: 'carry',
  phase_age: 'phase',
  quiet_gap: 'gap',
  date_slipped: undefined,
};

/** The code a question is about, if it is about one. */
export function stallOfKind(kind: NudgeKind): StallCode | undefined {
  return (Object.keys(kindOfStall) as StallCode[]).find((code) => kindOfStall[code] === kind);
}

/** What somebody answered without changing the plan; what they changed answers by itself. */
export type NudgeAnswer =
  /** The plan changed since in what was asked about. */
  | 'changed'
  | 'on_track'
  | 'by_tonight'
  | 'not_yet'
  | 'already_moving'
  | 'skip'
  | 'leave_it'
  | 'not_them'
  | 'nobody_yet'
  | 'keep_going'
  | 'note_sent'
  | 'help_asked'
  | 'help_offered'
  | 'back_on'
  /** One more try of what they practise. */
  | 'tried'
  /** What holds it up, in the owner's eyes: it sets the next check and a later loss reason. */
  | 'holds_legal'
  | 'holds_contact'
  | 'holds_us'
  | 'holds_budget'
  | 'holds_priority'
  | 'holds_rival'
  | 'not_a_problem'
  | 'snoozed';

/** Business days an answer stands before the same is asked again. */
export const nextCheckBd: Readonly<Record<NudgeAnswer, number>> = {
  changed: 0,
  on_track: 3,
  by_tonight: 1,
  not_yet: 2,
  already_moving: 3,
  skip: 5,
  leave_it: 5,
  not_them: 10,
  nobody_yet: 10,
  keep_going: 10,
  note_sent: 3,
  help_asked: 3,
  help_offered: 10,
  back_on: 1,
  tried: 1,
  holds_legal: 10,
  holds_contact: 3,
  holds_us: 1,
  holds_budget: 10,
  holds_priority: 10,
  holds_rival: 5,
  not_a_problem: 20,
  snoozed: 1,
};

/** What a rest silences. */
export type RestScope = 'item' | 'deal' | 'kind';

/** Why something was not asked today. */
export type HeldReason =
  | 'snoozed'
  | 'muted'
  | 'answered'
  | 'asked_lately'
  | 'one_a_deal'
  | 'budget'
  | 'for_the_week'
  | 'their_holiday';

/** What there was besides what was asked. */
export interface HeldBack {
  readonly dealId: DealId;
  readonly homeworkId: HomeworkId | undefined;
  readonly kind: NudgeKind;
  readonly reason: HeldReason;
}

/** What a question is about, over all the days it is asked. */
export function subjectOf(item: {
  readonly kind: NudgeKind;
  readonly dealId: DealId;
  readonly homeworkId: HomeworkId | undefined;
}): string {
  return item.homeworkId ? `step:${item.homeworkId}` : `${item.kind}:${item.dealId}`;
}

/** Business days ahead a step is first mentioned (METHOD §4.4, `item_soon`). */
export const nudgeAheadBd = 2;

/** When a bundle arrives, in its reader's zone, unless they chose another time. */
export const nudgeTime = '09:00';

/** How long a missed bundle may still arrive: until the evening of its day, never at night. */
export const nudgeCatchUpMs = 9 * 60 * 60_000;

/** Whether the bundle of a day may still reach somebody in `zone`; the next day has its own. */
export function mayStillNudge(on: Day, zone: string, now: Date): boolean {
  return now.getTime() - instantAt(on, nudgeTime, zone).getTime() <= nudgeCatchUpMs;
}
