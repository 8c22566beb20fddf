import { type Refusal, refuse } from './refusal.ts';

/** An amount in minor units (cents) of an ISO 4217 currency. */
export interface Money {
  readonly minor: number;
  readonly currency: string;
}

const symbols: Record<string, string> = {
  '€': 'EUR',
  $: 'USD',
  '£': 'GBP',
  '¥': 'JPY',
  '₹': 'INR',
};
const scale: Record<string, number> = { '': 1, k: 1e3, m: 1e6, mio: 1e6, b: 1e9, bn: 1e9 };
const currencies = new Set(Intl.supportedValuesOf('currency'));
const shape =
  /^(?:([A-Z]{3}|[€$£¥₹])\s*)?(\d[\d.,' \u00a0\u202f]*)\s*(k|m|mio|b|bn)?\s*(?:([A-Z]{3}|[€$£¥₹]))?$/i;

// Making a formatter takes a hundred times as long as using it.
const formatters = new Map<string, Intl.NumberFormat>();

function formatterOf(currency: string, digits?: number): Intl.NumberFormat {
  const key = `${currency} ${digits}`;
  const known = formatters.get(key);
  if (known) return known;
  const made = new Intl.NumberFormat('en', {
    style: 'currency',
    currency,
    ...(digits === undefined
      ? {}
      : { minimumFractionDigits: digits, maximumFractionDigits: digits }),
  });
  formatters.set(key, made);
  return made;
}

const digitsOf = new Map<string, number>();

/** Digits after the point in a currency: 2 for EUR, 0 for JPY. */
export function minorDigits(currency: string): number {
  const known = digitsOf.get(currency);
  if (known !== undefined) return known;
  const digits = formatterOf(currency).resolvedOptions().maximumFractionDigits ?? 2;
  digitsOf.set(currency, digits);
  return digits;
}

/**
 * Reads what people type for an amount: `12k`, `€12,500`, `12500 EUR`, `1.250.000,50`, `1.2m`.
 * Without a currency it is `fallback`.
 */
export function parseMoney(text: string, fallback: string): Money | Refusal {
  const match = shape.exec(text.trim());
  const number = match ? parseNumber(match[2] ?? '') : undefined;
  const named = match?.[1] ?? match?.[4];
  if (!match || number === undefined || (match[1] && match[4])) return unreadable(text);
  const currency = named ? (symbols[named] ?? named.toUpperCase()) : fallback;
  if (!currencies.has(currency)) {
    return refuse('money_currency', `“${named}” is not a currency we know. Try 12500 EUR.`);
  }
  const major = number * (scale[(match[3] ?? '').toLowerCase()] ?? 1);
  const minor = Math.round(major * 10 ** minorDigits(currency));
  if (!Number.isSafeInteger(minor) || minor > 1e15) {
    return refuse(
      'money_size',
      `“${text.slice(0, 40)}” is more than we can count. Leave it empty?`,
    );
  }
  return { minor, currency };
}

/** The last of `.` and `,` is the decimal sign unless exactly three digits follow it. */
function parseNumber(text: string): number | undefined {
  const bare = text.replace(/[' \u00a0\u202f]/g, '');
  const last = Math.max(bare.lastIndexOf('.'), bare.lastIndexOf(','));
  if (last < 0) return Number(bare);
  const sign = bare.charAt(last);
  const decimals = bare.slice(last + 1);
  const repeated = bare.indexOf(sign) !== last;
  const groups = bare.split(/[.,]/);
  const isDecimal = decimals.length !== 3 && !repeated;
  const whole = (isDecimal ? bare.slice(0, last) : bare).split(/[.,]/);
  const grouped = whole.length === 1 || whole.slice(1).every((group) => group.length === 3);
  if (!grouped || groups.some((group) => group === '')) return undefined;
  return Number(`${whole.join('')}${isDecimal ? `.${decimals}` : ''}`);
}

function unreadable(text: string): Refusal {
  return refuse(
    'money_unreadable',
    `“${text.slice(0, 40)}” is not an amount we can read. Try 12k, €12,500 or 12500 EUR.`,
  );
}

/** `$12,500`, without cents when there are none. */
export function sayMoney(money: Money): string {
  const digits = minorDigits(money.currency);
  const major = money.minor / 10 ** digits;
  return formatterOf(money.currency, Number.isInteger(major) ? 0 : digits).format(major);
}

/** One total per currency, largest first: nothing is converted without a rate. */
export function totals(amounts: readonly Money[]): Money[] {
  const sums = new Map<string, number>();
  for (const { minor, currency } of amounts) sums.set(currency, (sums.get(currency) ?? 0) + minor);
  return [...sums]
    .map(([currency, minor]) => ({ minor, currency }))
    .sort((a, b) => b.minor - a.minor);
}
