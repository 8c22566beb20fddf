import { type SQL, type SQLWrapper, sql } from 'drizzle-orm';
import type { Tx } from './store.ts';

/** Whole days from one day column to another: the engines agree on no function for it. */
export function daysFrom({ engine }: Tx, from: SQLWrapper, to: SQLWrapper): SQL<number> {
  return engine === 'sqlite'
    ? sql<number>`cast(julianday(${to}) - julianday(${from}) as integer)`
    : sql<number>`(${to}::date - ${from}::date)`;
}
