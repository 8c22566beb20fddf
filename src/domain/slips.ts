import { type BusinessCalendar, businessDaysBetween, type Day, daysBetween } from './calendar.ts';

/** How a decision date came to move; `correction` is a slip of the finger within a day. */
export type RevisionKind = 'slip' | 'pull_in' | 'correction' | 'missed';

/** Whose doing it was. */
export type RevisionSide = 'us' | 'buyer' | 'both' | 'outside';

/** The ways to keep a date that come before moving it (METHOD S2-11). */
export type KeepWay = 'squeeze' | 'parallel' | 'drop' | 'fast_lane' | 'help';

/** One move of the decision date; a row of it is never changed. */
export interface DateRevision {
  readonly fromOn: Day;
  readonly toOn: Day;
  /** The day it was moved, in the deal's zone. */
  readonly on: Day;
  readonly kind: RevisionKind;
  readonly side: RevisionSide;
  readonly acknowledged: boolean;
}

/** What stands beside a decision date for ever (METHOD §3.3, 4). Calendar days. */
export interface SlipSummary {
  readonly slips: number;
  /** All moves out, added up. */
  readonly grossDays: number;
  /** All moves in, added up. */
  readonly pulledDays: number;
  /** From the first date to the one that stands now. */
  readonly netDays: number;
  /** A second or later slip that the manager has not seen yet (METHOD §3.3, 5). */
  readonly unseenByManager: boolean;
  /** The last two slips were about a month each and made at the last moment. */
  readonly rolling: boolean;
}

const rollingDays = { least: 25, most: 35 };
const lastMomentBd = 3;

export function summarizeSlips(
  revisions: readonly DateRevision[],
  dates: { readonly original: Day | undefined; readonly current: Day | undefined },
  calendar: BusinessCalendar,
): SlipSummary {
  const moves = revisions.filter(({ kind }) => kind !== 'correction');
  // A miss says only that the date passed; it is a slip when it also moved it (METHOD §3.5).
  const slips = moves.filter(
    ({ kind, fromOn, toOn }) => kind === 'slip' || (kind === 'missed' && toOn > fromOn),
  );
  const add = (days: number[]) => days.reduce((sum, day) => sum + day, 0);
  const moved = moves.map(({ fromOn, toOn }) => daysBetween(fromOn, toOn));
  return {
    slips: slips.length,
    grossDays: add(moved.filter((days) => days > 0)),
    pulledDays: add(moved.filter((days) => days < 0).map((days) => -days)),
    netDays: dates.original && dates.current ? daysBetween(dates.original, dates.current) : 0,
    unseenByManager: slips.slice(1).some(({ acknowledged }) => !acknowledged),
    rolling: slips.length >= 2 && slips.slice(-2).every((slip) => isRolling(slip, calendar)),
  };
}

function isRolling({ fromOn, toOn, on }: DateRevision, calendar: BusinessCalendar): boolean {
  const days = daysBetween(fromOn, toOn);
  const leftBd = businessDaysBetween(on, fromOn, calendar);
  return days >= rollingDays.least && days <= rollingDays.most && leftBd <= lastMomentBd;
}
