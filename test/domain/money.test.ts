import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Money, parseMoney, sayMoney, totals } from '../../src/domain/money.ts';
import { isRefusal } from '../../src/domain/refusal.ts';

describe('reading an amount', () => {
  it.each([
    ['12k', 1_200_000, 'USD'],
    ['12.5k', 1_250_000, 'USD'],
    ['€12,500', 1_250_000, 'EUR'],
    ['12500 EUR', 1_250_000, 'EUR'],
    ['EUR 12.500,50', 1_250_050, 'EUR'],
    ["CHF 1'250'000", 125_000_000, 'CHF'],
    ['1.2m', 120_000_000, 'USD'],
    ['£0.99', 99, 'GBP'],
    ['12 500', 1_250_000, 'USD'],
    ['¥12000', 12_000, 'JPY'],
    ['1,234.56', 123_456, 'USD'],
  ])('%s', (text, minor, currency) => {
    expect(parseMoney(text, 'USD')).toEqual({ minor, currency });
  });

  it.each(['twelve', '-5', '12,34,5', '€12 EUR', '1..2', '', '12 XYZ', '9'.repeat(30)])(
    'refuses “%s” with a sentence that shows how',
    (text) => {
      const refused = parseMoney(text, 'USD');
      expect(isRefusal(refused) && refused.message.length).toBeGreaterThan(10);
    },
  );

  it('reads back what it says', () => {
    const money = fc.record({
      minor: fc.integer({ min: 0, max: 1e12 }),
      currency: fc.constantFrom('USD', 'EUR', 'GBP', 'JPY', 'INR'),
    });
    fc.assert(
      fc.property(money, (amount) => {
        expect(parseMoney(sayMoney(amount), 'USD')).toEqual(amount);
      }),
    );
  });
});

it('totals every currency apart, the largest first', () => {
  const amounts: Money[] = [
    { minor: 100, currency: 'EUR' },
    { minor: 900, currency: 'USD' },
    { minor: 200, currency: 'EUR' },
  ];
  expect(totals(amounts)).toEqual([
    { minor: 900, currency: 'USD' },
    { minor: 300, currency: 'EUR' },
  ]);
});
