import { type Day, daysBetween } from './calendar.ts';
import type { ContactRole } from './contact.ts';
import { type Homework, isFinished, isKept } from './homework.ts';
import type { Tally } from './plan-metrics.ts';
import type { Phase } from './segment.ts';
import type { DateRevision } from './slips.ts';
import type { StallCode } from './stalls.ts';

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

/** Facts about a lost deal, counted by the bot and frozen with the loss; nobody types them. */
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
  /** All the rest; undefined for losses from before it was counted and for imported ones. */
  readonly story?: FactStory | undefined;
}

/** What happened in a deal, in figures and names of roles (METHOD §4.3, fact trail). */
export interface FactStory {
  readonly dates: {
    readonly firstOn: Day | undefined;
    readonly lastOn: Day | undefined;
    readonly moves: readonly Pick<DateRevision, 'fromOn' | 'toOn' | 'on' | 'kind' | 'side'>[];
    readonly slips: number;
    /** Calendar days from the first date to the last. */
    readonly netDays: number;
  };
  /** Steps of theirs that they said yes to. */
  readonly buyerAgreed: number;
  /** Finished by their first date, of those whose first date had come. */
  readonly onTime: { readonly buyer: Tally; readonly seller: Tally };
  /** The longest wait for an answer of each side, in its own business days; undefined without one. */
  readonly silenceBd: {
    readonly buyer: number | undefined;
    readonly seller: number | undefined;
  };
  /** The longest stretch of the plan with nothing for the buyer to do, in business days. */
  readonly quietGapBd: number;
  /** Turns of the talk, and how many of them moved nothing. */
  readonly turns: { readonly all: number; readonly idle: number };
  /** How many people were in touch with us, by their part; `none` for those without one. */
  readonly people: Readonly<Partial<Record<ContactRole | 'none', number>>>;
  /** Names of colleagues who helped. */
  readonly helpers: readonly string[];
  /** The first step of theirs that ran past its first date. */
  readonly firstMissed: { readonly title: string; readonly dueOn: Day } | undefined;
  readonly unansweredNudges: number;
  /** Their share of the work, 0 to 1; undefined without steps. */
  readonly buyerShare: number | undefined;
  readonly entryPhase: Phase | undefined;
  readonly endPhase: Phase;
  /** Codes that were a stall at some time. */
  readonly stalls: readonly StallCode[];
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
