import { type BusinessCalendar, businessDaysAfter, type Day } from './calendar.ts';
import type { OpenDeal } from './deal.ts';
import { type Homework, isOpen } from './homework.ts';
import type { PersonId } from './ids.ts';
import { planBack } from './plan-back.ts';
import { segmentNorms } from './segment.ts';
import type { DateRevision, KeepWay, RevisionSide } from './slips.ts';

/** Whose doing a move was, in the order it is asked. */
export const revisionSides = ['us', 'buyer', 'both', 'outside'] as const satisfies RevisionSide[];

/** The ways to keep a date, in the order they come (METHOD S2-11). */
export const keepWays = [
  'squeeze',
  'parallel',
  'drop',
  'fast_lane',
  'help',
] as const satisfies KeepWay[];

/** A step with the day it gets. */
export interface StepMove {
  readonly step: Homework;
  readonly dueOn: Day;
}

/** What a decision date does to the open steps of a plan. */
export interface Replan {
  /** Those that get another day, in the order of their new days. */
  readonly moves: readonly StepMove[];
  /** Open steps that no playbook counts back from the decision: they keep their day. */
  readonly stay: readonly Homework[];
  /** Those of `stay` that are due after the decision. */
  readonly beyond: readonly Homework[];
  /** By how much the lead times shrink; 1 when everything fits. */
  readonly factor: number;
}

/**
 * The open steps counted back from a decision date by the rules of `planBack`, except that none is
 * dropped: that is for a person to choose. What is done keeps its day.
 */
export function replan(
  steps: readonly Homework[],
  decisionOn: Day,
  today: Day,
  calendar: BusinessCalendar,
): Replan {
  const open = steps.filter(isOpen);
  const counted = open.flatMap((step) => (step.leadBd === undefined ? [] : [asTemplate(step)]));
  const stay = open.filter(({ leadBd }) => leadBd === undefined);
  const plan = planBack(counted, decisionOn, today, calendar);
  const byId = new Map<string, Homework>(open.map((step) => [step.id, step]));
  return {
    moves: plan.steps.flatMap(({ template, dueOn }) => {
      const step = byId.get(template.key);
      return step && step.dueOn !== dueOn ? [{ step, dueOn }] : [];
    }),
    stay,
    beyond: stay.filter(({ dueOn }) => dueOn > decisionOn),
    factor: plan.factor,
  };
}

function asTemplate({ id, title, side, leadBd = 0, durationBd, doneWhen }: Homework) {
  return { key: id, title, side, leadBd, durationBd, gate: true, why: '', doneWhen };
}

/** Two gates that wait for each other though different people do them. */
export interface Pair {
  readonly first: Homework;
  readonly second: Homework;
  /** Business days that may be saved: the shorter of the two. */
  readonly savedBd: number;
}

/** The two open gates in a row that save most when they run at the same time. */
export function pairToRunTogether(steps: readonly Homework[]): Pair | undefined {
  const gates = steps
    .filter((step) => isOpen(step) && step.gate && (step.leadBd ?? -1) >= 0)
    .sort((a, b) => (a.dueOn < b.dueOn ? -1 : a.dueOn > b.dueOn ? 1 : 0));
  const pairs = gates.flatMap((first, at) => {
    const second = gates[at + 1];
    if (!second || isSameDoer(first, second)) return [];
    return [{ first, second, savedBd: Math.min(first.durationBd, second.durationBd) }];
  });
  return pairs.reduce<Pair | undefined>(
    (best, pair) => (best && best.savedBd >= pair.savedBd ? best : pair),
    undefined,
  );
}

function isSameDoer({ doer: a }: Homework, { doer: b }: Homework): boolean {
  return a.personId === b.personId && a.contactId === b.contactId && a.name === b.name;
}

/** Who gave a deal the date that stands; nobody we know when it came from a CRM. */
export interface DateSetting {
  readonly byId: PersonId | undefined;
  readonly at: Date;
}

const correctionMs = 24 * 60 * 60_000;

/**
 * Whether a move may be a correction: by the one who set the date, within 24 hours, once a deal
 * (METHOD §3.3, 3).
 */
export function mayCorrect(
  setting: DateSetting | undefined,
  revisions: readonly Pick<DateRevision, 'kind'>[],
  { actorId, now }: { readonly actorId: PersonId; readonly now: Date },
): boolean {
  return (
    setting?.byId === actorId &&
    now.getTime() - setting.at.getTime() <= correctionMs &&
    revisions.every(({ kind }) => kind !== 'correction')
  );
}

/** The day they can start after a decision, when that is later than their deadline (METHOD S2-13). */
export function startAfterDeadline(
  deal: Pick<OpenDeal, 'deadlineOn' | 'segment'>,
  decisionOn: Day,
  calendar: BusinessCalendar,
): Day | undefined {
  const { afterDecisionBd } = segmentNorms[deal.segment];
  const startOn = businessDaysAfter(decisionOn, afterDecisionBd, calendar);
  return deal.deadlineOn && startOn > deal.deadlineOn ? startOn : undefined;
}
