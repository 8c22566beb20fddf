import type { BusinessCalendar, Day } from './calendar.ts';

/** The business days of one year, counted once. */
interface WorkYear {
  /** In order. */
  readonly days: readonly Day[];
  /** How many of them lie before each day of the year, from 1 January to the next one. */
  readonly before: Uint16Array;
}

/** Three centuries around the years that `parseDay` reads: where nobody ever works, a walk ends. */
const years = { first: 1600, last: 2499 };

/** By what decides them: calendars are often made anew around the same days off. */
const known = new WeakMap<BusinessCalendar['holidays'], Map<number, WorkYear>>();

/** The business days of a year; worked out when it is first asked for, then kept with its days off. */
function workYear(year: number, { workDays, holidays }: BusinessCalendar): WorkYear {
  const counted = known.get(holidays) ?? new Map<number, WorkYear>();
  if (counted.size === 0) known.set(holidays, counted);
  const week = weekMask(workDays);
  const key = year * 128 + week;
  const found = counted.get(key);
  if (found) return found;
  const made = countYear(year, week, holidays);
  counted.set(key, made);
  return made;
}

/** Business days d with from < d ≤ to, for `from` ≤ `to`. */
export function countWorked(from: Day, to: Day, calendar: BusinessCalendar): number {
  const last = yearOf(to);
  let count = workedBy(to, calendar) - workedBy(from, calendar);
  for (let year = yearOf(from); year < last; year += 1) {
    count += workYear(year, calendar).days.length;
  }
  return count;
}

/**
 * The business day that many places after the last one up to `from`, which is 0 itself.
 * @throws RangeError when there is none in centuries.
 */
export function goWorked(from: Day, places: number, calendar: BusinessCalendar): Day {
  let place = workedBy(from, calendar) - 1 + places;
  for (let year = yearOf(from); year >= years.first && year <= years.last; ) {
    const { days } = workYear(year, calendar);
    const found = days[place];
    if (found) return found;
    if (place < 0) {
      year -= 1;
      place += workYear(year, calendar).days.length;
    } else {
      year += 1;
      place -= days.length;
    }
  }
  throw new RangeError(`No business day lies ${places} places from '${from}'`);
}

/** The day `count` days on, when it lies in the same year. */
export function dayOfSameYear(from: Day, count: number): Day | undefined {
  return daysOfYear(yearOf(from))[dayOfYear(from) + count];
}

/** How many business days its year has had by the end of a day. */
function workedBy(day: Day, calendar: BusinessCalendar): number {
  return workYear(yearOf(day), calendar).before[dayOfYear(day) + 1] ?? Number.NaN;
}

function yearOf(day: Day): number {
  return digits(day, 0, 4);
}

/** One bit a weekday that is worked on. */
function weekMask(workDays: readonly number[]): number {
  let mask = 0;
  for (const weekday of workDays) mask |= weekday >= 0 && weekday <= 6 ? 1 << weekday : 0;
  return mask;
}

function countYear(year: number, week: number, holidays: BusinessCalendar['holidays']): WorkYear {
  const all = daysOfYear(year);
  const firstWeekday = new Date(Date.UTC(year, 0, 1)).getUTCDay();
  const before = new Uint16Array(all.length + 1);
  const days: Day[] = [];
  for (const [at, day] of all.entries()) {
    const isWorked = (week >> ((firstWeekday + at) % 7)) & 1;
    if (isWorked && !holidays.has(day)) days.push(day);
    before[at + 1] = days.length;
  }
  return { days, before };
}

const texts = new Map<number, readonly Day[]>();

/** Every day of a year as text, shared by all calendars. */
function daysOfYear(year: number): readonly Day[] {
  const found = texts.get(year);
  if (found) return found;
  const made: Day[] = [];
  for (const at = new Date(Date.UTC(year, 0, 1)); at.getUTCFullYear() === year; ) {
    made.push(at.toISOString().slice(0, 10) as Day);
    at.setUTCDate(at.getUTCDate() + 1);
  }
  texts.set(year, made);
  return made;
}

const daysBeforeMonth = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334];

/** 0 for 1 January. */
function dayOfYear(day: Day): number {
  const year = yearOf(day);
  const month = digits(day, 5, 7);
  const isLeap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  const leapDay = isLeap && month > 2 ? 1 : 0;
  return (daysBeforeMonth[month - 1] ?? Number.NaN) + leapDay + digits(day, 8, 10) - 1;
}

const zero = '0'.charCodeAt(0);

function digits(text: string, from: number, to: number): number {
  let value = 0;
  for (let at = from; at < to; at += 1) value = value * 10 + text.charCodeAt(at) - zero;
  return value;
}
