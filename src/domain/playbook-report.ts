import type { Tally } from './plan-metrics.ts';

/** How a step of a playbook fared over all plans that had it. */
export interface StepFate {
  /** Not finished by its first date, of those whose first date has come. */
  readonly late: Tally;
  readonly declined: Tally;
  readonly pointless: Tally;
  /** A blank look, of those where somebody said how it was taken (METHOD S0-16). */
  readonly blank: Tally;
}

/** Fewer say nothing about a step: neither that it is pointless nor that it puzzles people. */
export const fewestUses = 5;
const pointlessShare = 0.2;

/** Five uses or more, and a fifth of them called it pointless (METHOD S0-15). */
export function isWorthRewriting({ pointless: { k, n } }: StepFate): boolean {
  return n >= fewestUses && k / n >= pointlessShare;
}
