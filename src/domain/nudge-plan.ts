import { type BusinessCalendar, businessDaysBetween, type Day, isBusinessDay } from './calendar.ts';
import type { DealId, HomeworkId } from './ids.ts';
import {
  dealNudges,
  type FollowUpKind,
  type HeldBack,
  type HeldReason,
  isAboutDeal,
  isFollowUp,
  type NudgeAnswer,
  type NudgeKind,
  type RestScope,
} from './nudge.ts';
import { withinBudget } from './nudge-budget.ts';
import type { Matter } from './nudge-matters.ts';
import type { Severity } from './stalls.ts';

/** A question that reached its reader on an earlier day. */
export interface AskedBefore {
  readonly subject: string;
  readonly dealId: DealId;
  readonly kind: NudgeKind;
  readonly on: Day;
  readonly variant: number;
  readonly severity: Severity | undefined;
  readonly dueOn: Day | undefined;
  readonly answer: NudgeAnswer | undefined;
  readonly nextCheckOn: Day | undefined;
}

/** What somebody does not want to be asked for now. */
export interface Rest {
  readonly scope: RestScope;
  readonly about: string;
  /** Undefined: until they take it back. */
  readonly untilAt: Date | undefined;
}

/** Everything about a reader's day that decides what is asked. */
export interface ReaderDay {
  readonly today: Day;
  readonly now: Date;
  readonly calendar: BusinessCalendar;
  /** In the order of their days. */
  readonly history: readonly AskedBefore[];
  readonly rests: readonly Rest[];
  /** Questions a week. */
  readonly weeklyBudget: number;
  /** A bundle was sent this week already: what is for the week was said. */
  readonly weekBegun: boolean;
  /** Their first bundle lies less than a week back, or has not come: no storm after an import. */
  readonly isNew: boolean;
  /** Deals whose buyer has a holiday today. */
  readonly buyerOff: ReadonlySet<DealId>;
}

/** One question of the bundle that is planned. */
export interface PlannedItem {
  readonly kind: NudgeKind;
  readonly dealId: DealId;
  readonly homeworkId: HomeworkId | undefined;
  readonly subject: string;
  readonly dueOn: Day | undefined;
  readonly severity: Severity | undefined;
  readonly variant: number;
}

export interface PlannedBundle {
  readonly asked: readonly PlannedItem[];
  readonly held: readonly HeldBack[];
}

/** "Still worth doing?" in the first bundle of a week; outside the budget. */
const weeklyLimit = 3;
/** Unanswered so often, a question stops and waits for the week (METHOD §4.4). */
export const unansweredLimit = 3;
/** How many wordings each kind has. */
export const variants = 2;

// Business days before the same is asked again; 0 is once for each due day.
const repeatBd: Partial<Record<NudgeKind, number>> = {
  item_soon: 0,
  item_due: 0,
  buyer_soon: 0,
  item_late: 3,
  buyer_late: 4,
  ask_yes: 2,
  ask_them: 2,
  date_passed: 2,
  exit_ramp: 10,
  alone: 10,
  manager_help: 10,
  promise_try: 0,
  observe_call: 3,
  review_wait: 2,
  review_take: 5,
  feedback_send: 3,
  feedback_remind: 0,
};
// How often each is asked without an answer; then it rests, or goes to somebody else.
const followUpLimits: Readonly<Record<FollowUpKind, number>> = {
  promise_try: 3,
  observe_call: 3,
  review_wait: 2,
  review_take: 2,
  feedback_send: 3,
  feedback_remind: 1,
  come_back: 3,
};
/** A code is asked about again after so many business days, or when it got worse (METHOD §3.6). */
const usualRepeatBd = 5;
/** Business days between two questions about one deal as a whole. */
const dealPeaceBd = 2;

/**
 * One person's questions of a day: what matters most within the budget, and all the rest with the
 * reason it was left out. Empty on a day they do not work.
 */
export function planBundle(matters: readonly Matter[], day: ReaderDay): PlannedBundle {
  if (!isBusinessDay(day.today, day.calendar)) return { asked: [], held: [] };
  const held: Held[] = [];
  const hold = (matter: Matter, reason: HeldReason) => held.push({ matter, reason });
  const open = inOrder(matters).filter((matter) => {
    const reason = restReason(matter, day) ?? historyReason(matter, day);
    if (reason) hold(matter, reason);
    return !reason;
  });
  const weekly = day.weekBegun ? [] : stillWorth(held);
  const single = onePerDeal(open, day, (matter) => hold(matter, 'one_a_deal'));
  const daily = withinBudget(single, day);
  for (const matter of single) if (!daily.includes(matter)) hold(matter, 'budget');
  const asked = [...byValue(daily), ...byValue(weekly.slice(0, weeklyLimit))];
  const asking = new Set(asked.map(({ subject }) => subject));
  return {
    asked: asked.map((matter, place) => ({
      ...itemOf(matter),
      variant: variantOf(matter, day, asked.slice(0, place)),
    })),
    held: held.filter(({ matter }) => !asking.has(matter.subject)).map(toHeldBack),
  };
}

interface Held {
  readonly matter: Matter;
  readonly reason: HeldReason;
}

function toHeldBack({ matter: { dealId, homeworkId, kind }, reason }: Held): HeldBack {
  return { dealId, homeworkId, kind, reason };
}

function itemOf({ kind, dealId, homeworkId, subject, dueOn, severity }: Matter) {
  return { kind, dealId, homeworkId, subject, dueOn, severity };
}

/** A date that passed first, then the most value at risk; of one deal, what is nearest. */
function byValue(matters: readonly Matter[]): Matter[] {
  const passed = ({ kind }: Matter) => Number(kind === 'date_passed');
  return [...matters].sort(
    (a, b) => passed(b) - passed(a) || b.value - a.value || b.worth - a.worth,
  );
}

/** What matters most first. */
function inOrder(matters: readonly Matter[]): Matter[] {
  return [...matters].sort(
    (a, b) => b.worth - a.worth || (a.dueOn ?? '9').localeCompare(b.dueOn ?? '9'),
  );
}

function restReason(matter: Matter, { rests, now, buyerOff }: ReaderDay): HeldReason | undefined {
  const about: Readonly<Record<RestScope, string>> = {
    item: matter.subject,
    deal: matter.dealId,
    kind: matter.kind,
  };
  const rest = rests.find(
    ({ scope, about: what, untilAt }) => what === about[scope] && (!untilAt || untilAt > now),
  );
  if (rest && matter.kind !== 'date_passed') return rest.untilAt ? 'snoozed' : 'muted';
  return matter.onBuyer && buyerOff.has(matter.dealId) ? 'their_holiday' : undefined;
}

/** Why what was asked or answered before keeps a matter back. */
function historyReason(matter: Matter, day: ReaderDay): HeldReason | undefined {
  const before = askedAbout(matter, day.history);
  const last = before.at(-1);
  const worse = matter.severity === 'stall' && last?.severity === 'watch';
  if (!worse && isCrowded(matter, day)) return 'asked_lately';
  if (!last) return undefined;
  if (last.nextCheckOn && day.today < last.nextCheckOn && !worse) return 'answered';
  const streak = unansweredStreak(before);
  if (isFollowUp(matter.kind)) {
    if (streak >= followUpLimits[matter.kind]) return 'asked_lately';
  } else if (streak >= unansweredLimit && matter.kind !== 'date_passed') {
    return 'for_the_week';
  }
  const repeat = repeatBd[matter.kind] ?? usualRepeatBd;
  if (repeat === 0) {
    const same = before.some(
      ({ kind, dueOn, answer }) =>
        kind === matter.kind &&
        dueOn === matter.dueOn &&
        answer !== 'snoozed' &&
        answer !== 'not_yet',
    );
    return same ? 'asked_lately' : undefined;
  }
  if (worse || (last.kind !== matter.kind && matter.homeworkId)) return undefined;
  const since = businessDaysBetween(last.on, day.today, day.calendar);
  return since < repeat ? 'asked_lately' : undefined;
}

/** A deal was asked about as a whole a moment ago: it gets a day of peace, and a week after the ways out. */
function isCrowded(matter: Matter, { history, today, calendar }: ReaderDay): boolean {
  const { kind, dealId } = matter;
  if (kind === 'date_passed' || !isAboutDeal(matter)) return false;
  const last = history.findLast(
    (one) => one.dealId === dealId && one.kind !== 'still_worth' && isAboutDeal(one),
  );
  if (!last) return false;
  const peaceBd = last.kind === 'exit_ramp' ? usualRepeatBd : dealPeaceBd;
  return businessDaysBetween(last.on, today, calendar) < peaceBd;
}

/** What was asked about the same: a step that got another day, or was said yes to, is news again. */
function askedAbout(matter: Matter, history: readonly AskedBefore[]): AskedBefore[] {
  const { subject, homeworkId, since, dueOn } = matter;
  const same = history.filter((one) => one.subject === subject && one.on >= (since ?? one.on));
  if (!homeworkId) return same;
  // The question of the week belongs to whatever was asked three times before it.
  let wasAsk = isAsk(matter.kind);
  return same.filter((one) => {
    if (one.kind !== 'still_worth') wasAsk = isAsk(one.kind);
    return one.dueOn === dueOn && wasAsk === isAsk(matter.kind);
  });
}

function isAsk(kind: NudgeKind): boolean {
  return kind === 'ask_yes' || kind === 'ask_them';
}

/** How often in a row it was asked without an answer, up to now. */
export function unansweredStreak(before: readonly Pick<AskedBefore, 'answer'>[]): number {
  return before.length - 1 - before.findLastIndex(({ answer }) => answer !== undefined);
}

/** What was asked three times without an answer comes once a week, as one question. */
function stillWorth(held: readonly Held[]): Matter[] {
  const waiting = held.filter(({ reason }) => reason === 'for_the_week');
  return waiting.map(({ matter }) => ({ ...matter, kind: 'still_worth' }));
}

/** Of all that could be asked about a deal as a whole, one question a day. */
function onePerDeal(
  matters: readonly Matter[],
  day: ReaderDay,
  leave: (matter: Matter) => void,
): Matter[] {
  const rank = (matter: Matter) => rankOf(matter, day);
  const best = new Map<DealId, Matter>();
  for (const matter of matters) {
    if (!isAboutDeal(matter)) continue;
    const known = best.get(matter.dealId);
    if (!known || rank(matter) < rank(known)) best.set(matter.dealId, matter);
  }
  return matters.filter((matter) => {
    const stays = !isAboutDeal(matter) || best.get(matter.dealId) === matter;
    if (!stays) leave(matter);
    return stays;
  });
}

/** The more pressing first. */
const kinds: readonly NudgeKind[] = dealNudges;

/** Who could help comes last, and first once a question about the deal went unanswered (METHOD S1-1). */
function rankOf({ kind, severity, dealId }: Matter, { history }: ReaderDay): number {
  const place = kinds.indexOf(kind) + (severity === 'watch' ? kinds.length : 0);
  if (kind !== 'alone') return place;
  const unanswered = history.some((one) => one.dealId === dealId && one.answer === undefined);
  return unanswered ? -1 : 2 * kinds.length;
}

/** No wording twice in a row, neither from day to day nor from one deal to the next. */
function variantOf(
  { subject, kind }: Matter,
  { history }: ReaderDay,
  above: readonly Matter[],
): number {
  const last = history.findLast((one) => one.subject === subject && one.kind === kind);
  const next = last ? last.variant + 1 : above.filter((one) => one.kind === kind).length;
  return next % variants;
}
