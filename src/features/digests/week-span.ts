import type { WeeklyTime } from '../../config.ts';
import { addDays, type Day, dayIn, instantAt } from '../../domain/calendar.ts';

/** When a digest was due, and the five weeks it looks at. */
export interface WeekSpan {
  readonly scheduledFor: Date;
  readonly dueOn: Day;
  /** Six instants, the oldest first: a week lies between two of them, the digest's own is the last. */
  readonly bounds: readonly Date[];
  /** The last day of each week. */
  readonly days: readonly Day[];
}

/** Weeks before its own that a digest is compared with. */
export const weeksBefore = 4;

/** A week is from one digest's hour to the next one's, by the clock on the wall. */
export function weekSpan(scheduledFor: Date, zone: string, at: WeeklyTime): WeekSpan {
  const dueOn = dayIn(scheduledFor, zone);
  const back = Array.from({ length: weeksBefore + 2 }, (_, week) =>
    addDays(dueOn, 7 * (week - weeksBefore - 1)),
  );
  const bounds = back.map((on) => (on === dueOn ? scheduledFor : instantAt(on, at.time, zone)));
  return { scheduledFor, dueOn, bounds, days: back.slice(1) };
}
