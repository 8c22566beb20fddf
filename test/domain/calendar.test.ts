import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addDays,
  businessDaysAfter,
  businessDaysBefore,
  businessDaysBetween,
  type Day,
  day,
  dayIn,
  instantAt,
  isBusinessDay,
  parseDay,
  sayDay,
} from '../../src/domain/calendar.ts';

const holidays = new Set(['2026-12-25', '2027-01-01', '2027-01-18', '2027-02-15']);
const workWeek = { workDays: [1, 2, 3, 4, 5], holidays };
const sundayWeek = { workDays: [0, 1, 2, 3, 4], holidays: new Set<string>() };

describe('business days between two days', () => {
  it.each([
    ['2027-01-15', '2027-01-19', 1],
    ['2027-01-19', '2027-01-15', -1],
    ['2027-01-12', '2027-01-12', 0],
    ['2027-01-09', '2027-01-11', 1],
    ['2027-01-11', '2027-02-26', 32],
  ])('from %s to %s are %i', (from, to, expected) => {
    expect(businessDaysBetween(day(from), day(to), workWeek)).toBe(expected);
  });
});

describe('the day some business days before', () => {
  it.each([
    ['2027-02-26', 9, '2027-02-12'],
    ['2027-02-26', 10, '2027-02-11'],
    ['2027-02-28', 1, '2027-02-25'],
    ['2027-02-26', -5, '2027-03-05'],
    ['2027-02-26', 44, '2026-12-22'],
  ])('%s back %i is %s', (from, count, expected) => {
    expect(businessDaysBefore(day(from), count, workWeek)).toBe(expected);
  });
});

const anyDay = fc
  .integer({ min: 0, max: 4000 })
  .map((offset) => addDays('2024-01-01' as Day, offset));

describe('calendar properties', () => {
  it('going by weeks ends where going day by day does, whatever is off', () => {
    const off = fc.array(fc.integer({ min: 0, max: 4000 }), { maxLength: 60 });
    const daysOfWeek = fc.uniqueArray(fc.integer({ min: 0, max: 6 }), { minLength: 1 });
    fc.assert(
      fc.property(
        anyDay,
        fc.integer({ min: 0, max: 90 }),
        off,
        daysOfWeek,
        (from, count, offs, workDays) => {
          const holidays = new Set<string>(offs.map((n) => addDays('2024-01-01' as Day, n)));
          const calendar = { workDays, holidays };
          const walk = (at: Day, direction: 1 | -1) => {
            let day = at;
            for (let left = count; left > 0; ) {
              day = addDays(day, direction);
              if (isBusinessDay(day, calendar)) left -= 1;
            }
            return day;
          };
          const start = businessDaysBefore(from, 0, calendar);
          expect(businessDaysAfter(from, count, calendar)).toBe(walk(from, 1));
          expect(businessDaysBefore(from, count, calendar)).toBe(walk(start, -1));
          expect(businessDaysBefore(from, -count, calendar)).toBe(walk(start, 1));
        },
      ),
    );
  });

  it('going forward and counting back agree in any working week', () => {
    fc.assert(
      fc.property(anyDay, fc.integer({ min: 1, max: 60 }), fc.boolean(), (from, count, sunday) => {
        const calendar = sunday ? sundayWeek : workWeek;
        const later = businessDaysAfter(from, count, calendar);
        expect(isBusinessDay(later, calendar)).toBe(true);
        expect(businessDaysBetween(from, later, calendar)).toBe(count);
      }),
    );
  });

  it('a wall-clock time in a zone reads back as that day and time, gaps moving forward', () => {
    const zones = [
      'America/New_York',
      'Europe/Berlin',
      'Australia/Sydney',
      'Asia/Kolkata',
      'Australia/Lord_Howe',
    ];
    fc.assert(
      fc.property(
        anyDay,
        fc.constantFrom(...zones),
        fc.integer({ min: 0, max: 23 }),
        (on, zone, hour) => {
          const at = instantAt(on, `${String(hour).padStart(2, '0')}:00`, zone);
          expect(dayIn(at, zone)).toBe(on);
          const shown = Number(
            new Intl.DateTimeFormat('en', {
              timeZone: zone,
              hour: 'numeric',
              hourCycle: 'h23',
            }).format(at),
          );
          expect([hour, hour + 1]).toContain(shown);
        },
      ),
    );
  });
});

describe('wall-clock times around daylight saving', () => {
  it('runs at the first valid instant of a gap', () => {
    const at = instantAt(day('2027-03-14'), '02:30', 'America/New_York');
    expect(at.toISOString()).toBe('2027-03-14T07:00:00.000Z');
  });

  it('takes the first of the two instants of an overlap', () => {
    const at = instantAt(day('2027-10-31'), '02:30', 'Europe/Berlin');
    expect(at.toISOString()).toBe('2027-10-31T00:30:00.000Z');
  });
});

describe('reading and saying a day', () => {
  it('refuses days that do not exist', () => {
    expect(parseDay('2027-02-30')).toBeUndefined();
    expect(parseDay('12/03/2027')).toBeUndefined();
    expect(() => day('soon')).toThrow("'soon' is not a calendar day, expected YYYY-MM-DD");
  });

  it('leaves out the year of today', () => {
    expect(sayDay(day('2027-03-12'), day('2027-01-01'))).toBe('Fri 12 Mar');
    expect(sayDay(day('2026-03-12'), day('2027-01-01'))).toBe('Thu 12 Mar 2026');
  });
});
