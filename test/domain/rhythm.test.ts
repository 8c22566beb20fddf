import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type DueTalk, rhythmOf, talksDue } from '../../src/domain/rhythm.ts';

const dueAt = new Date('2026-11-26T15:00:00Z');
const held: DueTalk = { dueAt, posted: true, hadLosses: true, talked: true };
const quiet = { ...held, hadLosses: false, talked: false };
const unheard = { ...held, talked: false };
const missing = { ...held, posted: false, hadLosses: false, talked: false };

describe('the rhythm of the weekly talk', () => {
  it('counts weeks with a talk, and weeks with nothing to talk about', () => {
    expect(rhythmOf([held, held, quiet, held])).toEqual({
      newest: 'held',
      before: { held: 3, due: 3 },
      skipped: 0,
      inARow: 4,
    });
  });

  it('takes a week for skipped that was not posted, or in which nobody spoke', () => {
    expect(rhythmOf([held, held, missing, unheard, held, missing])).toEqual({
      newest: 'held',
      before: { held: 2, due: 4 },
      skipped: 2,
      inARow: 2,
    });
  });

  it('leaves the newest time until the next one', () => {
    expect(rhythmOf([unheard, held, held])).toMatchObject({
      newest: 'open',
      inARow: 2,
      skipped: 0,
    });
    expect(rhythmOf([missing, held])).toMatchObject({ newest: 'skipped', inARow: 0, skipped: 1 });
  });

  it('knows nothing before the first was due', () => {
    expect(rhythmOf([])).toEqual({
      newest: undefined,
      before: { held: 0, due: 0 },
      skipped: 0,
      inARow: 0,
    });
  });

  it('never counts a week twice', () => {
    const talk = fc.constantFrom(held, quiet, unheard, missing);
    fc.assert(
      fc.property(fc.array(talk, { maxLength: 13 }), (talks) => {
        const { before, skipped, inARow } = rhythmOf(talks);
        expect(before.held).toBeLessThanOrEqual(before.due);
        expect(skipped).toBeGreaterThanOrEqual(before.due - before.held);
        expect(inARow).toBeLessThanOrEqual(Math.min(12, talks.length));
      }),
    );
  });
});

describe('when the weekly talk was due', () => {
  const at = { weekday: 4, time: '10:00', zone: 'America/New_York' };

  it('is by the clock on the wall, from the install on', () => {
    const until = new Date('2026-11-13T20:00:00Z');
    const since = new Date('2026-10-22T14:00:00Z');
    expect(talksDue({ until, since }, at).map((one) => one.toISOString())).toEqual([
      '2026-11-12T15:00:00.000Z',
      '2026-11-05T15:00:00.000Z',
      '2026-10-29T14:00:00.000Z',
      '2026-10-22T14:00:00.000Z',
    ]);
  });

  it('is a quarter and a week back at most, and never after now', () => {
    const since = new Date('2020-01-01T00:00:00Z');
    const early = new Date('2026-11-12T14:59:00Z');
    const dues = talksDue({ until: early, since }, at);
    expect(dues).toHaveLength(13);
    expect(dues[0]?.toISOString()).toBe('2026-11-05T15:00:00.000Z');
  });
});
