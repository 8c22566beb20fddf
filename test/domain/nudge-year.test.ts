import { TZDate } from '@date-fns/tz';
import { format } from 'date-fns';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addDays,
  type BusinessCalendar,
  type Day,
  day,
  dayIn,
  instantAt,
  isBusinessDay,
} from '../../src/domain/calendar.ts';
import { nudgeCatchUpMs } from '../../src/domain/nudge.ts';
import { dailyLimit, usualBudget, weekStart } from '../../src/domain/nudge-budget.ts';
import { planBundle } from '../../src/domain/nudge-plan.ts';
import {
  dueRuns,
  type LastRun,
  newestOccurrence,
  type Schedule,
} from '../../src/domain/schedule.ts';
import {
  daysFrom,
  makeCrowd,
  makeMatter,
  makeReaderDay,
  walkMornings,
} from '../support/nudge-values.ts';

const minute = 60_000;
const newYear = day('2027-01-01');
const everyDay = [0, 1, 2, 3, 4, 5, 6];
const monToFri = [1, 2, 3, 4, 5];
const sunToThu = [0, 1, 2, 3, 4];

/** Somebody's year: when their morning is, which days they have off, and when the app looks. */
interface Year {
  readonly zone: string;
  readonly morningAt: string;
  readonly calendar: BusinessCalendar;
  /** Minutes from one look to the next, over and over; a long one is a restart. */
  readonly gaps: readonly number[];
}

const anyHolidays = fc
  .uniqueArray(fc.integer({ min: 0, max: 364 }), { maxLength: 25 })
  .map((days) => new Set<string>(days.map((at) => addDays(newYear, at))));
const anyMorning = fc
  .integer({ min: 6 * 60, max: 12 * 60 })
  .map(
    (at) => `${String(Math.floor(at / 60)).padStart(2, '0')}:${String(at % 60).padStart(2, '0')}`,
  );
// Down for eight hours at most, which the window of nine makes up for; 0 is a second process.
const anyGaps = fc.oneof(
  { weight: 1, arbitrary: fc.constant([60]) },
  {
    weight: 4,
    arbitrary: fc
      .array(fc.integer({ min: 0, max: 480 }), { minLength: 3, maxLength: 40 })
      .map((gaps) => [...gaps, 240]),
  },
);

const anyYear = (zone: string, workDays: readonly number[]): fc.Arbitrary<Year> =>
  fc
    .record({ morningAt: anyMorning, holidays: anyHolidays, gaps: anyGaps })
    .map(({ morningAt, holidays, gaps }) => ({
      ...{ zone, morningAt, gaps },
      calendar: { workDays, holidays },
    }));

/** As the job makes it for everybody who shares a zone and a time of day. */
function scheduleOf({ zone, morningAt }: Pick<Year, 'zone' | 'morningAt'>): Schedule {
  const job = { job: 'nudge_sweep', scope: `${zone} ${morningAt}`, weekdays: everyDay };
  return { ...job, zone, time: morningAt, catchUpMs: nudgeCatchUpMs };
}

/** The bundles of a year in which there is always one thing more to ask. */
function liveThrough(year: Year): { on: Day; at: Date }[] {
  const { zone, calendar, gaps } = year;
  const schedule = scheduleOf(year);
  const sent: { on: Day; at: Date }[] = [];
  let last: LastRun | undefined;
  let now = instantAt(newYear, '00:00', zone).getTime();
  const end = instantAt(day('2028-01-01'), '00:00', zone).getTime();
  for (let look = 0; now < end; now += (gaps[look % gaps.length] ?? 1) * minute, look += 1) {
    const [run] = dueRuns([schedule], last ? [last] : [], new Date(now));
    if (!run) continue;
    last = run;
    const today = dayIn(run.scheduledFor, zone);
    const matter = makeMatter('item_due', { step: `due ${today}`, dueOn: today });
    const facts = { now: new Date(now), calendar, weekBegun: false };
    const { asked } = planBundle([matter], makeReaderDay(today, facts));
    if (asked.length > 0) sent.push({ on: today, at: new Date(now) });
  }
  return sent;
}

const wallClock = (at: Date, zone: string) => format(new TZDate(at.getTime(), zone), 'HH:mm');

/** `HH:MM` so many minutes later on the same day. */
function minutesAfter(time: string, minutes: number): string {
  const [hours = 0, past = 0] = time.split(':').map(Number);
  const all = hours * 60 + past + minutes;
  return `${String(Math.floor(all / 60)).padStart(2, '0')}:${String(all % 60).padStart(2, '0')}`;
}

const people: [string, readonly number[]][] = [
  ['America/New_York', monToFri],
  ['Europe/Berlin', monToFri],
  ['Australia/Sydney', monToFri],
  ['Asia/Kolkata', monToFri],
  ['Asia/Kolkata', sunToThu],
  ['America/New_York', sunToThu],
];

describe('over a whole year', () => {
  it.each(people)(
    'in %s, working on %j, each business day has one bundle, in its morning',
    (zone, workDays) => {
      fc.assert(
        fc.property(anyYear(zone, workDays), (year) => {
          const sent = liveThrough(year);
          const expected = daysFrom(newYear, '2027-12-31').filter((on) =>
            isBusinessDay(on, year.calendar),
          );
          expect(sent.map(({ on }) => on)).toEqual(expected);
          const longest = Math.max(...year.gaps);
          for (const { on, at } of sent) {
            expect(dayIn(at, zone)).toBe(on);
            const time = wallClock(at, zone);
            expect(time >= year.morningAt).toBe(true);
            expect(time < minutesAfter(year.morningAt, longest)).toBe(true);
          }
        }),
        { numRuns: 5 },
      );
    },
    60_000,
  );

  it.each(people)(
    'in %s, working on %j, the budget is kept and no business day goes empty',
    (_zone, workDays) => {
      const anyBudget = fc.integer({ min: usualBudget, max: 40 });
      fc.assert(
        fc.property(
          anyHolidays,
          anyBudget,
          fc.integer({ min: 1, max: 30 }),
          (holidays, weeklyBudget, many) => {
            const calendar = { workDays, holidays };
            const crowd = (today: Day) => makeCrowd(many, today);
            const known = { calendar, weeklyBudget, firstBundleOn: day('2026-06-01') };
            const bundles = walkMornings(daysFrom(newYear, '2027-12-31'), crowd, known);
            const weeks = new Map<Day, number>();
            for (const [on, { asked }] of bundles) {
              expect(asked.length).toBeLessThanOrEqual(dailyLimit);
              const week = weekStart(on, calendar);
              weeks.set(week, (weeks.get(week) ?? 0) + asked.length);
            }
            for (const asked of weeks.values()) expect(asked).toBeLessThanOrEqual(weeklyBudget);
            const working = daysFrom(newYear, '2027-12-31').filter((on) =>
              isBusinessDay(on, calendar),
            );
            expect([...bundles.keys()]).toEqual(working);
          },
        ),
        { numRuns: 5 },
      );
    },
    60_000,
  );
});

describe('when the clocks change at night', () => {
  it.each([
    ['America/New_York', '2027-03-14', '03:00'],
    ['Europe/Berlin', '2027-03-28', '03:00'],
    ['Australia/Sydney', '2027-10-03', '03:00'],
  ])('a time that %s skips is the first valid instant after it', (zone, on, time) => {
    const run = newestOccurrence(
      scheduleOf({ zone, morningAt: '02:30' }),
      instantAt(day(on), '12:00', zone),
    );
    expect(run && dayIn(run, zone)).toBe(on);
    expect(run && wallClock(run, zone)).toBe(time);
  });

  it.each([
    ['America/New_York', '2027-11-07', '01:30'],
    ['Europe/Berlin', '2027-10-31', '02:30'],
    ['Australia/Sydney', '2027-04-04', '02:30'],
  ])('a time that %s has twice comes once, at the first of the two', (zone, on, time) => {
    const schedule = scheduleOf({ zone, morningAt: time });
    const first = instantAt(day(on), time, zone);
    const hourLater = new Date(first.getTime() + 60 * minute);
    expect(wallClock(hourLater, zone)).toBe(time);
    const [run] = dueRuns([schedule], [], first);
    expect(run?.scheduledFor).toEqual(first);
    expect(dueRuns([schedule], run ? [run] : [], hourLater)).toEqual([]);
  });
});
