import { type Money, minorDigits } from './money.ts';
import type { Tally } from './plan-metrics.ts';
import { quantileOf } from './rate.ts';
import type { Segment } from './segment.ts';

/** Calendar days back that speed looks at. */
export const velocityDays = 180;
export const fewestClosed = 10;
export const fewestWon = 3;
export const fewestCycles = 8;

/** Won deals that took the same number of days. */
export interface WonGroup {
  readonly days: number;
  readonly deals: number;
  /** Those with an amount in the team's currency, and its sum in minor units. */
  readonly sized: number;
  readonly minor: number;
}

/** What the speed of a segment rests on; renewals are in none of it. */
export interface SpeedFacts {
  readonly segment: Segment;
  readonly open: number;
  readonly lost: number;
  readonly won: readonly WonGroup[];
}

/**
 * Open deals × mean won amount × win rate ÷ mean won days, in minor units a day; undefined under ten
 * closed or three won deals that have an amount (METHOD §3.5, velocity). A cycle is a day at least.
 */
export function velocityOf({ open, lost, won }: SpeedFacts): number | undefined {
  const deals = sum(won.map((group) => group.deals));
  const sized = sum(won.map((group) => group.sized));
  if (deals + lost < fewestClosed || sized < fewestWon) return undefined;
  const amount = sum(won.map(({ minor }) => minor)) / sized;
  const days = sum(won.map((group) => Math.max(1, group.days) * group.deals)) / deals;
  return computeVelocity({ open, amount, rate: { k: deals, n: deals + lost }, days });
}

/** The bare formula, in whatever unit the amount has. */
export function computeVelocity(facts: {
  readonly open: number;
  readonly amount: number;
  readonly rate: Tally;
  readonly days: number;
}): number {
  const { open, amount, rate, days } = facts;
  return (open * amount * (rate.k / rate.n)) / days;
}

/** How long a won deal takes, in calendar days. */
export interface Cycle {
  readonly median: number;
  readonly p75: number;
  readonly n: number;
}

/** Median and 75th percentile of won deals; undefined under eight (METHOD §3.5, typical cycle). */
export function typicalCycle(won: readonly Pick<WonGroup, 'days' | 'deals'>[]): Cycle | undefined {
  const days = won.flatMap((group) => Array<number>(group.deals).fill(group.days));
  if (days.length < fewestCycles) return undefined;
  const [median = 0, p75 = 0] = [quantileOf(days, 0.5), quantileOf(days, 0.75)];
  return { median, p75, n: days.length };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

/** Whole units of a currency: the figure is an estimate anyway. */
export function roundMinor(minor: number, currency: string): Money {
  const unit = 10 ** minorDigits(currency);
  return { minor: Math.round(minor / unit) * unit, currency };
}
