import type { Tally } from './plan-metrics.ts';

/** Under so many a share says nothing (design). */
export const fewestForRate = 5;
/** Under so many a share stands with its interval (METHOD §3.5, win rate). */
const fewestForBare = 30;

// The 97.5th percentile of the normal distribution: an interval of 95 %.
const z = 1.959963984540054;

/** Where a true share most likely lies, 0–1. */
export interface Interval {
  readonly low: number;
  readonly high: number;
}

/** The Wilson interval of 95 %; undefined of nothing (METHOD §3.5, appendix A). */
export function wilson({ k, n }: Tally): Interval | undefined {
  if (n === 0) return undefined;
  const share = k / n;
  const middle = share + z ** 2 / (2 * n);
  const half = z * Math.sqrt((share * (1 - share)) / n + z ** 2 / (4 * n ** 2));
  const whole = 1 + z ** 2 / n;
  return { low: Math.max(0, (middle - half) / whole), high: Math.min(1, (middle + half) / whole) };
}

/** 0–1; undefined under the fewest it takes. */
export function shareOf({ k, n }: Tally, fewest = fewestForRate): number | undefined {
  return n === 0 || n < fewest ? undefined : k / n;
}

/** `43 %`. */
function sayPercent(share: number): string {
  return `${Math.round(share * 100)} %`;
}

/**
 * `60 of 140 (43 %)`; under 30 with its interval, `6 of 14 (43 %, likely 21–67 %)`; under `fewest`
 * no share at all, `not enough yet (3 of 5)` (METHOD §3.3, 19).
 */
export function sayRate(rate: Tally, fewest = fewestForRate): string {
  const share = shareOf(rate, fewest);
  if (share === undefined) return sayTooFew(rate.n, fewest);
  const { k, n } = rate;
  const interval = n < fewestForBare ? wilson(rate) : undefined;
  const likely = interval
    ? `, likely ${Math.round(interval.low * 100)}–${sayPercent(interval.high)}`
    : '';
  return `${k.toLocaleString('en')} of ${n.toLocaleString('en')} (${sayPercent(share)}${likely})`;
}

/** What stands where a number would rest on too little. */
export function sayTooFew(n: number, fewest: number): string {
  return `not enough yet (${n} of ${fewest})`;
}

/** `3 of 4`, for counts of promises and the like that are no estimate of anything. */
export function sayTally({ k, n }: Tally): string {
  return `${k.toLocaleString('en')} of ${n.toLocaleString('en')}`;
}

/** The middle value, the mean of both middle ones; undefined of nothing. */
export function medianOf(values: readonly number[]): number | undefined {
  return quantileOf(values, 0.5);
}

/** By linear interpolation between the two nearest values; undefined of nothing. */
export function quantileOf(values: readonly number[], part: number): number | undefined {
  if (values.length === 0) return undefined;
  const sorted = [...values].sort((a, b) => a - b);
  const place = (sorted.length - 1) * part;
  const low = sorted[Math.floor(place)] ?? 0;
  const high = sorted[Math.ceil(place)] ?? low;
  return low + (high - low) * (place - Math.floor(place));
}
