import Database from 'better-sqlite3';
import { Client } from 'pg';
import { openStore } from '../src/store/open-store.ts';
import { settlePostgres } from './postgres.ts';

export type Value = string | number | boolean | Date | object | null;

/** One row of one table; all rows of a table name the same columns in the same order. */
export interface SeedRow {
  readonly table: string;
  readonly row: Readonly<Record<string, Value>>;
}

/** Migrates the database of a URL and writes rows around the store, as fast as its engine can. */
export async function writeRows(url: string, rows: Iterable<SeedRow>): Promise<void> {
  await (await openStore(url)).close();
  if (!url.startsWith('file:')) return writePostgres(url, rows);
  writeSqlite(url.slice('file:'.length), rows);
}

function writeSqlite(file: string, rows: Iterable<SeedRow>): void {
  const client = new Database(file);
  client.pragma('synchronous = OFF');
  client.pragma('cache_size = -200000');
  const statements = new Map<string, Database.Statement>();
  client.transaction(() => {
    for (const { table, row } of rows) {
      const known = statements.get(table) ?? prepareInsert(client, table, Object.keys(row));
      statements.set(table, known);
      known.run(Object.values(row).map(toSqlite));
    }
  })();
  client.close();
}

function prepareInsert(client: Database.Database, table: string, names: readonly string[]) {
  const places = names.map(() => '?').join(', ');
  return client.prepare(`insert into ${table} (${names.join(', ')}) values (${places})`);
}

function toSqlite(value: Value): string | number | null {
  if (value instanceof Date) return value.getTime();
  if (typeof value === 'boolean') return Number(value);
  return typeof value === 'object' && value !== null ? JSON.stringify(value) : value;
}

const batch = 5_000;

async function writePostgres(url: string, rows: Iterable<SeedRow>): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  const waiting = new Map<string, SeedRow['row'][]>();
  const flush = async (table: string, given: readonly SeedRow['row'][]) => {
    const names = Object.keys(given[0] ?? {}).join(', ');
    await client.query(
      `insert into ${table} (${names}) select ${names} from json_populate_recordset(null::${table}, $1)`,
      [JSON.stringify(given)],
    );
  };
  try {
    // Rows of several tables wait side by side, so that one may come before what it refers to.
    await client.query('set session_replication_role = replica; set synchronous_commit = off');
    for (const { table, row } of rows) {
      const given = waiting.get(table) ?? [];
      waiting.set(table, given);
      if (given.push(row) < batch) continue;
      await flush(table, given);
      waiting.delete(table);
    }
    for (const [table, given] of waiting) await flush(table, given);
  } finally {
    await client.end();
  }
  await settlePostgres(url);
}
