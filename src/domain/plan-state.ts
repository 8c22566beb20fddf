import {
  addDays,
  type BusinessCalendar,
  businessDaysBetween,
  type Calendars,
  type Day,
  daysBetween,
} from './calendar.ts';
import { type DealContact, summarizePeople } from './contact.ts';
import { isPaused, type OpenDeal } from './deal.ts';
import { computeHealth, type Health, type HealthFacts, nextStepScore } from './health.ts';
import { type Homework, inDueOrder, isFinished, isKept, isLate, isOpen } from './homework.ts';
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
import type { SegmentNorms } from './segment.ts';
import { type DateRevision, type SlipSummary, summarizeSlips } from './slips.ts';
import { isSuspended, reviewUntil } from './stall-suspension.ts';
import { findStalls, phaseWatchOf, type Stall, type StallFacts } from './stalls.ts';
import { type TeamRules, teamNormsOf, usualRules } from './team-rules.ts';

/** The rows a plan is judged by; one query each, for any number of deals. */
export interface PlanRows {
  readonly deal: OpenDeal;
  readonly steps: readonly Homework[];
  readonly contacts: readonly DealContact[];
  /** In the order they happened. */
  readonly touches: readonly Turn[];
  /** In the order they were made. */
  readonly revisions: readonly DateRevision[];
  /** What the owner's team made of the rules; absent: the usual ones. */
  readonly rules?: TeamRules | undefined;
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

/** What a plan comes to on a day, before anything is judged. */
type PlanFigures = Omit<PlanState, 'stalls' | 'health'>;

/** A plan and what it is measured by on the day it is looked at. */
interface Measured {
  readonly rows: PlanRows;
  readonly today: Day;
  readonly calendar: BusinessCalendar;
  readonly rules: TeamRules;
  readonly norms: SegmentNorms;
  /** Business days to the decision; undefined without a date. */
  readonly leftBd: number | undefined;
}

/** Everything a plan comes to on a day, from its rows alone. */
export function assessPlan(rows: PlanRows, today: Day, calendars: Calendars): PlanState {
  const { deal, rules = usualRules } = rows;
  const calendar = calendars.planOf(deal.buyerRegion);
  const leftBd = deal.decisionOn && businessDaysBetween(today, deal.decisionOn, calendar);
  const measured = { rows, today, calendar, rules, norms: teamNormsOf(deal, rules), leftBd };
  const figures = figuresOf(measured, calendars);
  const stalls = isPaused(deal, today) ? [] : findStalls(stallFactsOf(measured, figures));
  const health = computeHealth(healthFactsOf(measured, figures, stalls));
  return { ...figures, stalls, health };
}

function figuresOf(measured: Measured, calendars: Calendars): PlanFigures {
  const { rows, today, calendar } = measured;
  const { deal, steps } = rows;
  const people = summarizePeople(rows.contacts, today);
  return {
    slips: summarizeSlips(
      rows.revisions,
      { original: deal.originalDecisionOn, current: deal.decisionOn },
      calendar,
    ),
    share: buyerShare(steps),
    runwayBd: runwayOf(steps, today, calendar),
    coverage: coverageOf(rows, people.decider !== 'unknown'),
    gap: quietGap(steps.filter(isOpen), addDays(today, 1), deal.decisionOn ?? today, calendar),
    rally: rallyOf(measured, calendars),
    people,
    nextStep: findNextStep(steps, today),
    isMutual: isPlanMutual(deal, steps),
    lateEntry: deal.entryPhase === 'preference' || deal.entryPhase === 'decision',
    dateMissed: deal.decisionOn !== undefined && deal.decisionOn < today,
  };
}

function rallyOf({ rows, today, norms }: Measured, calendars: Calendars): Rally | undefined {
  if (rows.touches.length === 0) return undefined;
  const buyer = calendars.buyerOf(rows.deal.buyerRegion);
  return computeRally(rows.touches, today, norms, { buyer, seller: calendars.ours });
}

function coverageOf({ deal, steps }: PlanRows, deciderKnown: boolean): number {
  return planCoverage(steps, {
    problem: deal.problem !== undefined,
    decider: deciderKnown,
    date: deal.dateDriver !== undefined,
    signing: steps.some((step) => step.kind === 'approve'),
  });
}

function stallFactsOf(measured: Measured, figures: PlanFigures): StallFacts {
  const { rows, today, calendar, rules, norms, leftBd } = measured;
  const { deal, steps, contacts, touches } = rows;
  const { slips, share, runwayBd, rally, people, isMutual } = figures;
  const resting = { backOn: deal.backOn, reviewUntil: reviewUntil(steps, today) };
  const bdSince = (on: Day) => businessDaysBetween(on, today, calendar);
  const lateBd = (which: (step: Homework) => boolean) =>
    steps.filter((step) => isLate(step, today) && which(step)).map(({ dueOn }) => bdSince(dueOn));
  return {
    phase: deal.phase,
    norms,
    rules,
    isSuspended: (code) => isSuspended(code, resting, today),
    isSmall: deal.segment === 'smb',
    rally,
    withoutNextStepBd: isAhead(figures.nextStep, today) ? 0 : bdSince(lastAhead(rows, today)),
    buyerGatesLateBd: lateBd(
      ({ gate, side, agreedOn }) => gate && side === 'buyer' && agreedOn !== undefined,
    ),
    oursLateBd: Math.max(0, ...lateBd(({ side }) => side === 'seller')),
    slips,
    // Since when an imported deal is in its phase nobody has said.
    phaseAgeBd: isPhaseKnown(deal) ? bdSince(deal.phaseSince) : 0,
    phaseWatchBd: phaseWatchOf(deal.segment, rules),
    engagedContacts: contacts.length === 0 ? undefined : people.engaged,
    deciderEngaged: contacts.length === 0 ? undefined : people.decider === 'engaged',
    leftBd,
    sinceAdvanceBd: bdSince(touches.findLast(({ advance }) => advance)?.on ?? deal.openedOn),
    runwayBd,
    share,
    liveSteps: steps.filter(isKept).length,
    offerSent: steps.some((step) => isFinished(step) && offerKeys.has(step.stepKey ?? '')),
    quietGapBd: figures.gap.days,
    isMutual,
  };
}

function healthFactsOf(
  measured: Measured,
  figures: PlanFigures,
  stalls: readonly Stall[],
): HealthFacts {
  const { rows, today, calendar, norms, leftBd } = measured;
  const { deal, steps, contacts } = rows;
  const { slips, share, runwayBd, coverage, rally, people, nextStep, dateMissed } = figures;
  const { openedOn, decisionOn } = deal;
  return {
    ageDays: daysBetween(openedOn, today),
    share,
    buyerOnTime: onTime(steps, 'buyer', today),
    nextStep: nextStep ? scoreNextStep(nextStep, measured) : 0,
    // A pause has an end: like every stall, the lack of a step waits for it.
    hasNextStep: isAhead(nextStep, today) || isPaused(deal, today),
    coverage: steps.length === 0 && coverage === 0 ? undefined : coverage,
    runwayBd,
    pace: paceRatio(steps, { openedOn, decisionOn, today }, calendar),
    reply: rally && { ...rally, meetingBooked: isMeetingAhead(steps, today) },
    slips: slips.slips,
    slippedOverHalf: slippedOverHalf(deal, slips),
    dateMissed,
    leftBd,
    people: contacts.length === 0 ? undefined : { ...people, target: norms.contacts },
    stalled: stalls.some(({ severity }) => severity === 'stall'),
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
  const open = inDueOrder(steps.filter(isOpen));
  return open.find(({ dueOn }) => dueOn >= today) ?? open.at(-1);
}

/** A step that is late lies behind us, though it is the next to do (METHOD §3.6). */
function isAhead(nextStep: Homework | undefined, today: Day): boolean {
  return nextStep !== undefined && !isLate(nextStep, today);
}

function scoreNextStep(step: Homework, { today, calendar, norms }: Measured): number {
  return nextStepScore({
    passed: step.dueOn < today,
    withinHorizon: businessDaysBetween(today, step.dueOn, calendar) <= norms.nextStepHorizonBd,
    agreed: step.agreedOn !== undefined,
    named: step.doer.contactId !== undefined,
    inPlan: true,
  });
}

function isPhaseKnown({ imported, phaseSince, openedOn }: OpenDeal): boolean {
  return !imported || phaseSince !== openedOn;
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
