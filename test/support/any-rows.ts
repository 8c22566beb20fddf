import { getTableColumns } from 'drizzle-orm';
import { getTableConfig, type SQLiteColumn } from 'drizzle-orm/sqlite-core';
import fc from 'fast-check';
import { postgresTables, sqliteTables } from '../../src/store/schema.ts';
import type { Tx } from '../../src/store/store.ts';
import { type AnyRow, type TableName, tableNames } from '../../src/store/table-pages.ts';

/** Rows for every table of the schema, whatever the schema is. */
export type AnyRows = Readonly<Record<TableName, readonly AnyRow[]>>;

const nasty = fc.constantFrom(
  '\0',
  'a\0b',
  'half \ud83d of a pair',
  "O'Brien; drop table deals; --",
  '{"a":"\\u0000"}',
  '\\N',
  '{NULL,"x"}',
  'Zoë 👩‍👩‍👧 عربى ‮',
  '',
);
const text = fc.oneof(nasty, fc.string({ unit: 'binary' }), fc.string({ unit: 'grapheme' }));
const json = fc.oneof(
  fc.dictionary(text, fc.oneof(text, fc.jsonValue(), fc.maxSafeInteger())),
  fc.array(fc.oneof(text, fc.double({ noNaN: true, noDefaultInfinity: true }))),
);

/** Some rows for every table; two never share a key, also when characters of it get lost. */
export const anyRows = rowsOfTables({ maxLength: 4 });

/** One row in every table. */
export const oneRowEach = rowsOfTables({ minLength: 1, maxLength: 1 });

function rowsOfTables(size: fc.ArrayConstraints): fc.Arbitrary<AnyRows> {
  const tables = tableNames.map((name) => [name, fc.array(rowOf(name), size)] as const);
  return fc
    .record(Object.fromEntries(tables) as Record<TableName, fc.Arbitrary<AnyRow[]>>)
    .map((made) => {
      const numbered = tableNames.map((name) => [
        name,
        made[name].map((row, at) => withKey(name, row, at)),
      ]);
      return Object.fromEntries(numbered) as AnyRows;
    });
}

export async function plantRows(tx: Tx, tables: AnyRows): Promise<void> {
  for (const name of tableNames) await tx.bulkUpsert(tx.tables[name], tables[name] as never);
}

function rowOf(name: TableName): fc.Arbitrary<AnyRow> {
  const types = getTableColumns(postgresTables[name]) as unknown as Record<string, SQLiteColumn>;
  return fc.record(
    Object.fromEntries(
      Object.entries(getTableColumns(sqliteTables[name])).map(([key, column]) => {
        const value = valuesOf(column as SQLiteColumn, types[key]?.getSQLType() ?? '');
        return [key, column.notNull ? value : fc.option(value)];
      }),
    ),
  );
}

function valuesOf({ dataType, name }: SQLiteColumn, type: string): fc.Arbitrary<unknown> {
  switch (dataType) {
    case 'string':
      return text;
    case 'boolean':
      return fc.boolean();
    case 'json':
      return json;
    case 'date':
      return fc.date({
        min: new Date('1970-01-01T00:00:00Z'),
        max: new Date('9999-12-31T23:59:59.999Z'),
        noInvalidDate: true,
      });
    case 'number':
      return type === 'bigint' ? fc.maxSafeInteger() : fc.integer();
    default:
      throw new Error(`Column ${name} is a ${dataType}: say here what rows of it look like.`);
  }
}

function withKey(name: TableName, row: AnyRow, at: number): AnyRow {
  const { columns, indexes } = getTableConfig(sqliteTables[name]);
  const unique = new Set<unknown>([
    ...columns.filter(({ primary }) => primary),
    ...indexes.flatMap(({ config }) => (config.unique ? config.columns : [])),
  ]);
  return Object.fromEntries(
    Object.entries(getTableColumns(sqliteTables[name])).map(([key, column]) => {
      const value = row[key];
      const isKey = unique.has(column) && typeof value === 'string';
      return [key, isKey ? `${at} ${value}` : value];
    }),
  );
}
