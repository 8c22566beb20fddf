import { type Placeholder, type SQL, type SQLWrapper, sql } from 'drizzle-orm';
import type { Tx } from './store.ts';

/** `column in (values)` for lists of any length: one parameter, where `inArray` has thousands. */
export function inMany(tx: Tx, column: SQLWrapper, values: readonly string[]): SQL {
  return inList(tx, column, listOf(values));
}

/** A list for `inList`, as one parameter. */
export function listOf(values: readonly string[]): string {
  return JSON.stringify(values);
}

/** `column in (list)` for a `listOf` values that is given now or when the query is run. */
export function inList({ engine }: Tx, column: SQLWrapper, list: string | Placeholder): SQL {
  return engine === 'sqlite'
    ? sql`${column} in (select value from json_each(${list}))`
    : sql`${column} = any(array(select json_array_elements_text(${list}::json)))`;
}
