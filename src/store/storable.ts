/**
 * A text as Postgres can hold it: it refuses two things JavaScript has in one, the null character,
 * which goes, and half a surrogate pair, which becomes U+FFFD.
 */
export function storable(text: string): string {
  return text.replaceAll('\0', '').replace(/\p{Cs}/gu, '\uFFFD');
}

/** A column's value with every text in it `storable`, the keys of its objects too. */
export function storableValue(value: unknown): unknown {
  if (typeof value === 'string') return storable(value);
  if (Array.isArray(value)) return value.map(storableValue);
  if (typeof value !== 'object' || value === null || value instanceof Date) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, part]) => [storable(key), storableValue(part)]),
  );
}
