import type { Day } from './calendar.ts';
import type { StallId } from './ids.ts';
import type { Stall } from './stalls.ts';

/** A stall as it is kept while it lasts: one a code and deal. */
export interface OpenStall extends Stall {
  readonly id: StallId;
  readonly firstOn: Day;
  /** The last day on which it was found. */
  readonly lastOn: Day;
}

/** What a day makes of the stalls of a deal. */
export interface StallChanges {
  /** Found for the first time, or again after it was gone. */
  readonly opened: readonly Stall[];
  /** Still there, but worse or better, with the evidence of the day it turned. */
  readonly changed: readonly OpenStall[];
  /** Gone. */
  readonly cleared: readonly OpenStall[];
}

/**
 * Compares what is kept of a deal with what was found today. A second time on the same day there is
 * nothing to do; a day that is looked at again later takes no day back. How long a stall lasts by now
 * its first day says, so what merely goes on is not written again.
 */
export function reconcileStalls(
  kept: readonly OpenStall[],
  found: readonly Stall[],
  today: Day,
): StallChanges {
  const changed: OpenStall[] = [];
  const cleared: OpenStall[] = [];
  for (const before of kept) {
    const now = found.find(({ code }) => code === before.code);
    if (!now) cleared.push(before);
    else if (before.severity !== now.severity) {
      changed.push({ ...before, ...now, lastOn: last(before, today) });
    }
  }
  const opened = found.filter((stall) => !kept.some(({ code }) => code === stall.code));
  return { opened, changed, cleared };
}

function last({ lastOn }: OpenStall, today: Day): Day {
  return lastOn > today ? lastOn : today;
}
