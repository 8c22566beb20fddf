import { type Day, daysBetween } from './calendar.ts';
import { type Homework, isFinished, isKept } from './homework.ts';

/** How a deal ended, asked before any reason (METHOD §4.2). */
export type Outcome =
  | 'rival'
  | 'incumbent'
  | 'in_house'
  | 'none'
  | 'budget_withdrawn'
  | 'we_withdrew'
  | 'unknown';

/** Outcomes in the order they are asked, in words a person would use. */
export const outcomes: readonly { readonly code: Outcome; readonly label: string }[] = [
  { code: 'rival', label: 'They chose another supplier' },
  { code: 'incumbent', label: 'They stayed with the one they have' },
  { code: 'in_house', label: 'They do it themselves' },
  { code: 'none', label: 'They chose to live with the problem' },
  { code: 'budget_withdrawn', label: 'The budget was withdrawn' },
  { code: 'we_withdrew', label: 'We stepped away' },
  { code: 'unknown', label: 'We do not know' },
];

export function sayOutcome(outcome: Outcome): string {
  return outcomes.find(({ code }) => code === outcome)?.label ?? outcome;
}

/** Facts about a lost deal, counted by the bot and frozen with the loss. */
export interface FactTrail {
  readonly daysOpen: number;
  /** Undefined for imported deals: what happened before the import is not known. */
  readonly steps:
    | {
        readonly buyer: { readonly done: number; readonly asked: number };
        readonly seller: { readonly done: number; readonly asked: number };
        /** Steps that ran past the first date they were due on. */
        readonly datesMissed: number;
      }
    | undefined;
}

/**
 * Counts a deal's facts on the day it was lost. Dropped steps are left out. A date is missed when
 * a step was done after its first date, or is open and that date has passed.
 */
export function computeFactTrail(
  deal: { readonly openedOn: Day; readonly imported: boolean },
  steps: readonly Homework[],
  lostOn: Day,
): FactTrail {
  const kept = steps.filter(isKept);
  const count = (side: Homework['side']) => {
    const own = kept.filter((step) => step.side === side || step.side === 'both');
    return { done: own.filter(isFinished).length, asked: own.length };
  };
  return {
    daysOpen: Math.max(0, daysBetween(deal.openedOn, lostOn)),
    steps:
      deal.imported && kept.length === 0
        ? undefined
        : {
            buyer: count('buyer'),
            seller: count('seller'),
            datesMissed: kept.filter((step) => (step.doneOn ?? lostOn) > step.originalDueOn).length,
          },
  };
}

/** The fact line of a loss: what happened, counted, without a judgement. */
export function sayFacts(facts: FactTrail): string {
  const days = `Open ${facts.daysOpen} ${facts.daysOpen === 1 ? 'day' : 'days'}`;
  if (!facts.steps) return `${days} · plan history — (imported deal)`;
  const { buyer, seller, datesMissed } = facts.steps;
  return [
    days,
    `their steps done ${buyer.done} of ${buyer.asked}`,
    `our steps done ${seller.done} of ${seller.asked}`,
    `dates missed ${datesMissed}`,
  ].join(' · ');
}
