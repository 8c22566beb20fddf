import type { Outcome } from './loss.ts';
import { findReason } from './loss-reasons.ts';
import type { EvidenceLevel, WhyClass } from './loss-story.ts';
import type { Tally } from './plan-metrics.ts';
import { type Phase, phases } from './segment.ts';

/** Changes with any formula; a message says which one it was made with (METHOD §3.3, 17). */
export const metricsVersion = 1;

/**
 * Deals of the team that ended alike, counted by the database; what a CRM did not say is undefined.
 * Restricted deals are in none of them.
 */
export interface EndedGroup {
  readonly status: 'won' | 'lost';
  /** Kept apart from new business (METHOD part 5). */
  readonly renewal: boolean;
  readonly outcome: Outcome | undefined;
  /** What lies under `we_withdrew`. */
  readonly underlyingOutcome: Outcome | undefined;
  readonly whyClass: WhyClass | undefined;
  readonly reasonCode: string | undefined;
  readonly phase: Phase | undefined;
  readonly evidence: EvidenceLevel | undefined;
  /** Undefined when nobody knows. */
  readonly lostAlone: boolean | undefined;
  readonly deals: number;
}

type Groups = readonly EndedGroup[];
type Test = (group: EndedGroup) => boolean;

/** How many deals of the groups pass all tests. */
export function countDeals(groups: Groups, ...tests: readonly Test[]): number {
  return groups.reduce(
    (sum, group) => (tests.every((test) => test(group)) ? sum + group.deals : sum),
    0,
  );
}

const isWon: Test = ({ status }) => status === 'won';
export const isLost: Test = ({ status }) => status === 'lost';
const isNewBusiness: Test = ({ renewal }) => !renewal;

/** Won ÷ (won + lost), renewals apart; one we withdrew from counts as lost (METHOD §3.5). */
export function winRate(groups: Groups): Tally {
  const won = countDeals(groups, isWon, isNewBusiness);
  return { k: won, n: won + countDeals(groups, isLost, isNewBusiness) };
}

/** Renewals that were kept. */
export function renewalRate(groups: Groups): Tally {
  const renewed = countDeals(groups, isWon, ({ renewal }) => renewal);
  return { k: renewed, n: renewed + countDeals(groups, isLost, ({ renewal }) => renewal) };
}

/** Won ÷ (won + lost to a rival or to the one they had), renewals apart (METHOD §3.5). */
export function competitiveWinRate(groups: Groups): Tally {
  const won = countDeals(groups, isWon, isNewBusiness);
  const taken = countDeals(
    groups,
    isLost,
    isNewBusiness,
    ({ outcome }) => outcome === 'rival' || outcome === 'incumbent',
  );
  return { k: won, n: won + taken };
}

const isNoDecision: Test = ({ outcome, underlyingOutcome }) => {
  const lying = outcome === 'we_withdrew' ? underlyingOutcome : outcome;
  return lying === 'none' || lying === 'budget_withdrawn';
};

/** Both denominators, for the same count reads very differently over each (METHOD S4-33). */
export interface NoDecision {
  readonly ofClosed: Tally;
  readonly ofLosses: Tally;
}

/** Losses in which nobody decided, over all that ended and over losses (METHOD §3.5). */
export function noDecisionRate(groups: Groups): NoDecision {
  const k = countDeals(groups, isLost, isNoDecision);
  const losses = countDeals(groups, isLost);
  return {
    ofClosed: { k, n: losses + countDeals(groups, isWon) },
    ofLosses: { k, n: losses },
  };
}

/** Losses nobody said an outcome of, as of a CRM that does not keep it. */
export function untoldOutcomes(groups: Groups): number {
  return countDeals(groups, isLost, ({ outcome }) => outcome === undefined);
}

const knownShare = 0.9;

/** Whether enough losses have an outcome for a rate over it to be about all of them. */
export function knowsOutcomes(groups: Groups): boolean {
  const losses = countDeals(groups, isLost);
  return losses > 0 && (losses - untoldOutcomes(groups)) / losses >= knownShare;
}

/** The two boxes, and losses nobody has put in one (METHOD S4-32). */
export interface Boxes {
  readonly outsold: number;
  readonly notThere: number;
  readonly untold: number;
}

export function boxesOf(groups: Groups): Boxes {
  const inBox = (box: WhyClass | undefined) =>
    countDeals(groups, isLost, ({ whyClass }) => whyClass === box);
  return { outsold: inBox('outsold'), notThere: inBox('not_there'), untold: inBox(undefined) };
}

/** So many losses of a kind; the largest first. */
export interface Count {
  readonly label: string;
  readonly losses: number;
}

export const noReason = 'No reason recorded';
export const noOutcome = 'No outcome recorded';
export const noPhase = 'No phase recorded';

/** Losses by the family of their first reason; those without one come last, under a name of their own. */
export function lossesByFamily(groups: Groups): Count[] {
  return tallied(groups, ({ reasonCode }) => familyOf(reasonCode), noReason);
}

/** Losses by their first reason. */
export function lossesByReason(groups: Groups): Count[] {
  return tallied(
    groups,
    ({ reasonCode }) => (reasonCode ? (findReason(reasonCode)?.label ?? reasonCode) : undefined),
    noReason,
  );
}

function familyOf(code: string | undefined): string | undefined {
  return code === undefined ? undefined : (findReason(code)?.family ?? code);
}

const phaseNames: Readonly<Record<Phase, string>> = {
  awareness: 'Awareness',
  interest: 'Interest',
  preference: 'Preference',
  decision: 'Decision',
};

/** Losses by the phase they ended in, in the order of buying. */
export function lossesByPhase(groups: Groups): Count[] {
  const counts = tallied(groups, ({ phase }) => phase && phaseNames[phase], noPhase);
  const order: readonly string[] = [...phases.map((phase) => phaseNames[phase]), noPhase];
  return counts.sort((a, b) => order.indexOf(a.label) - order.indexOf(b.label));
}

/** Losses by something of theirs; what has none of it comes last. */
export function tallied(
  groups: Groups,
  labelOf: (group: EndedGroup) => string | undefined,
  none: string,
): Count[] {
  const sums = new Map<string, number>();
  for (const group of groups.filter(isLost)) {
    const label = labelOf(group) ?? none;
    sums.set(label, (sums.get(label) ?? 0) + group.deals);
  }
  return [...sums]
    .map(([label, losses]) => ({ label, losses }))
    .sort(
      (a, b) =>
        Number(a.label === none) - Number(b.label === none) ||
        b.losses - a.losses ||
        (a.label < b.label ? -1 : 1),
    );
}

/** Losses nobody but the owner worked on, of those where that is known (METHOD S1-1). */
export function lostAloneRate(groups: Groups): Tally {
  const known: Test = ({ lostAlone }) => lostAlone !== undefined;
  return {
    k: countDeals(groups, isLost, ({ lostAlone }) => lostAlone === true),
    n: countDeals(groups, isLost, known),
  };
}

/** Losses whose reason rests on what the buyer wrote or said, of those with a reason. */
export function heardRate(groups: Groups): Tally {
  const hasReason: Test = ({ reasonCode }) => reasonCode !== undefined;
  return {
    k: countDeals(
      groups,
      isLost,
      hasReason,
      ({ evidence }) => evidence === 'written' || evidence === 'said',
    ),
    n: countDeals(groups, isLost, hasReason),
  };
}
