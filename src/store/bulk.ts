import Database from 'better-sqlite3';
import {
  Column,
  getTableColumns,
  getTableName,
  type Placeholder,
  type SQL,
  type SQLWrapper,
  sql,
} from 'drizzle-orm';
import type { SQLiteTable } from 'drizzle-orm/sqlite-core';
import { AppError } from '../domain/refusal.ts';
import type { Tx } from './store.ts';

/**
 * Inserts many whole rows; one whose id is taken gets the columns named in `update` instead.
 *
 * This goes around drizzle to the driver, with the same columns and encodings: drizzle takes five
 * times as long to build a statement of many rows as SQLite takes to run it. A prepared statement
 * run row by row is the fastest SQLite has, for there is no server to travel to; an engine with a
 * server needs its own form of this function.
 */
export function bulkUpsert<Table extends SQLiteTable>(
  tx: Tx,
  table: Table,
  rows: readonly Table['$inferSelect'][],
  update: readonly (keyof Table['$inferSelect'] & string)[] = [],
): void {
  if (rows.length === 0) return;
  const columns = Object.entries(getTableColumns(table)).map(([key, column]) => ({
    key,
    name: `"${column.name}"`,
    encode: (value: unknown) => column.mapToDriverValue(value),
    isPlain: column.mapToDriverValue === Column.prototype.mapToDriverValue,
  }));
  const changes = columns
    .filter(({ key }) => update.includes(key))
    .map(({ name }) => `${name} = excluded.${name}`);
  const statement = driverOf(tx).prepare(
    `insert into "${getTableName(table)}" (${columns.map(({ name }) => name).join(', ')})
     values (${columns.map(() => '?').join(', ')})
     ${changes.length > 0 ? `on conflict ("id") do update set ${changes.join(', ')}` : ''}`,
  );
  const values: unknown[] = [];
  for (const row of rows as readonly Record<string, unknown>[]) {
    let index = 0;
    for (const { key, encode, isPlain } of columns) {
      const value = row[key] ?? null;
      values[index] = value === null || isPlain ? value : encode(value);
      index += 1;
    }
    statement.run(values);
  }
}

/** `column in (values)` for lists of any length: one parameter, where `inArray` has thousands. */
export function inMany(column: SQLWrapper, values: readonly string[]): SQL {
  return inList(column, listOf(values));
}

/** A list for `inList`, as one parameter. */
export function listOf(values: readonly string[]): string {
  return JSON.stringify(values);
}

/** `column in (list)` for a `listOf` values that is given now or when the query is run. */
export function inList(column: SQLWrapper, list: string | Placeholder): SQL {
  return sql`${column} in (select value from json_each(${list}))`;
}

function driverOf(tx: Tx): Database.Database {
  if ('$client' in tx && tx.$client instanceof Database) return tx.$client;
  throw new AppError('bulkUpsert got a transaction of another engine, expected SQLite', {
    code: 'bulk_engine',
  });
}
