import type { PersonId } from './ids.ts';
import type { Person } from './person.ts';
import {
  isRenewal,
  normsOf,
  type Phase,
  phases,
  type Segment,
  type SegmentNorms,
  segmentNorms,
  segments,
} from './segment.ts';
import type { StallCode } from './stalls.ts';

/** From where a rule says "watch" and from where "stall"; business days, or what the rule counts. */
export interface Threshold {
  readonly watch: number;
  readonly stall: number;
}

/** What a team changed about the rules; what is not named is as METHOD §3.6 has it. */
export interface TeamRules {
  readonly norms: Partial<Record<Segment, Partial<SegmentNorms>>>;
  readonly thresholds: Partial<Record<StallCode, Threshold>>;
}

/** A team that changed nothing. */
export const usualRules: TeamRules = { norms: {}, thresholds: {} };

/** The codes with two numbers of their own; those of the others are the segment's, or none. */
export const thresholdCodes = [
  'no_next_step',
  'buyer_item_late',
  'ball_with_us',
  'date_slipped',
  'ping_pong',
  'unmutual',
  'does_not_fit',
] as const;

export type ThresholdCode = (typeof thresholdCodes)[number];

/**
 * The numbers of METHOD §3.6, each "from so many on", in business days or in slips; of
 * `does_not_fit` each is "by more than so many business days".
 */
export const usualThresholds: Readonly<Record<ThresholdCode, Threshold>> = {
  no_next_step: { watch: 2, stall: 5 },
  buyer_item_late: { watch: 3, stall: 7 },
  ball_with_us: { watch: 2, stall: 4 },
  date_slipped: { watch: 1, stall: 3 },
  ping_pong: { watch: 7, stall: 10 },
  unmutual: { watch: 5, stall: 10 },
  does_not_fit: { watch: 0, stall: 5 },
};

/** Which numbers a rule may have: whole, and no longer than half a year of business days. */
export const fewest = 1;
export const most = 120;

/** The least a number of a code may be: "by more than 0 days" makes sense, "from 0 slips on" not. */
export function fewestOf(code: ThresholdCode): number {
  return code === 'does_not_fit' ? 0 : fewest;
}

/** The numbers that count for a team. */
export function thresholdOf(code: ThresholdCode, { thresholds }: TeamRules): Threshold {
  return thresholds[code] ?? usualThresholds[code];
}

/** What counts for a team in a segment, before what is special about a deal. */
export function segmentNormsOf(segment: Segment, { norms }: TeamRules): SegmentNorms {
  return { ...segmentNorms[segment], ...norms[segment] };
}

/**
 * What is usual for a deal in the eyes of its team. A renewal may be quiet for as long as renewals
 * usually are, unless the team gave its segment longer still.
 */
export function teamNormsOf(deal: Parameters<typeof normsOf>[0], rules: TeamRules): SegmentNorms {
  const own = rules.norms[deal.segment];
  const usual = normsOf(deal);
  const norms = { ...usual, ...own };
  if (!isRenewal(deal)) return norms;
  return { ...norms, quietGapBd: Math.max(norms.quietGapBd, usual.quietGapBd) };
}

/** Managers set the numbers of their own reports, admins those of every team. */
export function canManageTeam(
  actor: Pick<Person, 'id' | 'role' | 'standing' | 'active'>,
  managerId: PersonId,
): boolean {
  if (!actor.active || actor.standing !== 'member') return false;
  return actor.role === 'admin' || (actor.role === 'manager' && actor.id === managerId);
}

/** Changes some norms of one segment. */
export function withNorms(
  rules: TeamRules,
  segment: Segment,
  changed: Partial<SegmentNorms>,
): TeamRules {
  const norms = { ...rules.norms[segment], ...changed };
  return withoutUsual({ ...rules, norms: { ...rules.norms, [segment]: norms } });
}

/** Changes the two numbers of one code. */
export function withThreshold(
  rules: TeamRules,
  code: ThresholdCode,
  threshold: Threshold,
): TeamRules {
  return withoutUsual({ ...rules, thresholds: { ...rules.thresholds, [code]: threshold } });
}

/**
 * Leaves out every number that is the usual one, so that the same rules always look the same and a
 * better default reaches the teams that never chose otherwise.
 */
function withoutUsual({ norms, thresholds }: TeamRules): TeamRules {
  const ofSegments = segments.flatMap((segment) => {
    const usual = segmentNorms[segment];
    const kept = (Object.keys(usual) as (keyof SegmentNorms)[]).flatMap((name) => {
      const own = norms[segment]?.[name];
      return own === undefined || isSame(own, usual[name]) ? [] : [[name, own] as const];
    });
    return kept.length > 0 ? [[segment, Object.fromEntries(kept)] as const] : [];
  });
  const codes = thresholdCodes.flatMap((code) => {
    const own = thresholds[code];
    return own === undefined || isSame(own, usualThresholds[code]) ? [] : [[code, own] as const];
  });
  return { norms: Object.fromEntries(ofSegments), thresholds: Object.fromEntries(codes) };
}

/** Whether two sets of rules come to the same numbers. */
export function sameRules(one: TeamRules, other: TeamRules): boolean {
  return isSame(withoutUsual(one), withoutUsual(other));
}

/** By content: a database may give the parts of a value back in another order. */
export function isSame(one: unknown, other: unknown): boolean {
  return inOrder(one) === inOrder(other);
}

function inOrder(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) =>
    typeof part === 'object' && part !== null
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );
}

/** The limit for silence, phase by phase, from a number for each. */
export function mapPhases(to: (phase: Phase) => number): SegmentNorms['silenceLimitBd'] {
  return Object.fromEntries(phases.map((phase) => [phase, to(phase)])) as Record<Phase, number>;
}

/** A number a rule may have, next to the one that was worked out. */
export function inRange(value: number, least = fewest): number {
  return Math.min(most, Math.max(least, Math.round(value)));
}
