import { getTableColumns, getTableName } from 'drizzle-orm';
import type { SQLiteTable } from 'drizzle-orm/sqlite-core';
import type { PoolClient } from 'pg';
import type { BulkUpsert } from './store.ts';

/**
 * `BulkUpsert` in one trip to the server: an array for each column, so that one short statement
 * does for any number of rows.
 */
export function createPostgresBulk(client: PoolClient): BulkUpsert {
  return async (table, rows, update = []) => {
    if (rows.length === 0) return;
    const columns = columnsOf(table);
    const names = columns.map(({ name }) => name);
    const changes = columns
      .filter(({ key }) => update.some((changed) => changed === key))
      .map(({ name }) => `${name} = excluded.${name}`);
    const arrays = columns.map(({ type }, at) => `$${at + 1}::${type}[]`);
    const text = `insert into "${getTableName(table)}" (${names.join(', ')})
      select * from unnest(${arrays.join(', ')})
      ${changes.length > 0 ? `on conflict ("id") do update set ${changes.join(', ')}` : ''}`;
    await client.query(
      text,
      columns.map(({ key, encode }) =>
        (rows as readonly Record<string, unknown>[]).map((row) => encode(row[key] ?? null)),
      ),
    );
  };
}

function columnsOf(table: SQLiteTable) {
  return Object.entries(getTableColumns(table)).map(([key, column]) => ({
    key,
    name: `"${column.name}"`,
    type: column.getSQLType().replace(/ collate .*/, ''),
    encode: (value: unknown) => (value === null ? null : column.mapToDriverValue(value as never)),
  }));
}
