/**
 * Pairs each item of a list that never reorders with a key: its place. Blocks have no identity of
 * their own, and a changed message is drawn anew anyway.
 */
export function keyed<Item>(items: readonly Item[]): (readonly [string, Item])[] {
  return items.map((item, index) => [String(index), item] as const);
}
