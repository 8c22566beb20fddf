import type { Tally } from './plan-metrics.ts';
import type { StallCode } from './stalls.ts';

const fewestEachSide = 10;
const fewestSeen = 3;

/** How often deals that ended one way ever had a stall. */
export interface Blocker {
  readonly code: StallCode;
  readonly lost: Tally;
  readonly won: Tally;
}

/**
 * The share of lost deals that ever had it ÷ the share of won ones; infinite when no won deal had
 * it; undefined under ten deals a side or three that had it (METHOD §3.5, blocker lift).
 */
export function blockerLift({ lost, won }: Pick<Blocker, 'lost' | 'won'>): number | undefined {
  if (lost.n < fewestEachSide || won.n < fewestEachSide) return undefined;
  if (lost.k + won.k < fewestSeen) return undefined;
  const [inLost, inWon] = [lost.k / lost.n, won.k / won.n];
  return inWon === 0 ? Number.POSITIVE_INFINITY : inLost / inWon;
}

/** Over this a blocker is seen in losses clearly more often than in wins (design). */
const overLift = 1.5;
const shownBlockers = 3;

/** Those losses have clearly more of, the furthest over first. */
export function overRepresented(
  blockers: readonly Blocker[],
): { readonly blocker: Blocker; readonly lift: number }[] {
  return blockers
    .flatMap((blocker) => {
      const lift = blockerLift(blocker);
      return lift !== undefined && lift >= overLift ? [{ blocker, lift }] : [];
    })
    .sort((a, b) => b.lift - a.lift || b.blocker.lost.k - a.blocker.lost.k)
    .slice(0, shownBlockers);
}

/** `3.0 times`, or what is said when no won deal had it. */
export function sayLift(lift: number): string {
  return Number.isFinite(lift) ? `${lift.toFixed(1)} times as often` : 'in none of the wins';
}

/** How sure somebody was, 0–1, and whether it came true. */
export interface Forecast {
  readonly stated: number;
  readonly won: boolean;
}

/** The mean squared distance from what came, 0 is perfect; undefined of nothing (METHOD §3.5). */
export function brierScore(forecasts: readonly Forecast[]): number | undefined {
  if (forecasts.length === 0) return undefined;
  const squares = forecasts.map(({ stated, won }) => (stated - Number(won)) ** 2);
  return squares.reduce((sum, square) => sum + square, 0) / forecasts.length;
}
