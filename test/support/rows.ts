import type { SQL } from 'drizzle-orm';
import type { Tables } from '../../src/store/schema.ts';
import type { Store, Tx } from '../../src/store/store.ts';

type Row<Name extends keyof Tables> = Tables[Name]['$inferSelect'];

/** Every row of a table, by id where it has one: a server gives them in any order. */
export async function rowsOf<Name extends keyof Tables>(
  store: Pick<Store, 'read'>,
  name: Name,
): Promise<Row<Name>[]> {
  const rows = await store.read(async (tx) => tx.select().from(tx.tables[name] as Tables['deals']));
  const idOf = (row: object) => ('id' in row ? String(row.id) : '');
  return rows.sort((a, b) => (idOf(a) < idOf(b) ? -1 : 1)) as Row<Name>[];
}

interface RawSqlite {
  all(query: SQL): unknown[];
  run(query: SQL): unknown;
}

interface RawPostgres {
  execute(query: SQL): Promise<{ rows: unknown[] }>;
}

/** Rows of a query written by hand, as no store function asks it. */
export async function queryRaw<Row>(tx: Tx, query: SQL): Promise<Row[]> {
  if (tx.engine === 'sqlite') return (tx as unknown as RawSqlite).all(query) as Row[];
  return (await (tx as unknown as RawPostgres).execute(query)).rows as Row[];
}

/** Runs a statement written by hand, as no store function would. */
export async function runRaw(tx: Tx, statement: SQL): Promise<void> {
  if (tx.engine === 'sqlite') (tx as unknown as RawSqlite).run(statement);
  else await (tx as unknown as RawPostgres).execute(statement);
}
