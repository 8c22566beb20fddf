import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { medianOf, quantileOf, sayRate, shareOf, wilson } from '../../src/domain/rate.ts';

describe('the Wilson interval', () => {
  it.each([
    [14, 30, 0.302, 0.639],
    [2, 8, 0.071, 0.591],
    [6, 10, 0.313, 0.832],
  ])('of %d in %d is %f to %f (METHOD appendix A)', (k, n, low, high) => {
    expect(wilson({ k, n })?.low).toBeCloseTo(low, 3);
    expect(wilson({ k, n })?.high).toBeCloseTo(high, 3);
  });

  it('is none of nothing', () => expect(wilson({ k: 0, n: 0 })).toBeUndefined());

  it('holds the share, within 0 and 1, and shrinks as more is known', () => {
    const tally = fc
      .integer({ min: 1, max: 500 })
      .chain((n) => fc.integer({ min: 0, max: n }).map((k) => ({ k, n })));
    fc.assert(
      fc.property(tally, ({ k, n }) => {
        const [one, ten] = [wilson({ k, n }), wilson({ k: k * 10, n: n * 10 })];
        if (!one || !ten) throw new Error('An interval is missing');
        expect(one.low).toBeGreaterThanOrEqual(0);
        expect(one.high).toBeLessThanOrEqual(1);
        expect(one.low - 1e-9).toBeLessThanOrEqual(k / n);
        expect(one.high + 1e-9).toBeGreaterThanOrEqual(k / n);
        expect(ten.high - ten.low).toBeLessThan(one.high - one.low);
      }),
    );
  });
});

describe('a rate in words', () => {
  it('always has its denominator', () => {
    expect(sayRate({ k: 60, n: 140 })).toBe('60 of 140 (43 %)');
    expect(sayRate({ k: 1234, n: 2000 })).toBe('1,234 of 2,000 (62 %)');
  });

  it('has its range under thirty', () => {
    expect(sayRate({ k: 6, n: 14 })).toBe('6 of 14 (43 %, likely 21–67 %)');
    expect(sayRate({ k: 14, n: 29 })).toContain('likely');
    expect(sayRate({ k: 14, n: 30 })).toBe('14 of 30 (47 %)');
  });

  it('is no share at all of too few', () => {
    expect(sayRate({ k: 1, n: 3 })).toBe('not enough yet (3 of 5)');
    expect(sayRate({ k: 0, n: 0 })).toBe('not enough yet (0 of 5)');
    expect(sayRate({ k: 3, n: 7 }, 8)).toBe('not enough yet (7 of 8)');
    expect(shareOf({ k: 1, n: 4 })).toBeUndefined();
    expect(shareOf({ k: 1, n: 5 })).toBeCloseTo(0.2);
  });

  it('shows a percentage only with n, whatever the numbers', () => {
    const counts = fc.tuple(fc.nat(3000), fc.nat(3000)).map(([a, b]) => ({
      k: Math.min(a, b),
      n: Math.max(a, b),
    }));
    fc.assert(
      fc.property(counts, (tally) => {
        const said = sayRate(tally);
        if (tally.n < 5) expect(said).toBe(`not enough yet (${tally.n} of 5)`);
        else expect(said).toContain(`of ${tally.n.toLocaleString('en')} (`);
      }),
    );
  });
});

describe('quantiles', () => {
  it('are the middle, and the mean of both middles', () => {
    expect(medianOf([3, 1, 2])).toBe(2);
    expect(medianOf([4, 1, 2, 3])).toBe(2.5);
    expect(quantileOf([1, 2, 3, 4, 5], 0.75)).toBe(4);
    expect(medianOf([])).toBeUndefined();
  });
});
