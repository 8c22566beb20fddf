import { index, integer, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';

/**
 * The column kinds of the schema. The schema is written once against these helpers; another engine
 * gives its own helpers of the same names and types (DESIGN §6).
 */
export const sqliteDialect = {
  table: sqliteTable,
  index,
  uniqueIndex,
  text: <Value extends string = string>(name: string) => text(name).$type<Value>(),
  integer: (name: string) => integer(name),
  /** A number past two thousand million, as sums of money in cents are. */
  bigint: (name: string) => integer(name),
  boolean: (name: string) => integer(name, { mode: 'boolean' }),
  /** An instant to the millisecond; in SQLite milliseconds since 1970 UTC. */
  instant: (name: string) => integer(name, { mode: 'timestamp_ms' }),
  json: <Value>(name: string) => text(name, { mode: 'json' }).$type<Value>(),
};

export type Dialect = typeof sqliteDialect;
