import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  blockerLift,
  brierScore,
  overRepresented,
  sayLift,
} from '../../src/domain/pattern-metrics.ts';
import { topSkills } from '../../src/domain/skill-patterns.ts';
import {
  computeVelocity,
  roundMinor,
  typicalCycle,
  velocityOf,
} from '../../src/domain/velocity.ts';

const won = (days: number, deals: number, minor = 25_000 * deals) => ({
  days,
  deals,
  sized: deals,
  minor,
});

describe('velocity', () => {
  it('is 40 × 25,000 × 0.25 ÷ 90 (METHOD appendix A)', () => {
    const facts = { open: 40, amount: 25_000, rate: { k: 1, n: 4 }, days: 90 };
    expect(computeVelocity(facts)).toBeCloseTo(2777.78, 2);
  });

  it('comes to the same from deals that the database grouped by days', () => {
    const own = [won(60, 2), won(120, 2), won(90, 1)];
    expect(velocityOf({ segment: 'mid', open: 40, lost: 15, won: own })).toBeCloseTo(2777.78, 2);
  });

  it('needs ten closed and three won with an amount', () => {
    const facts = { segment: 'mid' as const, open: 5, lost: 7, won: [won(30, 3)] };
    expect(velocityOf(facts)).toBeGreaterThan(0);
    expect(velocityOf({ ...facts, lost: 6 })).toBeUndefined();
    expect(velocityOf({ ...facts, lost: 20, won: [won(30, 2)] })).toBeUndefined();
    const unsized = [{ days: 30, deals: 3, sized: 0, minor: 0 }];
    expect(velocityOf({ ...facts, won: unsized })).toBeUndefined();
  });

  it('takes a day at least for a deal won the day it began', () => {
    const facts = { segment: 'smb' as const, open: 1, lost: 7, won: [won(0, 3)] };
    expect(velocityOf(facts)).toBeCloseTo(7500);
  });

  it('is said in whole units', () => {
    expect(roundMinor(277_778.4, 'USD')).toEqual({ minor: 277_800, currency: 'USD' });
    expect(roundMinor(2777.8, 'JPY')).toEqual({ minor: 2778, currency: 'JPY' });
  });
});

describe('the typical cycle', () => {
  it('is known from eight wins on', () => {
    expect(typicalCycle([{ days: 10, deals: 7 }])).toBeUndefined();
    const groups = [
      { days: 10, deals: 4 },
      { days: 30, deals: 4 },
    ];
    expect(typicalCycle(groups)).toEqual({ median: 20, p75: 30, n: 8 });
  });
});

describe('blocker lift', () => {
  const of = (lostK: number, lostN: number, wonK: number, wonN: number) => ({
    lost: { k: lostK, n: lostN },
    won: { k: wonK, n: wonN },
  });

  it('is 3.0 for 12 of 20 lost and 3 of 15 won (METHOD appendix A)', () => {
    expect(blockerLift(of(12, 20, 3, 15))).toBeCloseTo(3);
  });

  it('needs ten deals a side and three that had it', () => {
    expect(blockerLift(of(9, 9, 1, 20))).toBeUndefined();
    expect(blockerLift(of(9, 20, 1, 9))).toBeUndefined();
    expect(blockerLift(of(2, 20, 0, 20))).toBeUndefined();
    expect(blockerLift(of(3, 20, 0, 20))).toBe(Number.POSITIVE_INFINITY);
  });

  it('shows the three that losses have clearly more of', () => {
    const blockers = [
      { code: 'no_power' as const, ...of(12, 20, 3, 15) },
      { code: 'phase_age' as const, ...of(10, 20, 8, 15) },
      { code: 'ping_pong' as const, ...of(4, 20, 0, 15) },
    ];
    const shown = overRepresented(blockers);
    expect(shown.map(({ blocker }) => blocker.code)).toEqual(['ping_pong', 'no_power']);
    expect(shown.map(({ lift }) => sayLift(lift))).toEqual([
      'in none of the wins',
      '3.0 times as often',
    ]);
  });

  it('is one where both sides had it alike', () => {
    fc.assert(
      fc.property(fc.integer({ min: 10, max: 500 }), (n) => {
        const k = Math.ceil(n / 3);
        expect(blockerLift(of(k, n, k, n))).toBeCloseTo(1);
      }),
    );
  });
});

describe('the Brier score', () => {
  it('is 0.225 for four forecasts (METHOD appendix A)', () => {
    const forecasts = [
      { stated: 0.9, won: true },
      { stated: 0.8, won: false },
      { stated: 0.6, won: true },
      { stated: 0.3, won: false },
    ];
    expect(brierScore(forecasts)).toBeCloseTo(0.225);
    expect(brierScore([])).toBeUndefined();
  });
});

describe('skills that come back', () => {
  it('are cited by three reviews and a quarter of them', () => {
    const product = { codes: ['prd.must_have', 'fit.no_problem'] };
    const reviews = [product, product, product, { codes: ['us.slow'] }, { codes: [] }];
    expect(topSkills(reviews)).toEqual([
      { skill: 'qualify', reviews: { k: 3, n: 5 }, recurs: true },
      { skill: 'responsive', reviews: { k: 1, n: 5 }, recurs: false },
    ]);
  });
});
