import {
  type BusinessCalendar,
  businessDaysAfter,
  type Day,
  dayIn,
  instantAt,
  isBusinessDay,
} from './calendar.ts';

/** When a working day begins and ends for whoever lets something rest for hours. */
const opensAt = '09:00';
const closesAt = '18:00';
const hourMs = 60 * 60_000;

/**
 * The instant at which `hours` business hours have gone by: hours between 09:00 and 18:00, in
 * `zone`, on business days of `calendar`. Those that end with a day end at its 18:00. Hours are
 * counted as they pass, also on a day whose clock is changed. A calendar without a single work day
 * counts every day.
 * @throws RangeError for a calendar whose work days are all holidays, for centuries.
 */
export function afterBusinessHours(
  from: Date,
  hours: number,
  zone: string,
  calendar: BusinessCalendar,
): Date {
  let leftMs = hours * hourMs;
  for (let on = firstDay(from, zone, calendar); ; on = businessDaysAfter(on, 1, calendar)) {
    const opens = instantAt(on, opensAt, zone).getTime();
    const closes = instantAt(on, closesAt, zone).getTime();
    const start = Math.max(opens, from.getTime());
    if (start + leftMs <= closes) return new Date(start + leftMs);
    leftMs -= Math.max(0, closes - start);
  }
}

function firstDay(from: Date, zone: string, calendar: BusinessCalendar): Day {
  const today = dayIn(from, zone);
  const counts = calendar.workDays.length === 0 || isBusinessDay(today, calendar);
  return counts ? today : businessDaysAfter(today, 1, calendar);
}
