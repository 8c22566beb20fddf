import { addDays, type Day, daysBetween } from './calendar.ts';
import type { DealId } from './ids.ts';

/** What is known at the moment a deal is won. */
export interface WinSample {
  /** How many wins of this month are to be looked at. */
  readonly wanted: number;
  /** How many of them have been taken already. */
  readonly taken: number;
  /** How many wins this month will still bring, this one included; at least 1. */
  readonly expected: number;
}

/**
 * Whether a win is looked at like a loss (METHOD S1-2). Wins come one by one, so taking the first of
 * a month would only ever show its quick early ones, and a draw at its end would look at deals weeks
 * old. Each is taken with the chance of the places that are left among the wins still expected:
 * every win of an even month is as likely as any other, a month that brings fewer than it used to
 * fills up towards its end, and the number is never passed. The draw is the deal's own id, so that
 * the same win asked twice gets the same answer and nobody can try again.
 */
export function isSampledWin(dealId: DealId, { wanted, taken, expected }: WinSample): boolean {
  const left = wanted - taken;
  return left > 0 && drawOf(dealId) < left / Math.max(1, expected);
}

/** How long wins are remembered for what a month will bring, in calendar days. */
export const rememberedDays = 365;

/**
 * The wins a month will still bring, this one included, going by those of the last year; a team
 * without any takes what comes first.
 *
 * @param won wins of the last 365 days before this one.
 */
export function expectedWins(won: number, today: Day): number {
  return 1 + (won / rememberedDays) * daysBetween(today, lastDayOf(today));
}

/** The first day of a day's month. */
export function firstDayOf(today: Day): Day {
  return `${today.slice(0, 7)}-01` as Day;
}

function lastDayOf(today: Day): Day {
  return addDays(firstDayOf(addDays(firstDayOf(today), 31)), -1);
}

/** A number from 0 up to 1 that is spread evenly over ids (FNV-1a with a final mix). */
function drawOf(id: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < id.length; at += 1) {
    hash = Math.imul(hash ^ id.charCodeAt(at), 0x01000193);
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return ((hash ^ (hash >>> 16)) >>> 0) / 2 ** 32;
}
