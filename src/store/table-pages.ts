import { and, count, eq, getTableColumns, getTableName, or, type SQL, sql } from 'drizzle-orm';
import { getTableConfig, type SQLiteColumn, type SQLiteTable } from 'drizzle-orm/sqlite-core';
import { AppError } from '../domain/refusal.ts';
import { sqliteTables, type Tables } from './schema.ts';
import type { Tx } from './store.ts';

/** Tables as the schema lists them, for work that is the same for each, whatever it holds. */
export type TableName = keyof Tables;
export type AnyRow = Readonly<Record<string, unknown>>;

export const tableNames = Object.keys(sqliteTables) as TableName[];

/** A table's name as the database has it. */
export function sqlNameOf(name: TableName): string {
  return getTableName(sqliteTables[name]);
}

/** Few enough to hold two of in memory, and to name each in a query. */
const pageSize = 500;

/**
 * The columns that tell a table's rows apart and that an index sorts them by: the primary key, else
 * the first unique index that holds every row.
 * @throws AppError `no_table_key` for a table without one.
 */
export function keyOf(name: TableName): readonly string[] {
  const key = keys.get(name) ?? findKey(name);
  keys.set(name, key);
  return key;
}

const keys = new Map<TableName, readonly string[]>();

function findKey(name: TableName): readonly string[] {
  const { columns, primaryKeys, indexes } = getTableConfig(sqliteTables[name]);
  const unique = indexes
    .map(({ config }) => config)
    .filter(({ unique: isUnique, where }) => isUnique && !where)
    .map(({ columns: indexed }) => indexed as readonly SQLiteColumn[]);
  const key = [
    columns.filter(({ primary }) => primary),
    ...primaryKeys.map((primaryKey) => primaryKey.columns),
    ...unique.filter((indexed) => indexed.every(({ notNull }) => notNull)),
  ].find(({ length }) => length > 0);
  if (!key) {
    throw new AppError(
      `Table ${sqlNameOf(name)} needs a primary key or a unique index over required columns`,
      {
        code: 'no_table_key',
      },
    );
  }
  const byColumn = Object.entries(getTableColumns(sqliteTables[name]));
  return key.map((column) => byColumn.find(([, one]) => one === column)?.[0] ?? column.name);
}

/** Every row of a table, by its key, a page at a time: memory does not grow with the table. */
export async function* readPages(tx: Tx, name: TableName): AsyncGenerator<AnyRow[]> {
  const table: SQLiteTable = tx.tables[name];
  const columns = keyColumns(tx, name);
  let after: AnyRow | undefined;
  do {
    const page: AnyRow[] = await tx
      .select()
      .from(table)
      .where(after && compareKey(columns, '>', after))
      .orderBy(...columns.map(([, column]) => column))
      .limit(pageSize);
    if (page.length > 0) yield page;
    after = page.length === pageSize ? page.at(-1) : undefined;
  } while (after);
}

/** The rows that have the keys of these, in any order; any number of them. */
export async function findRows(
  tx: Tx,
  name: TableName,
  rows: readonly AnyRow[],
): Promise<AnyRow[]> {
  const columns = keyColumns(tx, name);
  const table: SQLiteTable = tx.tables[name];
  const same = rows.map((row) => and(...columns.map(([key, column]) => eq(column, row[key]))));
  return await tx
    .select()
    .from(table)
    .where(or(...same));
}

/** The rows from one key to another, both included: many times as fast as to name each. */
export async function findRange(
  tx: Tx,
  name: TableName,
  first: AnyRow,
  last: AnyRow,
): Promise<AnyRow[]> {
  const columns = keyColumns(tx, name);
  const table: SQLiteTable = tx.tables[name];
  return await tx
    .select()
    .from(table)
    .where(and(compareKey(columns, '>=', first), compareKey(columns, '<=', last)))
    .limit(pageSize);
}

export async function countRows(tx: Tx, name: TableName): Promise<number> {
  const table: SQLiteTable = tx.tables[name];
  const [row] = await tx.select({ rows: count() }).from(table);
  return row?.rows ?? 0;
}

type Keyed = readonly (readonly [key: string, column: SQLiteColumn])[];

function keyColumns(tx: Tx, name: TableName): Keyed {
  const columns = getTableColumns<SQLiteTable>(tx.tables[name]) as Record<string, SQLiteColumn>;
  return keyOf(name).flatMap((key) => {
    const column = columns[key];
    return column ? [[key, column] as const] : [];
  });
}

function compareKey(columns: Keyed, operator: '>' | '>=' | '<=', row: AnyRow): SQL {
  const names = columns.map(([, column]) => column);
  const values = columns.map(([key, column]) => sql.param(row[key], column));
  return sql`(${sql.join(names, sql`, `)}) ${sql.raw(operator)} (${sql.join(values, sql`, `)})`;
}
