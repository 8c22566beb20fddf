import { type Day, dayIn, parseDay } from '../domain/calendar.ts';

/** Which part comes first in dates such as 3/4/2017. */
export type DateOrder = 'MDY' | 'DMY' | 'YMD';

const time =
  '(?:[T ,]+(\\d{1,2}:\\d{2}(?::\\d{2}(?:[.,]\\d+)?)?)\\s*([ap]\\.?m\\.?)?\\s*(Z|UTC|GMT|[+-]\\d{2}:?\\d{2})?)?';
const isoShape = new RegExp(`^(\\d{4})[-/.](\\d{1,2})[-/.](\\d{1,2})${time}$`, 'i');
const triple = new RegExp(`^(\\d{1,2})[-/.](\\d{1,2})[-/.](\\d{4}|\\d{2})${time}$`, 'i');
const dayMonth = new RegExp(`^(\\d{1,2})[ -]([a-z]{3,9})\\.?,?[ -](\\d{4}|\\d{2})${time}$`, 'i');
const monthDay = new RegExp(`^([a-z]{3,9})\\.? (\\d{1,2}),? (\\d{4})${time}$`, 'i');
const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/** The two ways to read a numeric date with the year last; undefined for every other text. */
export function readBothWays(
  text: string,
): { readonly mdy: Day | undefined; readonly dmy: Day | undefined } | undefined {
  const match = triple.exec(text);
  if (!match) return undefined;
  const [, first = '', second = '', year = ''] = match;
  return { mdy: toDay(year, first, second), dmy: toDay(year, second, first) };
}

/**
 * Reads a date as CRMs write it: ISO, numeric in `order`, or with an English month; a time of day
 * may follow. A time with an offset names an instant, so the day is the one it falls on in `zone`;
 * midnight is left where it is, since exports write plain dates that way.
 * @returns undefined when it is no date, or cannot be one in `order`.
 */
export function readDate(
  text: string,
  order: DateOrder | undefined,
  zone: string,
): Day | undefined {
  const iso = isoShape.exec(text);
  if (iso) return settle(toDay(iso[1], iso[2], iso[3]), iso, zone);
  const numeric = triple.exec(text);
  if (numeric) {
    const [, a, b, c] = numeric;
    if (order === 'YMD') return settle(toDay(a, b, c), numeric, zone);
    const [mdy, dmy] = [toDay(c, a, b), toDay(c, b, a)];
    if (order === undefined)
      return mdy && dmy && mdy !== dmy ? undefined : settle(mdy ?? dmy, numeric, zone);
    return settle(order === 'MDY' ? mdy : dmy, numeric, zone);
  }
  const named = dayMonth.exec(text);
  if (named) return settle(toDay(named[3], monthNumber(named[2]), named[1]), named, zone);
  const american = monthDay.exec(text);
  if (american) {
    return settle(toDay(american[3], monthNumber(american[1]), american[2]), american, zone);
  }
  return undefined;
}

function monthNumber(name = ''): string {
  return String(months.indexOf(name.slice(0, 3).toLowerCase()) + 1);
}

function toDay(year = '', month = '', date = ''): Day | undefined {
  if (month.length > 2 || date.length > 2) return undefined;
  // Two-digit years as spreadsheets read them: 69 is 2069, 70 is 1970.
  const full =
    year.length === 4 ? year : `${Number(year) < 70 ? '20' : '19'}${year.padStart(2, '0')}`;
  if (full < '1900' || full > '2199') return undefined;
  return parseDay(`${full}-${month.padStart(2, '0')}-${date.padStart(2, '0')}`);
}

/** Groups 4, 5 and 6 of every shape are the clock, am or pm, and the offset. */
function settle(day: Day | undefined, match: RegExpExecArray, zone: string): Day | undefined {
  const [clock, half, offset] = [match[4], match[5], match[6]];
  if (!day || !clock || !offset) return day;
  const [hours = 0, minutes = 0, seconds = 0] = clock.replace(',', '.').split(':').map(Number);
  const hour = half ? (hours % 12) + (/^p/i.test(half) ? 12 : 0) : hours;
  if (hour === 0 && minutes === 0 && seconds === 0) return day;
  const wall = Date.parse(`${day}T00:00:00Z`) + ((hour * 60 + minutes) * 60 + seconds) * 1000;
  return dayIn(new Date(wall - offsetMinutes(offset) * 60_000), zone);
}

function offsetMinutes(offset: string): number {
  const match = /^([+-])(\d{2}):?(\d{2})$/.exec(offset);
  if (!match) return 0;
  const minutes = Number(match[2]) * 60 + Number(match[3]);
  return match[1] === '-' ? -minutes : minutes;
}
