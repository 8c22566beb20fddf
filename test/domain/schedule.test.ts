import { TZDate } from '@date-fns/tz';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addDays, day, dayIn, instantAt, weekdayOf } from '../../src/domain/calendar.ts';
import {
  dueRuns,
  newestOccurrence,
  nextOccurrence,
  type Schedule,
} from '../../src/domain/schedule.ts';

const minute = 60_000;
const hour = 60 * minute;

const weekly: Schedule = {
  job: 'weekly_losses',
  scope: 'team',
  zone: 'America/New_York',
  time: '10:00',
  weekdays: [4],
  catchUpMs: 48 * hour,
};
const daily: Schedule = { ...weekly, job: 'nudge_sweep', time: '09:00', weekdays: [1, 2, 3, 4, 5] };

const at = (iso: string) => new Date(iso);
const due = (schedule: Schedule, now: string, lastRun?: string) =>
  dueRuns(
    [schedule],
    lastRun ? [{ job: schedule.job, scope: schedule.scope, scheduledFor: at(lastRun) }] : [],
    at(now),
  ).map(({ scheduledFor, late }) => [scheduledFor.toISOString(), late]);

describe('what is due', () => {
  test('the occurrence of this minute, not before', () => {
    expect(due(daily, '2026-11-23T13:59:59Z', '2026-11-20T14:00:00Z')).toEqual([]);
    expect(due(daily, '2026-11-23T14:00:00Z', '2026-11-20T14:00:00Z')).toEqual([
      ['2026-11-23T14:00:00.000Z', false],
    ]);
  });

  test('nothing that ran', () => {
    expect(due(daily, '2026-11-23T14:01:00Z', '2026-11-23T14:00:00Z')).toEqual([]);
  });

  test('one run after days of downtime, the newest, and it says that it is late', () => {
    expect(due(daily, '2026-11-25T20:00:00Z', '2026-11-20T14:00:00Z')).toEqual([
      ['2026-11-25T14:00:00.000Z', true],
    ]);
  });

  test('a few minutes are not late', () => {
    const last = '2026-11-19T15:00:00Z';
    expect(due(weekly, '2026-11-26T15:15:00Z', last)).toEqual([
      ['2026-11-26T15:00:00.000Z', false],
    ]);
    expect(due(weekly, '2026-11-26T15:15:01Z', last)).toEqual([['2026-11-26T15:00:00.000Z', true]]);
  });

  test('nothing older than the catch-up window', () => {
    const last = '2026-11-19T15:00:00Z';
    expect(due(weekly, '2026-11-28T15:00:00Z', last)).toHaveLength(1);
    expect(due(weekly, '2026-11-28T15:00:01Z', last)).toEqual([]);
  });

  test('the first run ever only inside the window and not before the installation', () => {
    expect(due(weekly, '2026-11-27T15:00:00Z')).toHaveLength(1);
    expect(due(weekly, '2026-11-25T15:00:00Z')).toEqual([]);
    const installed = { ...weekly, installedAt: at('2026-11-26T15:00:01Z') };
    expect(due(installed, '2026-11-27T15:00:00Z')).toEqual([]);
    const before = { ...weekly, installedAt: at('2026-11-26T15:00:00Z') };
    expect(due(before, '2026-11-27T15:00:00Z')).toHaveLength(1);
  });

  test('nothing while the clock is behind the last run', () => {
    expect(due(daily, '2026-11-23T14:00:00Z', '2026-11-24T14:00:00Z')).toEqual([]);
  });

  test('each job and scope by its own last run', () => {
    const berlin = { ...daily, scope: 'Europe/Berlin', zone: 'Europe/Berlin' };
    const other = { ...daily, job: 'other' };
    const lastRuns = [{ ...daily, scheduledFor: at('2026-11-23T14:00:00Z') }];
    const runs = dueRuns([daily, berlin, other], lastRuns, at('2026-11-23T14:00:00Z'));
    expect(runs.map(({ job, scope }) => [job, scope])).toEqual([
      ['nudge_sweep', 'Europe/Berlin'],
      ['other', 'team'],
    ]);
  });

  test('a schedule without weekdays is never due', () => {
    expect(due({ ...daily, weekdays: [] }, '2026-11-23T14:00:00Z')).toEqual([]);
  });
});

describe('daylight saving', () => {
  const sunday = { ...weekly, weekdays: [0], time: '02:30' };

  test('in the gap a run is at the first valid instant', () => {
    const run = newestOccurrence(sunday, at('2027-03-14T12:00:00Z'));
    expect(run).toEqual(at('2027-03-14T07:00:00Z'));
  });

  test('in the overlap a run is at the first of the two, once', () => {
    const overlap = { ...sunday, time: '01:30' };
    const first = '2026-11-01T05:30:00.000Z';
    expect(due(overlap, '2026-11-01T05:30:00Z')).toEqual([[first, false]]);
    expect(due(overlap, '2026-11-01T06:30:00Z', first)).toEqual([]);
  });

  test('nine in the morning stays nine in the morning', () => {
    expect(newestOccurrence(daily, at('2026-10-30T23:00:00Z'))).toEqual(at('2026-10-30T13:00:00Z'));
    expect(newestOccurrence(daily, at('2026-11-02T23:00:00Z'))).toEqual(at('2026-11-02T14:00:00Z'));
  });
});

describe('a year of heartbeats', () => {
  const zones = ['America/New_York', 'Europe/Berlin', 'Australia/Sydney', 'Asia/Kolkata'];
  const yearStart = Date.UTC(2026, 6, 1);
  const yearMs = 365 * 24 * hour;
  const yearEnd = yearStart + yearMs;
  // Where it is interesting: around the hours in which clocks change, and an office morning.
  const times = fc.constantFrom('00:00', '01:30', '02:00', '02:30', '03:00', '09:00', '23:45');
  const outages = fc.array(
    fc.record({
      from: fc.integer({ min: 0, max: yearMs }),
      lasts: fc.integer({ min: minute, max: 5 * 24 * hour }),
    }),
    { maxLength: 12 },
  );

  const years = (zone: string) =>
    fc.record({
      schedule: fc.record({
        job: fc.constant('job'),
        scope: fc.constant('scope'),
        zone: fc.constant(zone),
        time: times,
        weekdays: fc.uniqueArray(fc.integer({ min: 0, max: 6 }), { minLength: 1 }),
        catchUpMs: fc.integer({ min: hour, max: 72 * hour }),
        installedAt: fc.constant(new Date(yearStart)),
      }),
      outages,
      /** A heartbeat is never quite on the minute. */
      offsetMs: fc.integer({ min: 0, max: minute - 1 }),
    });

  type Year = typeof years extends (zone: string) => fc.Arbitrary<infer Shape> ? Shape : never;

  function listOccurrences({ schedule }: Year): number[] {
    const first = dayIn(new Date(yearStart), schedule.zone);
    return Array.from({ length: 367 }, (_, index) => addDays(first, index))
      .filter((which) => schedule.weekdays.includes(weekdayOf(which)))
      .map((which) => instantAt(which, schedule.time, schedule.zone).getTime())
      .filter((instant) => instant >= yearStart && instant < yearEnd);
  }

  /** Every minute around each occurrence and every six hours: the beats between change nothing. */
  function listBeats({ offsetMs, outages: down }: Year, occurrences: readonly number[]): number[] {
    const beats = [
      ...Array.from({ length: 4 * 365 }, (_, index) => yearStart + index * 6 * hour),
      ...occurrences.flatMap((at) => [-2, -1, 0, 1, 2].map((minutes) => at + minutes * minute)),
    ].map((instant) => instant + offsetMs);
    const isUp = (instant: number) =>
      instant < yearEnd &&
      !down.some(({ from, lasts }) => {
        const into = instant - yearStart - from;
        return into >= 0 && into < lasts;
      });
    return [...new Set(beats)].filter(isUp).sort((a, b) => a - b);
  }

  function liveThrough({ schedule }: Year, beats: readonly number[]): number[] {
    const ran: Date[] = [];
    for (const beat of beats) {
      const last = ran.at(-1);
      const lastRuns = last ? [{ ...schedule, scheduledFor: last }] : [];
      for (const run of dueRuns([schedule], lastRuns, new Date(beat))) ran.push(run.scheduledFor);
    }
    return ran.map(Number);
  }

  test.each(zones)(
    '%s: one run a day, and none only when the process was down',
    (zone) => {
      fc.assert(
        fc.property(years(zone), (year) => {
          const occurrences = listOccurrences(year);
          const beats = listBeats(year, occurrences);
          // An occurrence runs when a beat comes inside its window and before the next occurrence.
          const expected = occurrences.filter((at, index) => {
            const next = occurrences[index + 1] ?? Number.POSITIVE_INFINITY;
            const end = Math.min(next - 1, at + year.schedule.catchUpMs);
            return beats.some((beat) => beat >= at && beat <= end);
          });
          const ran = liveThrough(year, beats);
          expect(ran).toEqual(expected);
          expect(new Set(ran.map((at) => dayIn(new Date(at), zone))).size).toBe(ran.length);
        }),
        { numRuns: 5 },
      );
    },
    60_000,
  );

  test.each(zones)('%s: a run is on the wall clock at its time, or after the gap', (zone) => {
    fc.assert(
      fc.property(times, fc.integer({ min: 0, max: yearMs }), (time, into) => {
        const schedule = { ...daily, zone, time, weekdays: [0, 1, 2, 3, 4, 5, 6] };
        const now = new Date(yearStart + into);
        const run = newestOccurrence(schedule, now);
        if (!run) throw new Error('A daily schedule always has a newest occurrence');
        expect(run.getTime()).toBeLessThanOrEqual(now.getTime());
        expect(now.getTime() - run.getTime()).toBeLessThan(26 * hour);
        const local = new TZDate(run.getTime(), zone);
        const [hours = 0, minutes = 0] = time.split(':').map(Number);
        const shifted = local.getHours() * 60 + local.getMinutes() - hours * 60 - minutes;
        expect(shifted).toBeGreaterThanOrEqual(0);
        expect(shifted).toBeLessThanOrEqual(60);
        if (shifted > 0) {
          const before = new TZDate(run.getTime() - minute, zone);
          expect(local.getTimezoneOffset()).not.toBe(before.getTimezoneOffset());
        }
      }),
      { numRuns: 200 },
    );
  });

  test('a clock that jumps about never makes an occurrence run twice', () => {
    const jumps = fc.array(fc.integer({ min: -3 * 24 * hour, max: 3 * 24 * hour }), {
      maxLength: 60,
    });
    fc.assert(
      fc.property(jumps, (steps) => {
        let now = Date.parse('2027-03-10T12:00:00Z');
        const ran: Date[] = [];
        for (const step of steps) {
          now += step;
          // The store hands over the newest run at `now` or earlier.
          const past = ran.filter((run) => run.getTime() <= now).sort((a, b) => +a - +b);
          const last = past.at(-1);
          const lastRuns = last ? [{ ...daily, scheduledFor: last }] : [];
          for (const run of dueRuns([daily], lastRuns, new Date(now))) ran.push(run.scheduledFor);
        }
        const instants = ran.map(Number);
        expect(new Set(instants).size).toBe(instants.length);
      }),
    );
  });
});

test('a day that a zone skipped has no occurrence of its own', () => {
  const apia = { ...daily, zone: 'Pacific/Apia', weekdays: [5] };
  const skipped = day('2011-12-30');
  expect(weekdayOf(skipped)).toBe(5);
  const run = newestOccurrence(apia, at('2012-01-02T00:00:00Z'));
  expect(run && dayIn(run, 'Pacific/Apia')).not.toBe(skipped);
});

describe('the next occurrence', () => {
  const next = (schedule: Schedule, from: string) => nextOccurrence(schedule, at(from));

  test('is this minute’s own, else the one after it', () => {
    expect(next(weekly, '2026-11-26T15:00:00Z')).toEqual(at('2026-11-26T15:00:00Z'));
    expect(next(weekly, '2026-11-26T15:00:01Z')).toEqual(at('2026-12-03T15:00:00Z'));
    expect(next({ ...weekly, weekdays: [] }, '2026-11-26T15:00:00Z')).toBeUndefined();
  });

  test('has none between itself and the instant that was asked for', () => {
    const instants = fc.integer({
      min: Date.parse('2026-01-01T00:00:00Z'),
      max: Date.parse('2028-01-01T00:00:00Z'),
    });
    fc.assert(
      fc.property(instants, fc.constantFrom(weekly, daily), (ms, schedule) => {
        const from = new Date(ms);
        const found = nextOccurrence(schedule, from) as Date;
        expect(found >= from).toBe(true);
        const before = newestOccurrence(schedule, new Date(found.getTime() - 1)) as Date;
        expect(before < from).toBe(true);
        expect(newestOccurrence(schedule, found)).toEqual(found);
      }),
    );
  });
});
