import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addDays,
  businessDaysAfter,
  businessDaysBefore,
  businessDaysBetween,
  type Day,
  day,
  isBusinessDay,
} from '../src/domain/calendar.ts';
import { createCalendars, isRegion, searchRegions } from '../src/holidays.ts';

const american = createCalendars({ ours: 'US', daysOff: [] });
const none = createCalendars({ ours: undefined, daysOff: [] });

describe('the calendar of a team in the United States', () => {
  // METHOD appendix A; its Christmas, New Year, Martin Luther King and Presidents' Day are real.
  it.each([
    ['2027-01-15', '2027-01-19', 1],
    ['2027-01-19', '2027-01-15', -1],
    ['2027-01-12', '2027-01-12', 0],
    ['2027-01-09', '2027-01-11', 1],
    ['2027-01-11', '2027-02-26', 32],
  ])('has from %s to %s %i business days', (from, to, expected) => {
    expect(businessDaysBetween(day(from), day(to), american.ours)).toBe(expected);
  });

  it.each([
    ['2027-02-26', 9, '2027-02-12'],
    ['2027-02-26', 10, '2027-02-11'],
    ['2027-02-28', 1, '2027-02-25'],
    ['2027-02-26', -5, '2027-03-05'],
    ['2027-02-26', 44, '2026-12-22'],
  ])('counts from %s %i back to %s', (from, count, expected) => {
    expect(businessDaysBefore(day(from), count, american.ours)).toBe(expected);
  });

  it('takes the substitute of a holiday on a weekend, and works on observances', () => {
    expect(isBusinessDay(day('2027-07-05'), american.ours)).toBe(false);
    expect(isBusinessDay(day('2027-02-14'), american.ours)).toBe(false);
    expect(isBusinessDay(day('2027-04-15'), american.ours)).toBe(true);
  });
});

describe('the calendar of a plan', () => {
  const team = createCalendars({ ours: 'US', daysOff: [day('2026-12-28')] });

  it('leaves out what either side has off, and the team’s own days', () => {
    const plan = team.planOf('DE-BY');
    // Thanksgiving, Epiphany in Bavaria, our day between the years.
    for (const off of ['2026-11-26', '2027-01-06', '2026-12-28']) {
      expect(isBusinessDay(day(off), plan), off).toBe(false);
    }
    expect(isBusinessDay(day('2027-01-06'), team.ours)).toBe(true);
    expect(isBusinessDay(day('2027-01-06'), team.planOf('DE-BE'))).toBe(true);
    expect(isBusinessDay(day('2026-11-26'), team.buyerOf('DE-BY'))).toBe(true);
    expect(isBusinessDay(day('2026-12-28'), team.buyerOf('DE-BY'))).toBe(true);
  });

  it('is ours where nobody knows the buyer’s', () => {
    for (const region of [undefined, 'XX', 'US-XX', '']) {
      expect(isBusinessDay(day('2026-11-26'), team.planOf(region))).toBe(false);
      expect(isBusinessDay(day('2026-11-26'), team.buyerOf(region))).toBe(false);
    }
  });

  it('counts a holiday of both sides once', () => {
    expect(businessDaysBetween(day('2026-12-31'), day('2027-01-04'), team.planOf('DE'))).toBe(1);
  });

  it('counts every day of a long holiday', () => {
    // Eid al-Fitr in Saudi Arabia.
    const off = ['2027-03-09', '2027-03-10', '2027-03-11', '2027-03-12'];
    const calendar = none.buyerOf('SA');
    expect(off.map((on) => isBusinessDay(day(on), calendar))).toEqual(off.map(() => false));
    expect(businessDaysBetween(day('2027-03-08'), day('2027-03-12'), calendar)).toBe(0);
  });

  it('goes forward and back by the same days, over years and regions', () => {
    const start = fc.integer({ min: 0, max: 3000 }).map((n) => addDays('2025-01-01' as Day, n));
    const region = fc.constantFrom(undefined, 'DE-BY', 'GB-ENG', 'IN', 'BR');
    fc.assert(
      fc.property(start, fc.integer({ min: 1, max: 400 }), region, (from, count, where) => {
        const plan = team.planOf(where);
        const later = businessDaysAfter(from, count, plan);
        expect(isBusinessDay(later, plan)).toBe(true);
        expect(businessDaysBetween(from, later, plan)).toBe(count);
        const back = businessDaysBefore(later, count, plan);
        expect(businessDaysBetween(back, later, plan)).toBe(count);
        expect(back <= from || !isBusinessDay(from, plan)).toBe(true);
      }),
      { numRuns: 60 },
    );
  });
});

describe('the regions to choose from', () => {
  it('are countries first, states when something was typed', () => {
    expect(searchRegions('', 300).every(({ code }) => /^[A-Z]{2}$/.test(code))).toBe(true);
    expect(searchRegions('bayer', 5)).toEqual([{ code: 'DE-BY', name: 'Bayern, Germany' }]);
    expect(searchRegions('germany', 3).map(({ code }) => code)).toEqual(['DE', 'DE-BW', 'DE-BY']);
    expect(searchRegions('us', 1)[0]?.code).toBe('US');
    expect(searchRegions('no such place', 5)).toEqual([]);
  });

  it('are known by their code alone', () => {
    expect(['US', 'DE-BY', 'us', 'XX', 'DE-XX', ''].map(isRegion)).toEqual([
      true,
      true,
      false,
      false,
      false,
      false,
    ]);
  });
});
