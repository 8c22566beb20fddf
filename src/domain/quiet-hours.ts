import { addDays, dayIn, instantAt } from './calendar.ts';

/** A stretch of every day in which somebody wants silence: `HH:MM` to `HH:MM`, over midnight or not. */
export interface QuietHours {
  readonly from: string;
  readonly until: string;
}

/** Whether a time of day `HH:MM` lies in it; the end is no longer quiet. */
export function isQuietAt(time: string, { from, until }: QuietHours): boolean {
  return from < until ? from <= time && time < until : time >= from || time < until;
}

/** When the quiet that reigns at `now` in `zone` ends; undefined when it does not reign. */
export function quietEnd(hours: QuietHours, now: Date, zone: string): Date | undefined {
  const today = dayIn(now, zone);
  // Of a night the part before midnight began yesterday.
  const ends = hours.from < hours.until ? today : addDays(today, 1);
  const nights = [
    { from: instantAt(addDays(today, -1), hours.from, zone), on: addDays(ends, -1) },
    { from: instantAt(today, hours.from, zone), on: ends },
  ];
  return nights
    .map(({ from, on }) => ({ from, until: instantAt(on, hours.until, zone) }))
    .find(({ from, until }) => from <= now && now < until)?.until;
}
