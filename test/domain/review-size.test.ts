import { expect, it } from 'vitest';
import { reviewSizeOf } from '../../src/domain/review-size.ts';

const usd = (minor: number) => ({ minor, currency: 'USD' });
const won = { n: 8, p75Minor: 600 };

it.each([
  ['at the percentile', usd(600), undefined, won, 'full'],
  ['below it', usd(599), undefined, won, 'quick'],
  ['with seven sales', usd(9_999), undefined, { n: 7, p75Minor: 600 }, 'quick'],
  ['without any', usd(9_999), undefined, undefined, 'quick'],
  ['from the amount the team set', usd(500), usd(500), won, 'full'],
  ['below that amount, whatever the percentile', usd(601), usd(700), won, 'quick'],
  ['in another currency than that amount', { minor: 600, currency: 'EUR' }, usd(1), won, 'full'],
  ['unsized', undefined, usd(1), won, 'quick'],
] as const)('a deal %s is %#', (_what, amount, bigDeal, amounts, size) => {
  expect(reviewSizeOf(amount, { bigDeal, won: amounts })).toBe(size);
});
