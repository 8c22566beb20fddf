import fc from 'fast-check';
import { expect, it } from 'vitest';
import { reviewSizeOf } from '../../src/domain/review-size.ts';

const usd = (minor: number) => ({ minor, currency: 'USD' });
const won = { n: 8, upTo: 6 };

it.each([
  ['at the percentile', usd(600), undefined, won, 'full'],
  ['below it', usd(599), undefined, { n: 8, upTo: 5 }, 'quick'],
  ['with seven sales', usd(9_999), undefined, { n: 7, upTo: 7 }, 'quick'],
  ['without any', usd(9_999), undefined, undefined, 'quick'],
  ['from the amount the team set', usd(500), usd(500), won, 'full'],
  ['below that amount, whatever the percentile', usd(601), usd(700), won, 'quick'],
  ['in another currency than that amount', { minor: 600, currency: 'EUR' }, usd(1), won, 'full'],
  ['unsized', undefined, usd(1), won, 'quick'],
] as const)('a deal %s is %#', (_what, amount, bigDeal, amounts, size) => {
  expect(reviewSizeOf(amount, { bigDeal, won: amounts })).toBe(size);
});

it('is big from the sale at the nearest rank of the 75th percentile on', () => {
  const sales = fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 8, maxLength: 40 });
  fc.assert(
    fc.property(sales, fc.integer({ min: 0, max: 41 }), (amounts, minor) => {
      const sorted = [...amounts].sort((a, b) => a - b);
      const percentile = sorted[Math.ceil(sorted.length * 0.75) - 1] ?? 0;
      const upTo = amounts.filter((amount) => amount <= minor).length;
      const size = reviewSizeOf(usd(minor), {
        bigDeal: undefined,
        won: { n: amounts.length, upTo },
      });
      expect(size).toBe(minor >= percentile ? 'full' : 'quick');
    }),
  );
});
