import { TZDate } from '@date-fns/tz';
import { format } from 'date-fns';
import { assert, constantFrom, integer, property } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isQuietAt, quietEnd } from '../../src/domain/quiet-hours.ts';

const night = { from: '22:00', until: '07:00' };
const noon = { from: '12:00', until: '13:30' };

describe('quiet hours', () => {
  it.each([
    ['21:59', false],
    ['22:00', true],
    ['00:00', true],
    ['06:59', true],
    ['07:00', false],
  ])('over midnight hold %s: %s', (time, quiet) => {
    expect(isQuietAt(time, night)).toBe(quiet);
  });

  it.each([
    ['11:59', false],
    ['12:00', true],
    ['13:30', false],
  ])('within a day hold %s: %s', (time, quiet) => {
    expect(isQuietAt(time, noon)).toBe(quiet);
  });

  it.each([
    ['before midnight', '2026-11-24T04:00:00Z', '2026-11-24T12:00:00.000Z'],
    ['after midnight', '2026-11-24T06:30:00Z', '2026-11-24T12:00:00.000Z'],
    ['over the change to summer', '2026-03-08T06:30:00Z', '2026-03-08T11:00:00.000Z'],
    ['over the change to winter', '2026-11-01T04:30:00Z', '2026-11-01T12:00:00.000Z'],
  ])('end in the morning when they reign %s', (_when, now, end) => {
    expect(quietEnd(night, new Date(now), 'America/New_York')?.toISOString()).toBe(end);
  });

  it('do not reign in the middle of the day', () => {
    expect(quietEnd(night, new Date('2026-11-24T17:00:00Z'), 'America/New_York')).toBeUndefined();
  });

  it('always end later, within a day, at their end by the wall clock', () => {
    const times = integer({ min: 0, max: 47 }).map(
      (half) => `${String(Math.floor(half / 2)).padStart(2, '0')}:${half % 2 ? '30' : '00'}`,
    );
    const start = Date.parse('2026-01-01T00:00:00Z');
    const instants = integer({ min: 0, max: 365 * 24 * 12 }).map((n) => new Date(start + n * 3e5));
    const zones = constantFrom('America/New_York', 'Europe/Berlin', 'Asia/Kolkata');
    assert(
      property(times, times, instants, zones, (from, until, now, zone) => {
        if (from === until) return;
        const end = quietEnd({ from, until }, now, zone);
        const wall = format(new TZDate(now.getTime(), zone), 'HH:mm');
        // A clock that is changed shows an hour twice or not at all.
        const isChanged = zoneOffset(now, zone) !== zoneOffset(new Date(+now + 864e5), zone);
        const wasChanged = zoneOffset(now, zone) !== zoneOffset(new Date(+now - 864e5), zone);
        if (!isChanged && !wasChanged) {
          expect(end !== undefined).toBe(isQuietAt(wall, { from, until }));
        }
        if (!end) return;
        expect(+end).toBeGreaterThan(+now);
        expect(+end - +now).toBeLessThanOrEqual(25 * 36e5);
      }),
      { numRuns: 500 },
    );
  });
});

function zoneOffset(at: Date, zone: string): number {
  return new TZDate(at.getTime(), zone).getTimezoneOffset();
}
