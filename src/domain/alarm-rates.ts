import type { Day } from './calendar.ts';
import type { PersonId } from './ids.ts';
import type { Tally } from './plan-metrics.ts';
import { phases, type Segment, type SegmentNorms } from './segment.ts';
import type { StallCode } from './stalls.ts';
import {
  fewest,
  inRange,
  isSame,
  mapPhases,
  most,
  segmentNormsOf,
  type TeamRules,
  type ThresholdCode,
  thresholdCodes,
  thresholdOf,
  usualRules,
  withNorms,
  withThreshold,
} from './team-rules.ts';

/** One question that reached somebody, about one rule. */
export interface AlarmAnswer {
  readonly code: StallCode;
  /** Of the deal it was about. */
  readonly segment: Segment;
  readonly personId: PersonId;
  readonly on: Day;
  /** They called it not a problem. */
  readonly dismissed: boolean;
}

/** Calendar days back that a rate looks. */
export const alarmDays = 90;
/** Fewer questions say nothing about a rule. */
export const fewestAsked = 8;
/** Of fewer people a rate would be somebody's own. */
export const fewestPeople = 3;
const mostlyShare = 0.5;

/** The codes whose numbers a segment has of its own. */
export const segmentCodes = ['buyer_silence', 'phase_age', 'quiet_gap', 'no_power'] as const;

/** Codes that count nothing a team could set. */
export const fixedCodes = ['date_missed', 'single_thread', 'one_sided'] as const;

/** A rule as one setting changes it: of all deals, or of those of a segment. */
export interface RuleScope {
  readonly code: StallCode;
  /** Named for `segmentCodes` alone. */
  readonly segment: Segment | undefined;
}

/**
 * How often a rule was called not a problem, of the questions it asked; never of one person.
 * `few`: not enough questions yet; `few_people`: a count would say what one of them answered.
 */
export interface AlarmRate extends RuleScope {
  readonly tally: Tally;
  readonly standing: 'few' | 'few_people' | 'heard' | 'dismissed';
}

/** @param since the day its numbers last changed: what was asked up to then was another rule. */
export function alarmRateOf(
  answers: readonly AlarmAnswer[],
  scope: RuleScope,
  since: Day | undefined,
): AlarmRate {
  const asked = answers.filter(
    ({ code, segment, on }) =>
      code === scope.code &&
      (scope.segment === undefined || segment === scope.segment) &&
      (since === undefined || on > since),
  );
  const tally = { k: asked.filter(({ dismissed }) => dismissed).length, n: asked.length };
  const people = new Set(asked.map(({ personId }) => personId)).size;
  return { ...scope, tally, standing: standingOf(tally, people) };
}

function standingOf({ k, n }: Tally, people: number): AlarmRate['standing'] {
  if (n < fewestAsked) return 'few';
  if (people < fewestPeople) return 'few_people';
  return k / n >= mostlyShare ? 'dismissed' : 'heard';
}

/** One version of a team's rules and the day it began. */
export interface RulesVersion {
  readonly rules: TeamRules;
  readonly on: Day;
}

/** The day the numbers of a rule last changed; undefined when they never did. */
export function lastChangedOn(
  newestFirst: readonly RulesVersion[],
  scope: RuleScope,
): Day | undefined {
  return newestFirst.find(({ rules }, at) => {
    const before = newestFirst[at + 1]?.rules ?? usualRules;
    return !isSame(numbersOf(scope, rules), numbersOf(scope, before));
  })?.on;
}

/**
 * The numbers a rule goes by, in the order they are said, none for one that counts nothing. Of
 * silence: the limit of each phase, then the typical reply.
 */
export function numbersOf({ code, segment }: RuleScope, rules: TeamRules): readonly number[] {
  if (isThresholdCode(code)) {
    const { watch, stall } = thresholdOf(code, rules);
    return [watch, stall];
  }
  if (!segment) return [];
  const norms = segmentNormsOf(segment, rules);
  if (code === 'buyer_silence') {
    const limits = phases.map((phase) => norms.silenceLimitBd[phase]);
    return [...limits, norms.typicalReplyBd];
  }
  if (code === 'phase_age') return [norms.phaseAgeBd];
  if (code === 'quiet_gap') return [norms.quietGapBd];
  return code === 'no_power' ? [norms.deciderMetBd.watch, norms.deciderMetBd.stall] : [];
}

/**
 * The rules with one of them speaking up half as long again later: 7 becomes 10. Undefined when it
 * has no number, or none that goes further.
 */
export function loosened(rules: TeamRules, { code, segment }: RuleScope): TeamRules | undefined {
  const next = isThresholdCode(code)
    ? withThreshold(rules, code, {
        watch: later(thresholdOf(code, rules).watch),
        stall: later(thresholdOf(code, rules).stall),
      })
    : segment && withNorms(rules, segment, laterNorms(code, segmentNormsOf(segment, rules)));
  return next && !isSame(numbersOf({ code, segment }, next), numbersOf({ code, segment }, rules))
    ? next
    : undefined;
}

function laterNorms(code: StallCode, norms: SegmentNorms): Partial<SegmentNorms> {
  if (code === 'buyer_silence') {
    const silenceLimitBd = mapPhases((phase) => later(norms.silenceLimitBd[phase]));
    // How often they usually answer decides as well, until they have shown it themselves.
    return { silenceLimitBd, typicalReplyBd: later(norms.typicalReplyBd) };
  }
  if (code === 'phase_age') return { phaseAgeBd: later(norms.phaseAgeBd) };
  if (code === 'quiet_gap') return { quietGapBd: later(norms.quietGapBd) };
  if (code !== 'no_power') return {};
  // Days before the decision: fewer of them is later.
  const { watch, stall } = norms.deciderMetBd;
  return { deciderMetBd: { watch: nearer(watch), stall: nearer(stall) } };
}

function later(value: number): number {
  return Math.min(most, Math.max(value + 1, Math.floor(value * 1.5)));
}

function nearer(value: number): number {
  return inRange(Math.floor((value * 2) / 3), fewest);
}

function isThresholdCode(code: StallCode): code is ThresholdCode {
  return (thresholdCodes as readonly StallCode[]).includes(code);
}
