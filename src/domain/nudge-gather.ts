import {
  addDays,
  type BusinessCalendar,
  type Calendars,
  type Day,
  daysBetween,
  isBusinessDay,
} from './calendar.ts';
import type { Privacy } from './deal.ts';
import { groupBy } from './group.ts';
import type { DealId, PersonId } from './ids.ts';
import { isAboutDeal, isFollowUp } from './nudge.ts';
import {
  type Matter,
  type MatterDeal,
  type MatterStep,
  matterOf,
  matterOfStall,
  matterOfStep,
} from './nudge-matters.ts';
import { type AskedBefore, unansweredLimit, unansweredStreak } from './nudge-plan.ts';
import { isStalled, type Severity, type StallCode } from './stalls.ts';

/** Whose question something is, and what decides whether it may be passed on. */
interface ForSomebody extends MatterDeal {
  /** The doer of a step, or the deal's owner. */
  readonly personId: PersonId;
  readonly privacy: Privacy;
  /** Whose holidays the buyer keeps. */
  readonly buyerRegion: string | undefined;
  /** They told us they are back on that day. */
  readonly backOn: Day | undefined;
}

/** An open step, with the person to ask about it. */
export type StepToAsk = MatterStep & ForSomebody & { readonly gate: boolean };

/** What holds a deal up, with the person to ask about it. */
export type StallToAsk = ForSomebody & {
  readonly code: StallCode;
  readonly severity: Severity;
  readonly firstOn: Day;
  /** The day the deal began. */
  readonly openedOn: Day;
};

/** Who is asked instead of somebody else. */
export interface Absent {
  /** Colleagues who left or have no Slack account, each with whoever led them. */
  readonly left: ReadonlyMap<PersonId, PersonId>;
  /** Colleagues who are away, each with the stand-in they named. */
  readonly away: ReadonlyMap<PersonId, PersonId>;
}

/** Everything there is to ask about, for all readers of a morning. */
export interface MorningFacts {
  readonly today: Day;
  readonly steps: readonly StepToAsk[];
  readonly stalls: readonly StallToAsk[];
  readonly absent: Absent;
  readonly history: ReadonlyMap<PersonId, readonly AskedBefore[]>;
  /** Deals that somebody besides the owner works on or was asked to help with. */
  readonly helped: ReadonlySet<DealId>;
}

/** The third question about a stalled deal is the last of its kind: then come the ways out. */
const rampAfter = 2;
/** An escalation is news for so many calendar days after the question that nobody answered. */
const freshDays = 14;

/** What there is to ask each reader, given with the calendar they work by. */
export function gatherMatters(
  facts: MorningFacts,
  readers: ReadonlyMap<PersonId, BusinessCalendar>,
): Map<PersonId, Matter[]> {
  const matters = new Map<PersonId, Matter[]>([...readers.keys()].map((id) => [id, []]));
  for (const step of facts.steps) {
    const personId = readerOf(step, facts, readers, step.gate);
    const calendar = personId && readers.get(personId);
    const matter = calendar && matterOfStep(step, facts.today, calendar);
    if (personId && matter && !waits(step, matter, facts.today)) {
      matters.get(personId)?.push(matter);
    }
  }
  for (const stalls of groupBy(facts.stalls, ({ dealId }) => dealId).values()) {
    addStalls(stalls, facts, readers, matters);
  }
  return matters;
}

/** A deal this young, in calendar days, is left to get going (METHOD §3.5, "new"). */
const youngDays = 3;

/** What is asked about one deal as a whole. After its day all else hangs on how it ended. */
function addStalls(
  stalls: readonly StallToAsk[],
  facts: MorningFacts,
  readers: ReadonlyMap<PersonId, BusinessCalendar>,
  matters: ReadonlyMap<PersonId, Matter[]>,
): void {
  const missed = stalls.filter(({ code }) => code === 'date_missed');
  const [first] = stalls;
  const personId = first && readerOf(first, facts, readers, missed.length > 0);
  const known = personId && matters.get(personId);
  if (!known) return;
  for (const stall of missed.length > 0 ? missed : stalls) {
    const matter = matterOfStall(stall, stall);
    if (!matter || waits(stall, matter, facts.today) || isTooYoung(stall, facts.today)) continue;
    if (!(matter.kind === 'owe_reply' && owesStep(known, stall.dealId))) known.push(matter);
  }
  known.push(...dealMatters(first, stalls, facts));
}

/** What a stalled deal asks for besides its codes: somebody who helps, and in the end a way out. */
function dealMatters(
  deal: StallToAsk,
  stalls: readonly StallToAsk[],
  facts: MorningFacts,
): Matter[] {
  if (!isStalled(stalls)) return [];
  const before = facts.history.get(deal.personId) ?? [];
  const isHard = stalls.some(({ severity }) => severity === 'stall');
  const missed = stalls.some(({ code }) => code === 'date_missed');
  // Who could help is asked after a first question about the deal itself.
  const known = before.some(({ dealId }) => dealId === deal.dealId);
  const ramp = isHard && stallDays(before, deal.dealId) >= rampAfter;
  return [
    ...(ramp ? [matterOf(deal, 'exit_ramp', { severity: 'stall' })] : []),
    ...(known && !missed && !facts.helped.has(deal.dealId) ? [matterOf(deal, 'alone')] : []),
  ];
}

const notAboutStall: ReadonlySet<string> = new Set(['alone', 'manager_help', 'still_worth']);

/** On how many days the owner was asked about a stall of a deal that was one. */
function stallDays(before: readonly AskedBefore[], dealId: DealId): number {
  const asked = before.filter(
    (one) =>
      one.dealId === dealId &&
      one.severity === 'stall' &&
      one.answer !== 'not_a_problem' &&
      isAboutDeal(one) &&
      !notAboutStall.has(one.kind),
  );
  return new Set(asked.map(({ on }) => on)).size;
}

function isTooYoung({ openedOn, severity }: StallToAsk, today: Day): boolean {
  return severity === 'watch' && daysBetween(openedOn, today) < youngDays;
}

/** Theirs and silent, but they told us when they are back. */
function waits({ backOn }: ForSomebody, { onBuyer }: Matter, today: Day): boolean {
  return onBuyer && backOn !== undefined && backOn > today;
}

/** A promise of ours that is late is asked about as the step it is. */
function owesStep(matters: readonly Matter[], dealId: DealId): boolean {
  return matters.some((one) => one.dealId === dealId && one.kind === 'item_late');
}

/**
 * Who is asked: the person themselves, or whoever answers for them. A stand-in keeps the gates
 * moving, and sees nothing of a restricted deal.
 */
function readerOf(
  { personId, privacy }: ForSomebody,
  { absent }: Pick<MorningFacts, 'absent'>,
  readers: ReadonlyMap<PersonId, BusinessCalendar>,
  cannotWait: boolean,
): PersonId | undefined {
  if (readers.has(personId)) return personId;
  const manager = absent.left.get(personId);
  if (manager) return manager;
  return cannotWait && privacy === 'team' ? absent.away.get(personId) : undefined;
}

/** The deals a stand-in is asked about, and so may change: each with who stands in. */
export function standsIn(
  facts: Pick<MorningFacts, 'absent' | 'steps' | 'stalls'>,
): { readonly dealId: DealId; readonly personId: PersonId }[] {
  const asked = [
    ...facts.steps.filter(({ gate }) => gate),
    ...facts.stalls.filter(({ code }) => code === 'date_missed'),
  ];
  return asked.flatMap(({ dealId, personId, privacy }) => {
    const standIn = privacy === 'team' ? facts.absent.away.get(personId) : undefined;
    return standIn ? [{ dealId, personId: standIn }] : [];
  });
}

/** Questions that ask the owner first who could help, or how it goes on. */
const offersWay: ReadonlySet<string> = new Set(['alone', 'date_passed', 'exit_ramp']);

/**
 * Deals whose owner left three questions about one thing unanswered, each with the manager to tell
 * (METHOD §3.6; FIELD, escalation). The owner was asked first who could help.
 */
export function findEscalations(
  { history, helped, today }: Pick<MorningFacts, 'history' | 'helped' | 'today'>,
  reports: ReadonlyMap<PersonId, PersonId>,
): Map<DealId, PersonId> {
  const found = new Map<DealId, PersonId>();
  for (const [ownerId, managerId] of reports) {
    const asked = history.get(ownerId) ?? [];
    for (const dealId of missedThrice(asked, today)) {
      const wasOffered = asked.some((one) => one.dealId === dealId && offersWay.has(one.kind));
      if (wasOffered || helped.has(dealId)) found.set(dealId, managerId);
    }
  }
  return found;
}

/** The deals of which something was asked three times, lately, without an answer. */
function missedThrice(asked: readonly AskedBefore[], today: Day): Set<DealId> {
  // What follows from an ended deal goes its own ways, and a practice is nobody else's matter.
  const ofPlans = asked.filter(({ kind }) => !isFollowUp(kind));
  const missed = [...groupBy(ofPlans, (one) => one.subject).values()].filter(
    (all) =>
      unansweredStreak(all) >= unansweredLimit &&
      (all.at(-1)?.on ?? today) >= addDays(today, -freshDays),
  );
  return new Set(missed.flatMap((all) => all.slice(-1).map(({ dealId }) => dealId)));
}

/** The deals whose buyer has a day off: nobody is asked about their silence. */
export function dealsOff(
  deals: readonly Pick<ForSomebody, 'dealId' | 'buyerRegion'>[],
  today: Day,
  calendars: Calendars,
): Set<DealId> {
  const off = new Map<string | undefined, boolean>();
  const isOff = (region: string | undefined) => {
    const known = off.get(region) ?? !isBusinessDay(today, calendars.buyerOf(region));
    off.set(region, known);
    return known;
  };
  return new Set(
    deals
      .filter(({ buyerRegion }) => buyerRegion && isOff(buyerRegion))
      .map(({ dealId }) => dealId),
  );
}
