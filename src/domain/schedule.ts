import { addDays, type Day, dayIn, instantAt, weekdayOf } from './calendar.ts';

/** When a job should run: a wall-clock time on some days of the week, in one zone. */
export interface Schedule {
  readonly job: string;
  /** What this schedule runs the job for, such as a zone; `job` and `scope` name its runs. */
  readonly scope: string;
  readonly zone: string;
  /** `HH:MM`. */
  readonly time: string;
  /** 0 = Sunday … 6 = Saturday. */
  readonly weekdays: readonly number[];
  /** How old an occurrence may be and still run after the process was down. */
  readonly catchUpMs: number;
  /** Occurrences before this instant never run: nobody was there to expect them. */
  readonly installedAt?: Date;
}

/** An occurrence that should run now; `late` when people could notice that it is. */
export interface DueRun {
  readonly job: string;
  readonly scope: string;
  readonly scheduledFor: Date;
  readonly late: boolean;
}

/** The newest occurrence of a schedule that ran. */
export interface LastRun {
  readonly job: string;
  readonly scope: string;
  readonly scheduledFor: Date;
}

const lateAfterMs = 15 * 60_000;

/**
 * What should run now: of each schedule the newest occurrence at `now` or earlier, inside its
 * catch-up window and after its last run. Missed occurrences before that one are not made up for:
 * one nudge, one ritual, however long the process was down. A clock that jumps back finds its own
 * runs ahead of it and does nothing.
 */
export function dueRuns(
  schedules: readonly Schedule[],
  lastRuns: readonly LastRun[],
  now: Date,
): DueRun[] {
  const last = new Map(lastRuns.map((run) => [runKey(run), run.scheduledFor]));
  return schedules.flatMap((schedule) => {
    const scheduledFor = newestOccurrence(schedule, now);
    if (!scheduledFor || now.getTime() - scheduledFor.getTime() > schedule.catchUpMs) return [];
    if (schedule.installedAt && scheduledFor < schedule.installedAt) return [];
    const ran = last.get(runKey(schedule));
    if (ran && scheduledFor <= ran) return [];
    return [toDueRun(schedule, scheduledFor, now)];
  });
}

/** The run of one occurrence, judged late or not as seen at `now`. */
export function toDueRun(schedule: Schedule, scheduledFor: Date, now: Date): DueRun {
  const late = now.getTime() - scheduledFor.getTime() > lateAfterMs;
  return { job: schedule.job, scope: schedule.scope, scheduledFor, late };
}

/**
 * The newest occurrence at `at` or earlier; undefined for a schedule without a single weekday. In a
 * daylight-saving gap an occurrence is at the first valid instant, in an overlap at the first of
 * the two (DESIGN §7).
 */
export function newestOccurrence(schedule: Schedule, at: Date): Date | undefined {
  let on: Day = dayIn(at, schedule.zone);
  // A week is not enough: today's may be still to come, and a gap can swallow a whole day.
  for (let back = 0; back <= 8; back += 1, on = addDays(on, -1)) {
    if (!schedule.weekdays.includes(weekdayOf(on))) continue;
    const occurrence = instantAt(on, schedule.time, schedule.zone);
    if (occurrence <= at) return occurrence;
  }
  return undefined;
}

/** The first occurrence at `from` or later, by the same rules; undefined without a weekday. */
export function nextOccurrence(
  schedule: Pick<Schedule, 'zone' | 'time' | 'weekdays'>,
  from: Date,
): Date | undefined {
  let on: Day = dayIn(from, schedule.zone);
  for (let ahead = 0; ahead <= 8; ahead += 1, on = addDays(on, 1)) {
    if (!schedule.weekdays.includes(weekdayOf(on))) continue;
    const occurrence = instantAt(on, schedule.time, schedule.zone);
    if (occurrence >= from) return occurrence;
  }
  return undefined;
}

function runKey({ job, scope }: { readonly job: string; readonly scope: string }): string {
  return JSON.stringify([job, scope]);
}
