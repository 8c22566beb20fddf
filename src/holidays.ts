import Holidays from 'date-holidays';
import {
  type BusinessCalendar,
  type Calendars,
  type Day,
  parseDay,
  weekdays,
  type YearlyDaysOff,
} from './domain/calendar.ts';
import { foldName } from './domain/names.ts';

/** A country, or a state of one, whose public holidays are known. */
export interface Region {
  /** `US`, or `DE-BY` for a state. */
  readonly code: string;
  /** `United States of America`, `Bayern, Germany`: states are called as at home. */
  readonly name: string;
}

/**
 * Whose days count, by the public holidays of both sides and the team's own days off. A year is
 * worked out when it is first asked for and kept. A region nobody knows any more counts as ours.
 */
export function createCalendars(team: {
  readonly ours: string | undefined;
  readonly daysOff: readonly Day[];
}): Calendars {
  const own = yearly((year) => team.daysOff.filter((day) => day.startsWith(`${year}-`)));
  const ours = team.ours ? union(publicHolidays(team.ours), own) : own;
  const buyers = new Map<
    string,
    { readonly theirs: YearlyDaysOff; readonly both: YearlyDaysOff }
  >();
  const ofBuyer = (region: string | undefined) => {
    if (region === undefined || !isRegion(region)) return { theirs: ours, both: ours };
    const known = buyers.get(region);
    if (known) return known;
    const theirs = publicHolidays(region);
    const made = { theirs, both: union(ours, theirs) };
    buyers.set(region, made);
    return made;
  };
  return {
    ours: calendarOf(ours),
    buyerOf: (region) => calendarOf(ofBuyer(region).theirs),
    planOf: (region) => calendarOf(ofBuyer(region).both),
  };
}

function calendarOf(holidays: YearlyDaysOff): BusinessCalendar {
  return { workDays: weekdays.workDays, holidays };
}

/** Whether the holidays of `US` or `DE-BY` are known. */
export function isRegion(code: string): boolean {
  return regionNames().has(code);
}

/**
 * Regions whose name or code holds what was typed: the code itself, then countries, then states.
 * States come only once something was typed.
 */
export function searchRegions(typed: string, limit: number): Region[] {
  const wanted = foldName(typed);
  const all = [...regionNames()].map(([code, name]) => ({ code, name }));
  const named = all.filter(({ code, name }) => {
    if (wanted === '') return !code.includes('-');
    return foldName(name).includes(wanted) || foldName(code) === wanted;
  });
  const rank = ({ code }: Region) => (foldName(code) === wanted ? 0 : code.includes('-') ? 2 : 1);
  return named.sort((a, b) => rank(a) - rank(b)).slice(0, limit);
}

let names: ReadonlyMap<string, string> | undefined;

function regionNames(): ReadonlyMap<string, string> {
  names ??= readRegionNames();
  return names;
}

function readRegionNames(): ReadonlyMap<string, string> {
  const library = new Holidays();
  const countries = Object.entries(library.getCountries('en')).sort(byName);
  const states = countries.flatMap(([country, name]) =>
    Object.entries(library.getStates(country, 'en') ?? {})
      .sort(byName)
      .map(([state, stateName]) => [`${country}-${state}`, `${stateName}, ${name}`] as const),
  );
  return new Map([...countries, ...states]);
}

function byName([, a]: [string, string], [, b]: [string, string]): number {
  return a.localeCompare(b, 'en');
}

function publicHolidays(region: string): YearlyDaysOff {
  const [country = '', state] = region.split('-');
  const library = state ? new Holidays(country, state) : new Holidays(country);
  library.setLanguages('en');
  return yearly((year) =>
    library
      .getHolidays(year)
      .flatMap((holiday) => (holiday.type === 'public' ? daysOf(holiday) : [])),
  );
}

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

/** Every whole day of a holiday; half of one is a day of work. A day of a clock change has 23 hours. */
function daysOf({ date, start, end }: { date: string; start: Date; end: Date }): Day[] {
  const length = Math.floor((end.getTime() - start.getTime() + hourMs) / dayMs);
  const first = Date.parse(`${date.slice(0, 10)}T00:00:00Z`);
  return Array.from({ length }, (_, at) => new Date(first + at * dayMs).toISOString()).flatMap(
    (instant) => parseDay(instant.slice(0, 10)) ?? [],
  );
}

function union(one: YearlyDaysOff, other: YearlyDaysOff): YearlyDaysOff {
  return yearly((year) => [...new Set([...one.ofYear(year), ...other.ofYear(year)])]);
}

function yearly(make: (year: number) => readonly Day[]): YearlyDaysOff {
  const years = new Map<number, ReadonlySet<string> & { readonly list: readonly Day[] }>();
  const known = (year: number) => {
    const found = years.get(year);
    if (found) return found;
    const list = make(year);
    const made = Object.assign(new Set<string>(list), { list });
    years.set(year, made);
    return made;
  };
  return {
    has: (day) => known(Number(day.slice(0, 4))).has(day),
    ofYear: (year) => known(year).list,
  };
}
