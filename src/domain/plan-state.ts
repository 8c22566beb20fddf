import { addDays, businessDaysBetween, type Calendars, type Day, daysBetween } from './calendar.ts';
import { type DealContact, summarizePeople } from './contact.ts';
import { isPaused, type OpenDeal } from './deal.ts';
import { computeHealth, type Health, nextStepScore } from './health.ts';
import { type Homework, isFinished, isKept, isLate, isOpen } from './homework.ts';
import {
  buyerShare,
  onTime,
  paceRatio,
  planCoverage,
  type QuietGap,
  quietGap,
  runwayOf,
} from './plan-metrics.ts';
import { computeRally, type Rally, type Turn } from './rally.ts';
import { normsOf } from './segment.ts';
import { type DateRevision, type SlipSummary, summarizeSlips } from './slips.ts';
import { findStalls, type Stall } from './stalls.ts';

/** The rows a plan is judged by; one query each, for any number of deals. */
export interface PlanRows {
  readonly deal: OpenDeal;
  readonly steps: readonly Homework[];
  readonly contacts: readonly DealContact[];
  /** In the order they happened. */
  readonly touches: readonly Turn[];
  /** In the order they were made. */
  readonly revisions: readonly DateRevision[];
}

/** Everything that is derived from a plan, at one day; nothing of it is ever stored. */
export interface PlanState {
  readonly slips: SlipSummary;
  /** 0–1; undefined without any step. */
  readonly share: number | undefined;
  readonly runwayBd: number | undefined;
  readonly coverage: number;
  readonly gap: QuietGap;
  readonly rally: Rally | undefined;
  readonly people: ReturnType<typeof summarizePeople>;
  readonly nextStep: Homework | undefined;
  /** The buyer said yes to the date that stands and to one step at least (METHOD §3.3, 7). */
  readonly isMutual: boolean;
  /** They let us in when their preference had formed already. */
  readonly lateEntry: boolean;
  readonly dateMissed: boolean;
  readonly stalls: readonly Stall[];
  readonly health: Health;
}

export function assessPlan(rows: PlanRows, today: Day, calendars: Calendars): PlanState {
  const { deal, steps, contacts, touches, revisions } = rows;
  const calendar = calendars.planOf(deal.buyerRegion);
  const norms = normsOf(deal);
  const slips = summarizeSlips(
    revisions,
    { original: deal.originalDecisionOn, current: deal.decisionOn },
    calendar,
  );
  const people = summarizePeople(contacts, today);
  const buyer = calendars.buyerOf(deal.buyerRegion);
  const rally =
    touches.length === 0
      ? undefined
      : computeRally(touches, today, norms, { buyer, seller: calendars.ours });
  const share = buyerShare(steps);
  const runwayBd = runwayOf(steps, today, calendar);
  const nextStep = findNextStep(steps, today);
  const isMutual = isPlanMutual(deal, steps);
  const dateMissed = deal.decisionOn !== undefined && deal.decisionOn < today;
  const leftBd = deal.decisionOn && businessDaysBetween(today, deal.decisionOn, calendar);
  const gap = quietGap(steps.filter(isOpen), addDays(today, 1), deal.decisionOn ?? today, calendar);
  const bdSince = (day: Day) => businessDaysBetween(day, today, calendar);
  const coverage = planCoverage(steps, {
    problem: deal.problem !== undefined,
    decider: people.decider !== 'unknown',
    date: deal.dateDriver !== undefined,
    signing: steps.some((step) => step.kind === 'approve'),
  });
  const found = findStalls({
    phase: deal.phase,
    norms,
    isSmall: deal.segment === 'smb',
    rally,
    withoutNextStepBd: nextStep && !isLate(nextStep, today) ? 0 : bdSince(lastAhead(rows, today)),
    buyerGatesLateBd: steps
      .filter((step) => step.gate && step.side === 'buyer' && step.agreedOn && isLate(step, today))
      .map(({ dueOn }) => bdSince(dueOn)),
    oursLateBd: Math.max(
      0,
      ...steps.filter((s) => s.side === 'seller' && isLate(s, today)).map((s) => bdSince(s.dueOn)),
    ),
    slips,
    dateMissed: leftBd !== undefined && leftBd < 0,
    phaseAgeBd: bdSince(deal.phaseSince),
    engagedContacts: contacts.length === 0 ? undefined : people.engaged,
    deciderEngaged: contacts.length === 0 ? undefined : people.decider === 'engaged',
    leftBd,
    sinceAdvanceBd: bdSince(touches.findLast(({ advance }) => advance)?.on ?? deal.openedOn),
    runwayBd,
    share,
    liveSteps: steps.filter(isKept).length,
    offerSent: steps.some((step) => isFinished(step) && offerKeys.has(step.stepKey ?? '')),
    quietGapBd: gap.days,
    isMutual,
  });
  const stalls = isPaused(deal, today) ? [] : found;
  const health = computeHealth({
    ageDays: daysBetween(deal.openedOn, today),
    share,
    buyerOnTime: onTime(steps, 'buyer', today),
    nextStep: nextStep
      ? scoreNextStep(nextStep, today, leftOf(nextStep, today, calendar), norms)
      : 0,
    hasNextStep: nextStep !== undefined,
    coverage: steps.length === 0 && coverage === 0 ? undefined : coverage,
    runwayBd,
    pace: paceRatio(
      steps,
      { openedOn: deal.openedOn, decisionOn: deal.decisionOn, today },
      calendar,
    ),
    reply: rally && { ...rally, meetingBooked: isMeetingAhead(steps, today) },
    slips: slips.slips,
    slippedOverHalf: slippedOverHalf(deal, slips),
    dateMissed,
    leftBd,
    people: contacts.length === 0 ? undefined : { ...people, target: norms.contacts },
    stalled: stalls.some(({ severity }) => severity === 'stall'),
  });
  return {
    slips,
    share,
    runwayBd,
    coverage,
    gap,
    rally,
    people,
    nextStep,
    isMutual,
    lateEntry: deal.entryPhase === 'preference' || deal.entryPhase === 'decision',
    dateMissed,
    stalls,
    health,
  };
}

/** The buyer said yes to the date and to one step (METHOD S0-4). */
export function isPlanMutual(
  deal: Pick<OpenDeal, 'dateAgreedOn'>,
  steps: readonly Pick<Homework, 'side' | 'agreedOn' | 'status'>[],
): boolean {
  const theirs = steps.filter(({ side }) => side === 'buyer' || side === 'both');
  return deal.dateAgreedOn !== undefined && theirs.some((step) => step.agreedOn && isKept(step));
}

/** The open step that comes next; one that is late when nothing lies ahead. */
export function findNextStep(steps: readonly Homework[], today: Day): Homework | undefined {
  const open = steps
    .filter(isOpen)
    .sort((a, b) => (a.dueOn < b.dueOn ? -1 : a.dueOn > b.dueOn ? 1 : 0));
  return open.find(({ dueOn }) => dueOn >= today) ?? open.at(-1);
}

function leftOf(step: Homework, today: Day, calendar: ReturnType<Calendars['planOf']>): number {
  return businessDaysBetween(today, step.dueOn, calendar);
}

function scoreNextStep(
  step: Homework,
  today: Day,
  leftBd: number,
  norms: { readonly nextStepHorizonBd: number },
): number {
  return nextStepScore({
    passed: step.dueOn < today,
    withinHorizon: leftBd <= norms.nextStepHorizonBd,
    agreed: step.agreedOn !== undefined,
    named: step.doer.contactId !== undefined,
    inPlan: true,
  });
}

/** The steps of our playbooks that put a price before the buyer. */
const offerKeys = new Set(['offer', 'proposal', 'commercial', 'estimate']);

function isMeetingAhead(steps: readonly Homework[], today: Day): boolean {
  return steps.some((step) => step.kind === 'meet' && isOpen(step) && step.dueOn >= today);
}

/**
 * The last day on which something lay ahead, else the day the deal began: a finished step did until
 * it was finished. When a step was given up is not known, so it counts only once its day has come.
 */
function lastAhead({ deal, steps }: PlanRows, today: Day): Day {
  const days = steps.map(({ dueOn, doneOn }) => (doneOn && doneOn < dueOn ? doneOn : dueOn));
  return days.reduce((last, on) => (on > last && on <= today ? on : last), deal.openedOn);
}

/** All slips together are more than half of what the plan had at first. */
function slippedOverHalf(deal: OpenDeal, slips: SlipSummary): boolean {
  if (!deal.originalDecisionOn) return false;
  const spanDays = Math.max(0, daysBetween(deal.openedOn, deal.originalDecisionOn));
  return slips.grossDays > spanDays / 2;
}
