import {
  addDays,
  type BusinessCalendar,
  businessDaysAfter,
  businessDaysBetween,
  type Day,
  daysBetween,
} from './calendar.ts';
import { type Homework, isFinished, isKept, isOpen, type Side } from './homework.ts';
import { slackOf } from './plan-back.ts';

/** `k` of `n`; the denominator travels with every figure (METHOD §3.3, 19). */
export interface Tally {
  readonly k: number;
  readonly n: number;
}

const finishedDays = 30;
const fewestDeclined = 3;

/**
 * The buyer's share of the work by effort, 0–1: B ÷ (B + S), a step of both counting half for each.
 * Undefined without any (METHOD §3.5, homework balance).
 */
export function buyerShare(
  steps: readonly Pick<Homework, 'side' | 'effort' | 'status'>[],
): number | undefined {
  let [buyer, seller] = [0, 0];
  for (const { side, effort } of steps.filter(isKept)) {
    if (side === 'buyer') buyer += effort;
    if (side === 'seller') seller += effort;
    if (side === 'both') {
      buyer += effort / 2;
      seller += effort / 2;
    }
  }
  return buyer + seller === 0 ? undefined : buyer / (buyer + seller);
}

/** The same over what was finished in the last 30 days. */
export function finishedShare(
  steps: readonly Pick<Homework, 'side' | 'effort' | 'status' | 'doneOn'>[],
  today: Day,
): number | undefined {
  return buyerShare(
    steps.filter(
      (step) => isFinished(step) && step.doneOn && daysBetween(step.doneOn, today) <= finishedDays,
    ),
  );
}

/** Whose a step is, for what a side keeps: a common one is both sides'. */
function isOf(side: 'buyer' | 'seller', step: { readonly side: Side }): boolean {
  return step.side === side || step.side === 'both';
}

/** Finished by their first date, of those whose first date has come (METHOD §3.5, on-time). */
export function onTime(steps: readonly Homework[], side: 'buyer' | 'seller', today: Day): Tally {
  const due = steps.filter(
    (step) => isOf(side, step) && isKept(step) && step.originalDueOn <= today,
  );
  const kept = due.filter(
    (step) => isFinished(step) && (step.doneOn ?? today) <= step.originalDueOn,
  );
  return { k: kept.length, n: due.length };
}

/** Declined ÷ (agreed + declined) steps of the buyer; undefined under three (METHOD §3.5). */
export function declinedRate(steps: readonly Homework[]): number | undefined {
  const theirs = steps.filter((step) => isOf('buyer', step));
  const declined = theirs.filter(({ status }) => status === 'declined').length;
  const agreed = theirs.filter((step) => step.agreedOn && step.status !== 'declined').length;
  return agreed + declined < fewestDeclined ? undefined : declined / (agreed + declined);
}

/** A gate is covered when it has whoever does it, a day and a "done when" (METHOD §3.5, coverage). */
export function isCovered(step: Pick<Homework, 'side' | 'doer' | 'doneWhen'>): boolean {
  const { personId, contactId } = step.doer;
  const named = { buyer: contactId, seller: personId, partner: contactId ?? personId };
  const hasDoer = step.side === 'both' ? personId && contactId : named[step.side];
  return Boolean(hasDoer) && step.doneWhen !== '';
}

/** What every plan needs, when it follows no playbook (METHOD §3.5, coverage). */
export interface CoreGates {
  readonly problem: boolean;
  readonly decider: boolean;
  readonly date: boolean;
  readonly signing: boolean;
}

/** 0–1: covered gates ÷ gates; dropped ones are "not needed". */
export function planCoverage(steps: readonly Homework[], core: CoreGates): number {
  const gates = steps.filter((step) => step.gate && isKept(step));
  if (gates.length === 0) {
    const known = [core.problem, core.decider, core.date, core.signing];
    return known.filter(Boolean).length / known.length;
  }
  return gates.filter((gate) => isFinished(gate) || isCovered(gate)).length / gates.length;
}

/** Business days of work a step still takes: half of it once it is in progress. */
function leftBd(step: Pick<Homework, 'status' | 'durationBd'>): number {
  return step.status === 'in_progress' ? Math.ceil(step.durationBd / 2) : step.durationBd;
}

export function slackOfStep(
  step: Pick<Homework, 'status' | 'durationBd' | 'dueOn'>,
  today: Day,
  calendar: BusinessCalendar,
): number {
  return slackOf({ dueOn: step.dueOn, leftBd: leftBd(step) }, today, calendar);
}

/** The least slack of an open gate, in business days; undefined without one: then it fits. */
export function runwayOf(
  steps: readonly Homework[],
  today: Day,
  calendar: BusinessCalendar,
): number | undefined {
  const slacks = steps
    .filter((step) => step.gate && isOpen(step))
    .map((step) => slackOfStep(step, today, calendar));
  return slacks.length === 0 ? undefined : Math.min(...slacks);
}

const paceBd = 10;
const youngBd = 3;
const paceCap = 2;

/** What a pace is measured against. */
export interface PaceFacts {
  readonly openedOn: Day;
  readonly decisionOn: Day | undefined;
  readonly today: Day;
}

/**
 * Gates finished a day lately ÷ gates a day still to finish, at most 2; undefined under three
 * business days or without a date (METHOD §3.5, momentum).
 */
export function paceRatio(
  steps: readonly Homework[],
  { openedOn, decisionOn, today }: PaceFacts,
  calendar: BusinessCalendar,
): number | undefined {
  const gates = steps.filter((step) => step.gate && isKept(step));
  const open = gates.filter(isOpen).length;
  if (open === 0) return 1;
  const ageBd = businessDaysBetween(openedOn, today, calendar);
  if (ageBd < youngBd || !decisionOn) return undefined;
  if (decisionOn < today) return 0;
  const done = gates.filter(
    (gate) =>
      isFinished(gate) && gate.doneOn && businessDaysBetween(gate.doneOn, today, calendar) < paceBd,
  ).length;
  const leftBusinessDays = Math.max(1, businessDaysBetween(today, decisionOn, calendar));
  return Math.min(paceCap, done / Math.min(paceBd, ageBd) / (open / leftBusinessDays));
}

/** A stretch of the plan with nothing for the buyer to do. */
export interface QuietGap {
  readonly days: number;
  /** The last day of it. */
  readonly endsOn: Day | undefined;
}

/**
 * The longest run of business days from `from` to `to` in which no step of the buyer is being
 * worked on: each takes its days up to the day it is due (METHOD §3.5, quiet gap).
 */
export function quietGap(
  steps: readonly Pick<Homework, 'side' | 'dueOn' | 'durationBd'>[],
  from: Day,
  to: Day,
  calendar: BusinessCalendar,
): QuietGap {
  const before = addDays(from, -1);
  const placeOf = (day: Day) => businessDaysBetween(before, day, calendar);
  const end = placeOf(to) + 1;
  const busy = steps
    .filter((step) => isOf('buyer', step))
    .map(({ dueOn, durationBd }) => ({ from: placeOf(dueOn) - durationBd + 1, to: placeOf(dueOn) }))
    .filter((stretch) => stretch.from <= stretch.to && stretch.from < end)
    .sort((a, b) => a.from - b.from);
  let longest = { days: 0, end: 0 };
  let free = 1;
  for (const stretch of [...busy, { from: end, to: end }]) {
    const days = stretch.from - free;
    if (days > longest.days) longest = { days, end: stretch.from };
    free = Math.max(free, stretch.to + 1);
  }
  const endsOn =
    longest.days === 0 ? undefined : businessDaysAfter(before, longest.end - 1, calendar);
  return { days: longest.days, endsOn };
}
