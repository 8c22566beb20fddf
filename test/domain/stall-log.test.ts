import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays, type Day, day } from '../../src/domain/calendar.ts';
import type { StallId } from '../../src/domain/ids.ts';
import { type OpenStall, reconcileStalls } from '../../src/domain/stall-log.ts';
import type { Severity, Stall, StallCode } from '../../src/domain/stalls.ts';

const today = day('2026-11-24');
const yesterday = day('2026-11-23');

const stall = (code: StallCode, severity: Severity, value = 3, limit = 2): Stall => ({
  code,
  severity,
  evidence: { value, limit },
});
const kept = (of: Stall, changes: Partial<OpenStall> = {}): OpenStall => ({
  ...of,
  id: `S-${of.code}` as StallId,
  firstOn: yesterday,
  lastOn: yesterday,
  ...changes,
});
const nothing = { opened: [], changed: [], cleared: [] };

describe('what a day makes of the stalls of a deal', () => {
  it('opens what was not there', () => {
    const found = [stall('buyer_silence', 'watch')];
    expect(reconcileStalls([], found, today)).toEqual({ ...nothing, opened: found });
  });

  it('keeps the first day of what got worse', () => {
    const before = kept(stall('buyer_silence', 'watch', 6, 6));
    const worse = stall('buyer_silence', 'stall', 7, 7);
    expect(reconcileStalls([before], [worse], today)).toEqual({
      ...nothing,
      changed: [{ ...before, ...worse, lastOn: today }],
    });
  });

  it('leaves what goes on with the evidence of the day it turned', () => {
    const before = kept(stall('buyer_silence', 'stall', 7, 7));
    const longer = stall('buyer_silence', 'stall', 8, 7);
    expect(reconcileStalls([before], [longer], today)).toEqual(nothing);
    expect(reconcileStalls([before], [before], today)).toEqual(nothing);
  });

  it('ends what is gone', () => {
    const before = kept(stall('buyer_silence', 'watch'));
    expect(reconcileStalls([before], [], today)).toEqual({ ...nothing, cleared: [before] });
  });

  it('takes no day back when an earlier one is looked at again', () => {
    const before = kept(stall('date_slipped', 'watch', 1, 1), { lastOn: today });
    const worse = stall('date_slipped', 'stall', 2, 2);
    expect(reconcileStalls([before], [worse], yesterday)).toEqual({
      ...nothing,
      changed: [{ ...before, ...worse, lastOn: today }],
    });
  });
});

const codes: readonly StallCode[] = ['buyer_silence', 'no_next_step', 'phase_age', 'date_missed'];
const anyFound: fc.Arbitrary<Stall[]> = fc.uniqueArray(fc.constantFrom(...codes)).chain((some) =>
  fc.tuple(
    ...some.map((code) =>
      fc
        .record({
          severity: fc.constantFrom<Severity>('watch', 'stall'),
          value: fc.integer({ min: 0, max: 3 }),
        })
        .map(({ severity, value }) => stall(code, severity, value)),
    ),
  ),
);

/** What is kept once the changes of a day are written and whatever is left was seen. */
function apply(before: readonly OpenStall[], found: readonly Stall[], on: Day): OpenStall[] {
  const { opened, changed, cleared } = reconcileStalls(before, found, on);
  const lasting = before
    .filter(({ id }) => !cleared.some((gone) => gone.id === id))
    .map((one) => ({ ...(changed.find(({ id }) => id === one.id) ?? one), lastOn: on }));
  const fresh = opened.map((one) => kept(one, { firstOn: on, lastOn: on }));
  return [...lasting, ...fresh];
}

const byCode = (one: Stall, other: Stall) => (one.code < other.code ? -1 : 1);

/** What a code came with on the last day it was not there or was of another severity. */
function sinceTurning(days: readonly (readonly Stall[])[]): Stall[] {
  return (days.at(-1) ?? []).map((last) => {
    const ofCode = days.map((found) => found.find(({ code }) => code === last.code));
    const before = ofCode.findLastIndex((one) => one?.severity !== last.severity);
    return ofCode[before + 1] ?? last;
  });
}

describe('any run of days', () => {
  it('keeps what was found last as it was when it turned, and no day changes it twice', () => {
    fc.assert(
      fc.property(fc.array(anyFound, { minLength: 1, maxLength: 6 }), (days) => {
        let open: OpenStall[] = [];
        for (const [at, found] of days.entries()) {
          const on = addDays(today, at);
          open = apply(open, found, on);
          expect(reconcileStalls(open, found, on)).toEqual(nothing);
          const facts = open.map(({ code, severity, evidence }) => ({ code, severity, evidence }));
          const turned = sinceTurning(days.slice(0, at + 1));
          expect(facts.sort(byCode)).toEqual(turned.sort(byCode));
          expect(open.every(({ firstOn, lastOn }) => firstOn <= on && lastOn === on)).toBe(true);
        }
      }),
    );
  });

  it('remembers since when a code has been there without a break', () => {
    const found = [stall('phase_age', 'stall', 26, 25)];
    let open = apply([], found, today);
    open = apply(open, found, addDays(today, 1));
    expect(open).toMatchObject([{ firstOn: today, lastOn: addDays(today, 1) }]);
    open = apply(apply(open, [], addDays(today, 2)), found, addDays(today, 3));
    expect(open).toMatchObject([{ firstOn: addDays(today, 3) }]);
  });
});
