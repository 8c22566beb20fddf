import { type Money, parseMoney } from '../domain/money.ts';
import { isRefusal, type Refusal, refuse } from '../domain/refusal.ts';

/** Reads an amount; the second text is the cell of a currency column, a code or a symbol. */
export type AmountReader = (text: string, currency: string) => Money | Refusal;

/**
 * Reads amounts of a file in its currencies. Whole numbers, nearly all of an export, take a short
 * cut that multiplies by what one of the currency is in minor units.
 */
export function createAmountReader(defaultCurrency: string): AmountReader {
  const ones = new Map<string, Money | Refusal>();
  const oneOf = (named: string) => {
    const known = ones.get(named);
    if (known) return known;
    const one = parseMoney(named === '' ? '1' : `1 ${named}`, defaultCurrency);
    ones.set(named, one);
    return one;
  };
  return (text, named) => {
    const one = oneOf(named);
    if (isRefusal(one)) {
      return refuse('currency', `“${named.slice(0, 40)}” is not a currency such as EUR.`);
    }
    return /^\d{1,12}$/.test(text)
      ? { minor: Number(text) * one.minor, currency: one.currency }
      : parseMoney(text, one.currency);
  };
}
