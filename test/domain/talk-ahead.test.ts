import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { businessDaysAfter, dayIn, weekdayOf, weekdays } from '../../src/domain/calendar.ts';
import { computeTalkAhead } from '../../src/domain/talk-ahead.ts';

const team = {
  zone: 'America/New_York',
  calendar: weekdays,
  thread: { weekday: 4, time: '10:00' },
};
const ahead = (iso: string, changes: Partial<typeof team> = {}) =>
  computeTalkAhead(new Date(iso), { ...team, ...changes });

describe('when a team hears of a loss', () => {
  it.each([
    ['Monday morning: both on Thursday', '2026-11-23T14:30:00Z', '2026-11-26', '2026-11-26'],
    ['Wednesday: its line first', '2026-11-25T14:30:00Z', '2026-11-26', '2026-11-30'],
    ['Thursday at ten: today', '2026-11-26T15:00:00Z', '2026-11-26', '2026-12-01'],
    ['a second later: the next week', '2026-11-26T15:00:01Z', '2026-12-03', '2026-12-03'],
    ['Friday: the next Thursday', '2026-11-27T14:30:00Z', '2026-12-03', '2026-12-03'],
    ['a Monday that is Sunday there', '2026-11-23T03:00:00Z', '2026-11-26', '2026-11-26'],
  ])('%s', (_what, now, listedOn, opensOn) => {
    expect(ahead(now)).toEqual({ listedOn, opensOn });
  });

  it('waits over a holiday', () => {
    const calendar = { ...weekdays, holidays: new Set(['2026-11-26']) };
    expect(ahead('2026-11-23T14:30:00Z', { calendar })).toEqual({
      listedOn: '2026-11-26',
      opensOn: '2026-11-27',
    });
  });

  it('is never before the thread nor before three business days, and at one of the two', () => {
    const instants = fc.integer({
      min: Date.parse('2026-01-01T00:00:00Z'),
      max: Date.parse('2028-01-01T00:00:00Z'),
    });
    fc.assert(
      fc.property(instants, fc.integer({ min: 0, max: 6 }), (ms, weekday) => {
        const now = new Date(ms);
        const thread = { weekday, time: '10:00' };
        const { listedOn, opensOn } = computeTalkAhead(now, { ...team, thread });
        const released = businessDaysAfter(dayIn(now, team.zone), 3, weekdays);
        expect(weekdayOf(listedOn)).toBe(weekday);
        expect(opensOn >= listedOn && opensOn >= released).toBe(true);
        expect([listedOn, released]).toContain(opensOn);
      }),
    );
  });
});
