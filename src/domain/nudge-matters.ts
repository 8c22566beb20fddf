import {
  type BusinessCalendar,
  businessDaysAfter,
  businessDaysBetween,
  type Day,
} from './calendar.ts';
import type { Homework, Side } from './homework.ts';
import type { DealId, HomeworkId } from './ids.ts';
import { type Money, minorDigits } from './money.ts';
import { kindOfStall, type NudgeKind, nudgeAheadBd, subjectOf } from './nudge.ts';
import type { Severity, StallCode } from './stalls.ts';

/** Something that could be asked about today. */
export interface Matter {
  readonly kind: NudgeKind;
  readonly dealId: DealId;
  readonly homeworkId: HomeworkId | undefined;
  /** What it is about, over all the days it is asked. */
  readonly subject: string;
  readonly dueOn: Day | undefined;
  readonly severity: Severity | undefined;
  /** Since when it is so: what was asked before was about something else. */
  readonly since: Day | undefined;
  /** Value at risk, in whole units of the deal's currency; 0 without an amount. */
  readonly value: number;
  /** What a budget is spent by: how much is at risk, by its order of magnitude, and how near it is. */
  readonly worth: number;
  /** It asks about the buyer's silence, which means nothing on a holiday of theirs. */
  readonly onBuyer: boolean;
}

/** The deal a matter belongs to. */
export interface MatterDeal {
  readonly dealId: DealId;
  readonly amount: Money | undefined;
}

/** An open step with what decides whether it is worth a word. */
export interface MatterStep extends MatterDeal {
  readonly homeworkId: HomeworkId;
  readonly side: Side;
  readonly status: Homework['status'];
  readonly dueOn: Day;
  readonly askedOn: Day | undefined;
}

// METHOD §4.4: days past, or days since they were asked, before it is asked about.
const lateBd = { ours: 2, theirs: 3 };
const unansweredBd = 2;
const askAheadBd = 5;

// A promise of ours that is due outweighs the state of a deal ten times as large, not a hundred times.
const weights: Partial<Record<NudgeKind, number>> = {
  date_passed: 3,
  item_late: 2,
  item_due: 1.9,
  exit_ramp: 1.5,
  manager_help: 1.5,
  promise_try: 1.2,
  observe_call: 1.5,
  review_wait: 1.5,
  review_take: 1.5,
  feedback_send: 1.3,
  feedback_remind: 1.3,
  come_back: 1.2,
  buyer_late: 1.3,
  item_soon: 1.5,
  ask_yes: 1.3,
  ask_them: 1.2,
  buyer_soon: 1.2,
};
const severityWeights: Readonly<Record<Severity, number>> = { stall: 1, watch: 0.6 };
const usualWeight = 0.5;

const aboutBuyer: ReadonlySet<NudgeKind> = new Set<NudgeKind>([
  'silence',
  'ask_yes',
  'buyer_soon',
  'buyer_late',
  'their_yes',
]);

function atRiskOf({ amount }: MatterDeal): number {
  return amount ? amount.minor / 10 ** minorDigits(amount.currency) : 0;
}

function weightOf(kind: NudgeKind, severity: Severity | undefined): number {
  return weights[kind] ?? (severity ? severityWeights[severity] : usualWeight);
}

/** A matter of a kind on a deal or on one step of it. */
export function matterOf(
  deal: MatterDeal,
  kind: NudgeKind,
  about: {
    readonly homeworkId?: HomeworkId;
    readonly dueOn?: Day;
    readonly severity?: Severity;
    readonly since?: Day;
    /** Over all the days it is asked; the step, or the deal and the kind, when absent. */
    readonly subject?: string;
  } = {},
): Matter {
  const facts = { kind, dealId: deal.dealId, homeworkId: about.homeworkId };
  return {
    ...facts,
    subject: about.subject ?? subjectOf(facts),
    dueOn: about.dueOn,
    severity: about.severity,
    since: about.since,
    value: atRiskOf(deal),
    worth: Math.log10(atRiskOf(deal) + 10) * weightOf(kind, about.severity),
    onBuyer: aboutBuyer.has(kind),
  };
}

/** What there is to ask about a step on a day, if anything (METHOD §4.4). */
export function matterOfStep(
  step: MatterStep,
  today: Day,
  calendar: BusinessCalendar,
): Matter | undefined {
  const kind = kindOfStep(step, today, calendar);
  const { homeworkId, dueOn } = step;
  return kind && matterOf(step, kind, { homeworkId, dueOn });
}

/** Before they said yes a step of theirs is asked about as a question still open, never reminded of. */
function kindOfStep(
  { side, status, dueOn, askedOn }: MatterStep,
  today: Day,
  calendar: BusinessCalendar,
): NudgeKind | undefined {
  if (status === 'needs_rewrite') return undefined;
  const bd = (from: Day, to: Day) => businessDaysBetween(from, to, calendar);
  const isTheirs = side === 'buyer' || side === 'partner';
  if (status === 'proposed' && side !== 'seller') {
    if (askedOn) return bd(askedOn, today) >= unansweredBd ? 'ask_yes' : undefined;
    if (isTheirs) return bd(today, dueOn) <= askAheadBd ? 'ask_them' : undefined;
  }
  const late = dueOn < today ? bd(dueOn, today) : -1;
  if (late >= (isTheirs ? lateBd.theirs : lateBd.ours))
    return isTheirs ? 'buyer_late' : 'item_late';
  if (late >= 0) return undefined;
  if (dueOn === today) return isTheirs ? 'buyer_soon' : 'item_due';
  const isSoon = dueOn <= businessDaysAfter(today, nudgeAheadBd, calendar);
  return isSoon ? (isTheirs ? 'buyer_soon' : 'item_soon') : undefined;
}

/** What there is to ask about a stall; nothing about a slip, which was asked about when it was made. */
export function matterOfStall(
  deal: MatterDeal,
  {
    code,
    severity,
    firstOn,
  }: { readonly code: StallCode; readonly severity: Severity; readonly firstOn: Day },
): Matter | undefined {
  const kind = kindOfStall[code];
  return kind && matterOf(deal, kind, { severity, since: firstOn });
}
