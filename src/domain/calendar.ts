import { TZDate } from '@date-fns/tz';
import { format } from 'date-fns';
import { countWorked, dayOfSameYear, goWorked } from './business-days.ts';

/** A calendar day `YYYY-MM-DD` without a zone; compares correctly as text. */
export type Day = string & { readonly day: unique symbol };

/** Days off without end: a year of them is worked out when it is asked for. */
export interface YearlyDaysOff {
  has(day: string): boolean;
  ofYear(year: number): readonly Day[];
}

/**
 * Which days count as business days: ISO-less weekdays (0 = Sunday) and holidays. Both stay as they
 * are: what they come to is kept once it has been worked out.
 */
export interface BusinessCalendar {
  readonly workDays: readonly number[];
  readonly holidays: ReadonlySet<string> | YearlyDaysOff;
}

/** Monday to Friday without holidays: the default until a team names its own. */
export const weekdays: BusinessCalendar = { workDays: [1, 2, 3, 4, 5], holidays: new Set() };

/** Whose days count: a plan honours the holidays of both sides (METHOD §3.4). */
export interface Calendars {
  readonly ours: BusinessCalendar;
  /** The buyer's own; ours when nobody knows where they are. */
  buyerOf(region: string | undefined): BusinessCalendar;
  /** Days on which both sides work. */
  planOf(region: string | undefined): BusinessCalendar;
}

/** The days one of us works: their own weekdays, without the holidays all of us have. */
export function workCalendar(
  { workDays }: { readonly workDays: readonly number[] },
  { ours }: Pick<Calendars, 'ours'>,
): BusinessCalendar {
  return { workDays, holidays: ours.holidays };
}

/** Monday to Friday everywhere, for whoever names no holidays. */
export const plainCalendars: Calendars = {
  ours: weekdays,
  buyerOf: () => weekdays,
  planOf: () => weekdays,
};

// Years beyond this are placeholders such as 9999-12-31; counting towards them would never end.
const dayPattern = /^(?:19|20|21)\d{2}-\d{2}-\d{2}$/;

/** Reads `YYYY-MM-DD` of the years 1900 to 2199; undefined for anything else, 2027-02-30 included. */
export function parseDay(text: string): Day | undefined {
  if (!dayPattern.test(text)) return undefined;
  const date = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text)
    ? (text as Day)
    : undefined;
}

/** Like `parseDay` for text already known to be a day. @throws RangeError otherwise. */
export function day(text: string): Day {
  const parsed = parseDay(text);
  if (!parsed) throw new RangeError(`'${text}' is not a calendar day, expected YYYY-MM-DD`);
  return parsed;
}

/** The calendar day of an instant as people in `zone` see it. */
export function dayIn(instant: Date, zone: string): Day {
  return format(new TZDate(instant.getTime(), zone), 'yyyy-MM-dd') as Day;
}

export function addDays(from: Day, count: number): Day {
  const near = dayOfSameYear(from, count);
  if (near) return near;
  return new Date(Date.parse(from) + count * 86_400_000).toISOString().slice(0, 10) as Day;
}

/** Whole calendar days from `from` to `to`; negative when `to` is earlier. */
export function daysBetween(from: Day, to: Day): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000);
}

/** 0 = Sunday … 6 = Saturday. */
export function weekdayOf(of: Day): number {
  return new Date(`${of}T00:00:00Z`).getUTCDay();
}

export function isBusinessDay(which: Day, calendar: BusinessCalendar = weekdays): boolean {
  return calendar.workDays.includes(weekdayOf(which)) && !calendar.holidays.has(which);
}

/**
 * bd(a, b): business days d with a < d ≤ b; negative if b is before a (METHOD §3.4).
 * A calendar without a single work day would never end, so it counts none.
 */
export function businessDaysBetween(
  from: Day,
  to: Day,
  calendar: BusinessCalendar = weekdays,
): number {
  return to < from ? 0 - countWorked(to, from, calendar) : countWorked(from, to, calendar);
}

/**
 * back(D, n): the day n business days before D, D first moved back to a business day; a negative
 * n looks forward (METHOD §3.4).
 */
export function businessDaysBefore(
  from: Day,
  count: number,
  calendar: BusinessCalendar = weekdays,
): Day {
  if (calendar.workDays.length === 0) return from;
  return goWorked(from, -count, calendar);
}

/** The day `count` business days after `from` (`from` itself need not be one). */
export function businessDaysAfter(
  from: Day,
  count: number,
  calendar: BusinessCalendar = weekdays,
): Day {
  if (calendar.workDays.length === 0) return addDays(from, count);
  return count > 0 ? goWorked(from, count, calendar) : from;
}

/**
 * The instant of a wall-clock time `HH:MM` on a day in a zone. In a daylight-saving gap it is the
 * first valid instant after it, in an overlap the first of the two (DESIGN §7).
 */
export function instantAt(on: Day, time: string, zone: string): Date {
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  const [year = 0, month = 1, date = 1] = on.split('-').map(Number);
  for (let later = 0; later <= 24 * 60; later += 1) {
    const wanted = new Date(Date.UTC(year, month - 1, date, hours, minutes + later));
    const local = TZDate.tz(
      zone,
      wanted.getUTCFullYear(),
      wanted.getUTCMonth(),
      wanted.getUTCDate(),
      wanted.getUTCHours(),
      wanted.getUTCMinutes(),
    );
    if (
      local.getHours() === wanted.getUTCHours() &&
      local.getMinutes() === wanted.getUTCMinutes()
    ) {
      return earlierTwin(local, zone);
    }
  }
  throw new RangeError(`No instant ${time} near ${on} in ${zone}`);
}

function earlierTwin(local: TZDate, zone: string): Date {
  for (const minutes of [120, 60, 30]) {
    const earlier = new TZDate(local.getTime() - minutes * 60_000, zone);
    if (earlier.getHours() === local.getHours() && earlier.getMinutes() === local.getMinutes()) {
      return new Date(earlier.getTime());
    }
  }
  return new Date(local.getTime());
}

/** `Thu 12 Mar`, with the year when it is not the current one: short enough for a phone. */
export function sayDay(which: Day, today: Day): string {
  const noon = new Date(`${which}T12:00:00`);
  return format(noon, which.slice(0, 4) === today.slice(0, 4) ? 'EEE d MMM' : 'EEE d MMM yyyy');
}

/** `Thursday` for 4. */
export function sayWeekday(weekday: number): string {
  return format(new Date(2023, 0, 1 + weekday), 'EEEE');
}
