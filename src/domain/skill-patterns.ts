import type { Tally } from './plan-metrics.ts';
import { citedSkills } from './recurrence.ts';

const shownSkills = 3;

/** A skill that finished reviews point to, of all of them. */
export interface SkillPattern {
  readonly skill: string;
  readonly reviews: Tally;
  /** Three reviews or more and a quarter of them (METHOD §3.5, recurrence). */
  readonly recurs: boolean;
}

/** The three skills most reviews cite by any of their reasons, each review once a skill. */
export function topSkills(
  reviews: readonly { readonly codes: readonly string[] }[],
): SkillPattern[] {
  return citedSkills(reviews.map(({ codes }) => ({ reasonCodes: codes })))
    .slice(0, shownSkills)
    .map(({ skill, cited: k, reviews: n, recurs }) => ({ skill, reviews: { k, n }, recurs }));
}
