import { formatIn } from './zoned-time.ts';

/** A calendar day, `YYYY-MM-DD`, with no zone and no hour. */
export type Day = string;

export function addDays(day: Day, count: number): Day {
  const at = new Date(`${day}T00:00:00Z`);
  at.setUTCDate(at.getUTCDate() + count);
  return at.toISOString().slice(0, 10);
}

/** The same day of another month, or that month's last. */
export function addMonths(day: Day, count: number): Day {
  const at = new Date(`${day.slice(0, 7)}-01T00:00:00Z`);
  at.setUTCMonth(at.getUTCMonth() + count);
  const month = at.toISOString().slice(0, 7);
  const last = addDays(addMonthStart(month), -1);
  const wanted = `${month}-${day.slice(8)}`;
  return wanted > last ? last : wanted;
}

/** Six weeks from Monday on that show the whole month of a day. */
export function monthGrid(day: Day): Day[][] {
  const first = `${day.slice(0, 7)}-01`;
  const weekday = (new Date(`${first}T00:00:00Z`).getUTCDay() + 6) % 7;
  const start = addDays(first, -weekday);
  return Array.from({ length: 6 }, (_, week) =>
    Array.from({ length: 7 }, (__, column) => addDays(start, week * 7 + column)),
  );
}

/** `Fri, Nov 28, 2025`. */
export function longDay(day: Day): string {
  return show(day, { weekday: 'short', month: 'short', day: 'numeric', year: 'numeric' });
}

/** `Friday, November 28, 2025`, which a screen reader can say. */
export function spokenDay(day: Day): string {
  return show(day, { weekday: 'long', month: 'long', day: 'numeric', year: 'numeric' });
}

export function monthName(day: Day): string {
  return show(day, { month: 'long', year: 'numeric' });
}

function show(day: Day, options: Intl.DateTimeFormatOptions): string {
  const at = new Date(`${day}T00:00:00Z`);
  return Number.isNaN(at.getTime()) ? day : formatIn('UTC', options, at);
}

function addMonthStart(month: string): Day {
  const at = new Date(`${month}-01T00:00:00Z`);
  at.setUTCMonth(at.getUTCMonth() + 1);
  return at.toISOString().slice(0, 10);
}
