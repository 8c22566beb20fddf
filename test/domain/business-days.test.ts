import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addDays,
  type BusinessCalendar,
  businessDaysAfter,
  businessDaysBefore,
  businessDaysBetween,
  type Day,
  day,
  isBusinessDay,
  weekdays,
} from '../../src/domain/calendar.ts';

const dayMs = 86_400_000;

/** The next day, or the one before, by the clock of the platform alone. */
function beside(at: Day, direction: 1 | -1): Day {
  return new Date(Date.parse(at) + direction * dayMs).toISOString().slice(0, 10) as Day;
}

function isWorked(at: Day, { workDays, holidays }: BusinessCalendar): boolean {
  return workDays.includes(new Date(at).getUTCDay()) && !holidays.has(at);
}

/** METHOD §3.4 to the letter: every day d with a < d ≤ b is looked at. */
function naiveBetween(from: Day, to: Day, calendar: BusinessCalendar): number {
  const [first, last, sign] = from <= to ? [from, to, 1] : [to, from, -1];
  let count = 0;
  for (let at = first; at < last; ) {
    at = beside(at, 1);
    if (isWorked(at, calendar)) count += sign;
  }
  return count;
}

function naiveWalk(from: Day, count: number, direction: 1 | -1, calendar: BusinessCalendar): Day {
  let at = from;
  for (let left = count; left > 0; ) {
    at = beside(at, direction);
    if (isWorked(at, calendar)) left -= 1;
  }
  return at;
}

function naiveBefore(from: Day, count: number, calendar: BusinessCalendar): Day {
  let at = from;
  while (!isWorked(at, calendar)) at = beside(at, -1);
  return naiveWalk(at, Math.abs(count), count < 0 ? 1 : -1, calendar);
}

/** Four years, a leap day among them, so that most ways cross a New Year. */
const anyDay = fc.integer({ min: 0, max: 1460 }).map((n) => addDays(day('2026-06-01'), n));

const anyWeek = fc.oneof(
  fc.constantFrom([1, 2, 3, 4, 5], [0, 1, 2, 3, 4], [3], [0, 6], [0, 1, 2, 3, 4, 5, 6]),
  fc.uniqueArray(fc.integer({ min: 0, max: 6 }), { minLength: 1 }),
);

/** Single days and whole weeks off, one after the other where they meet. */
const anyDaysOff = fc
  .array(fc.tuple(anyDay, fc.constantFrom(1, 1, 2, 21)), { maxLength: 25 })
  .map((runs) =>
    runs.flatMap(([from, length]) => Array.from({ length }, (_, n) => addDays(from, n))),
  );

/** Days off as a list, or as a year at a time, in no order and some of them twice. */
const anyHolidays: fc.Arbitrary<BusinessCalendar['holidays']> = fc
  .tuple(anyDaysOff, fc.boolean())
  .map(([off, byYear]) => {
    const all = new Set<string>(off);
    if (!byYear) return all;
    const has = (text: string) => all.has(text);
    return { has, ofYear: (year) => off.filter((on) => on.startsWith(`${year}-`)) };
  });

const anyCalendar = fc.record({ workDays: anyWeek, holidays: anyHolidays });
const anyCount = fc.oneof(fc.integer({ min: 0, max: 12 }), fc.integer({ min: 0, max: 400 }));

describe('business days, against looking at every single day', () => {
  it('counts the same between any two days, whichever comes first', () => {
    fc.assert(
      fc.property(anyDay, anyDay, anyCalendar, (a, b, calendar) => {
        expect(businessDaysBetween(a, b, calendar)).toBe(naiveBetween(a, b, calendar));
        expect(businessDaysBetween(a, a, calendar)).toBe(0);
      }),
    );
  });

  it('goes as far forward and as far back', () => {
    fc.assert(
      fc.property(anyDay, anyCount, anyCalendar, (from, count, calendar) => {
        expect(businessDaysAfter(from, count, calendar)).toBe(naiveWalk(from, count, 1, calendar));
        expect(businessDaysBefore(from, count, calendar)).toBe(naiveBefore(from, count, calendar));
        expect(businessDaysBefore(from, -count, calendar)).toBe(
          naiveBefore(from, -count, calendar),
        );
      }),
    );
  });

  it('keeps calendars apart that share days off or a working week', () => {
    fc.assert(
      fc.property(
        anyDay,
        anyDay,
        fc.array(anyWeek, { minLength: 2, maxLength: 4 }),
        fc.array(anyHolidays, { minLength: 2, maxLength: 3 }),
        (a, b, weeks, daysOff) => {
          for (const workDays of weeks) {
            for (const holidays of daysOff) {
              const calendar = { workDays, holidays };
              const fresh = { workDays: [...workDays], holidays };
              expect(businessDaysBetween(a, b, calendar)).toBe(naiveBetween(a, b, calendar));
              expect(businessDaysBetween(a, b, fresh)).toBe(naiveBetween(a, b, calendar));
            }
          }
        },
      ),
      { numRuns: 30 },
    );
  });

  it('says the same of a single day as it counts', () => {
    fc.assert(
      fc.property(anyDay, anyCalendar, (on, calendar) => {
        const counted = businessDaysBetween(addDays(on, -1), on, calendar);
        expect(isBusinessDay(on, calendar)).toBe(counted === 1);
      }),
    );
  });

  it('goes days on and back as the clock does, over New Year and leap days', () => {
    fc.assert(
      fc.property(anyDay, fc.integer({ min: -900, max: 900 }), (from, count) => {
        const expected = new Date(Date.parse(from) + count * dayMs).toISOString().slice(0, 10);
        expect(addDays(from, count)).toBe(expected);
      }),
    );
  });
});

describe('a week without a single day of work', () => {
  const idle = { workDays: [], holidays: new Set(['2027-01-01']) };

  it('counts no business days and goes by calendar days', () => {
    fc.assert(
      fc.property(anyDay, anyDay, fc.integer({ min: -60, max: 60 }), (a, b, count) => {
        expect(businessDaysBetween(a, b, idle)).toBe(0);
        expect(businessDaysBefore(a, count, idle)).toBe(a);
        expect(businessDaysAfter(a, count, idle)).toBe(addDays(a, count));
      }),
    );
  });
});

describe('the far ends', () => {
  it('counts over every year a day can be of', () => {
    const [first, last] = [day('1900-01-01'), day('2199-12-31')];
    expect(businessDaysBetween(first, last)).toBe(naiveBetween(first, last, weekdays));
    expect(businessDaysBefore(last, businessDaysBetween(first, last))).toBe(first);
  });

  it('knows that 1900 and 2100 had no leap day and 2000 had one', () => {
    for (const year of [1900, 2000, 2100]) {
      const [from, to] = [day(`${year}-02-27`), day(`${year}-03-02`)];
      expect(businessDaysBetween(from, to)).toBe(naiveBetween(from, to, weekdays));
      expect(addDays(from, 4)).toBe(year === 2000 ? `${year}-03-02` : `${year}-03-03`);
    }
  });

  it('gives up where every day is off, rather than going on for ever', () => {
    const closed = { workDays: [1], holidays: { has: () => true, ofYear: () => [] } };
    expect(() => businessDaysAfter(day('2027-01-04'), 1, closed)).toThrow(
      "No business day lies 1 places from '2027-01-04'",
    );
  });
});
