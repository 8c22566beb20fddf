import { repeatableDraw } from '../../../sandbox/server/faults.ts';

/** The same things in an order that looks random and is the same for the same seed. */
export function shuffled<Item>(items: readonly Item[], seed: number): Item[] {
  const draw = repeatableDraw(seed);
  const left = [...items];
  const order: Item[] = [];
  while (left.length > 0) order.push(...left.splice(Math.floor(draw() * left.length), 1));
  return order;
}
