import { TZDate } from '@date-fns/tz';
import { assert, constantFrom, integer, property, subarray } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { afterBusinessHours } from '../../src/domain/business-hours.ts';
import {
  type BusinessCalendar,
  dayIn,
  instantAt,
  isBusinessDay,
  weekdays,
} from '../../src/domain/calendar.ts';

const newYork = 'America/New_York';
const ended = (from: string, hours: number, zone = newYork, calendar = weekdays) =>
  afterBusinessHours(new Date(from), hours, zone, calendar).toISOString();

describe('business hours', () => {
  it('pass within a morning', () => {
    expect(ended('2026-11-24T14:30:00Z', 4)).toBe('2026-11-24T18:30:00.000Z');
  });

  it('go on the next working day', () => {
    expect(ended('2026-11-24T21:00:00Z', 4)).toBe('2026-11-25T16:00:00.000Z');
  });

  it('end with the day when they are used up by then', () => {
    expect(ended('2026-11-24T14:00:00Z', 9)).toBe('2026-11-24T23:00:00.000Z');
  });

  it('begin at nine for who asks at night, early or at the weekend', () => {
    const ten = '2026-11-30T15:00:00.000Z';
    for (const from of ['2026-11-28T02:00:00Z', '2026-11-29T15:00:00Z', '2026-11-30T11:00:00Z']) {
      expect(ended(from, 1)).toBe(ten);
    }
  });

  it('leave out holidays and the days somebody does not work', () => {
    const thanksgiving = { workDays: [1, 2, 3, 4, 5], holidays: new Set(['2026-11-26']) };
    expect(ended('2026-11-25T21:00:00Z', 4, newYork, thanksgiving)).toBe(
      '2026-11-27T16:00:00.000Z',
    );
    const sundayToThursday = { workDays: [0, 1, 2, 3, 4], holidays: new Set<string>() };
    expect(ended('2026-11-26T22:00:00Z', 2, newYork, sundayToThursday)).toBe(
      '2026-11-29T15:00:00.000Z',
    );
  });

  it.each([
    ['America/New_York', '2026-03-06T21:00:00Z', '2026-03-09T15:00:00.000Z'],
    ['America/New_York', '2026-10-30T20:00:00Z', '2026-11-02T16:00:00.000Z'],
    ['Europe/Berlin', '2026-03-27T15:00:00Z', '2026-03-30T09:00:00.000Z'],
    ['Europe/Berlin', '2026-10-23T14:00:00Z', '2026-10-26T10:00:00.000Z'],
    ['Australia/Sydney', '2026-10-02T06:00:00Z', '2026-10-05T00:00:00.000Z'],
    ['Asia/Kolkata', '2026-03-27T10:30:00Z', '2026-03-30T05:30:00.000Z'],
  ])('keep to the wall clock of %s over a change of the clock', (zone, from, ends) => {
    expect(ended(from, 4, zone)).toBe(ends);
  });

  it('count every day for a calendar without a work day', () => {
    const never = { workDays: [], holidays: new Set<string>() };
    expect(ended('2026-11-27T22:00:00Z', 2, newYork, never)).toBe('2026-11-28T15:00:00.000Z');
  });
});

const zones = [newYork, 'Europe/Berlin', 'Australia/Sydney', 'Asia/Kolkata', 'Africa/Cairo'];
const start = Date.parse('2026-01-01T00:00:00Z');
const quarterMs = 15 * 60_000;

/** Quarter hours of a year, so that a slow count by quarters is exact. */
const instants = integer({ min: 0, max: 366 * 96 }).map((at) => new Date(start + at * quarterMs));
const weeks = subarray([0, 1, 2, 3, 4, 5, 6], { minLength: 1 });
const free = subarray(['2026-03-09', '2026-03-30', '2026-10-05', '2026-10-26', '2026-12-25']);

function isOpenAt(at: Date, zone: string, calendar: BusinessCalendar): boolean {
  const hour = new TZDate(at.getTime(), zone).getHours();
  return isBusinessDay(dayIn(at, zone), calendar) && hour >= 9 && hour < 18;
}

function openQuarters(from: Date, to: Date, zone: string, calendar: BusinessCalendar): number {
  let open = 0;
  for (let at = from.getTime(); at < to.getTime(); at += quarterMs) {
    if (isOpenAt(new Date(at), zone, calendar)) open += 1;
  }
  return open;
}

describe('at any time of the year, in any zone and week', () => {
  it('exactly the hours asked for have passed, and the last moment was one of them', () => {
    assert(
      property(
        instants,
        integer({ min: 1, max: 24 }),
        constantFrom(...zones),
        weeks,
        free,
        (from, hours, zone, workDays, holidays) => {
          const calendar = { workDays, holidays: new Set(holidays) };
          const end = afterBusinessHours(from, hours, zone, calendar);
          expect(openQuarters(from, end, zone, calendar)).toBe(hours * 4);
          expect(isOpenAt(new Date(end.getTime() - 1), zone, calendar)).toBe(true);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('who begins later is not done earlier', () => {
    assert(
      property(instants, instants, constantFrom(...zones), weeks, (a, b, zone, workDays) => {
        const calendar = { workDays, holidays: new Set<string>() };
        const [first, second] = a <= b ? [a, b] : [b, a];
        const ends = [first, second].map((from) => afterBusinessHours(from, 8, zone, calendar));
        expect(Number(ends[0])).toBeLessThanOrEqual(Number(ends[1]));
      }),
      { numRuns: 200 },
    );
  });

  it('a day that works gives nine hours from nine o’clock', () => {
    assert(
      property(instants, constantFrom(...zones), (at, zone) => {
        const everyDay = { workDays: [0, 1, 2, 3, 4, 5, 6], holidays: new Set<string>() };
        const on = dayIn(at, zone);
        const nine = instantAt(on, '09:00', zone);
        expect(afterBusinessHours(nine, 9, zone, everyDay)).toEqual(instantAt(on, '18:00', zone));
      }),
      { numRuns: 200 },
    );
  });
});
