import {
  addDays,
  type BusinessCalendar,
  businessDaysBetween,
  type Day,
  weekdayOf,
} from './calendar.ts';
import type { Matter } from './nudge-matters.ts';
import type { ReaderDay } from './nudge-plan.ts';

/** Questions a day, so that a bundle is read on a phone. */
export const dailyLimit = 5;
/** Questions a week (METHOD §3.5 and FIELD's budget), and in the first week after an import. */
export const usualBudget = 10;
const firstWeekBudget = 5;
/** Passed dates a day: after an import there may be many. */
const mustLimit = 3;

/** A date that passed has to be answered, whatever the budget; it takes one of the day's places. */
export function withinBudget(matters: readonly Matter[], day: ReaderDay): Matter[] {
  const musts = matters.filter(isMust).slice(0, mustLimit);
  const room = Math.min(roomFor(day), dailyLimit - musts.length);
  const rest = new Set([...musts, ...matters.filter((one) => !isMust(one)).slice(0, room)]);
  return matters.filter((matter) => rest.has(matter));
}

function isMust({ kind }: Pick<Matter, 'kind'>): boolean {
  return kind === 'date_passed';
}

/** What a day may take of the week's budget, with one question kept for each working day to come. */
function roomFor(day: ReaderDay): number {
  const from = weekStart(day.today, day.calendar);
  const spentSince = (first: Day) =>
    day.history.filter((one) => one.on >= first && one.kind !== 'still_worth' && !isMust(one))
      .length;
  if (day.isNew) {
    // Their first seven days, whichever weekday they begin on.
    const budget = Math.min(firstWeekBudget, day.weeklyBudget);
    return Math.max(0, budget - spentSince(addDays(day.today, -7)));
  }
  const left = Math.max(0, day.weeklyBudget - spentSince(from));
  const ahead = daysLeftInWeek(day.today, from, day.calendar);
  return Math.min(left, Math.max(1, left - ahead));
}

/** The day a person's week begins: Sunday for who works on Sundays, else Monday. */
export function weekStart(today: Day, { workDays }: BusinessCalendar): Day {
  const first = workDays.includes(0) && !workDays.includes(6) ? 0 : 1;
  return addDays(today, -((weekdayOf(today) - first + 7) % 7));
}

function daysLeftInWeek(today: Day, from: Day, calendar: BusinessCalendar): number {
  return businessDaysBetween(today, addDays(from, 6), calendar);
}
