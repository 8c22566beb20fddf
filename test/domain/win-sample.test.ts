import fc from 'fast-check';
import { expect, it } from 'vitest';
import { day } from '../../src/domain/calendar.ts';
import { type DealId, newId } from '../../src/domain/ids.ts';
import { expectedWins, isSampledWin } from '../../src/domain/win-sample.ts';

const start = Date.UTC(2026, 10, 1);
const idAt = (ms: number) => newId<DealId>(new Date(start + ms));

/** The places of the wins that are taken in a month of `wins` where `wins` were expected. */
function takenIn(wins: number, wanted: number): number[] {
  const taken: number[] = [];
  for (let place = 0; place < wins; place += 1) {
    const sample = { wanted, taken: taken.length, expected: wins - place };
    if (isSampledWin(idAt(place * 1_000), sample)) taken.push(place);
  }
  return taken;
}

it('never takes more than wanted, and all of them where the month goes as expected', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 60 }), fc.nat(20), (wins, wanted) => {
      expect(takenIn(wins, wanted)).toHaveLength(Math.min(wins, wanted));
    }),
  );
});

it('takes early and late wins alike', () => {
  const thirds = [0, 0, 0];
  for (let month = 0; month < 900; month += 1) {
    for (const place of takenIn(12, 1))
      thirds[Math.floor(place / 4)] = (thirds[Math.floor(place / 4)] ?? 0) + 1;
  }
  for (const third of thirds) expect(third).toBeGreaterThan(220);
});

it('gives the same win the same answer', () => {
  const id = idAt(5);
  const sample = { wanted: 1, taken: 0, expected: 2 };
  expect(isSampledWin(id, sample)).toBe(isSampledWin(id, sample));
});

it('expects what the rest of a month usually brings', () => {
  expect(expectedWins(0, day('2026-11-01'))).toBe(1);
  expect(expectedWins(365, day('2026-11-01'))).toBe(30);
  expect(expectedWins(365, day('2026-11-30'))).toBe(1);
  expect(expectedWins(365, day('2028-02-28'))).toBe(2);
});
