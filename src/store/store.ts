import { AsyncLocalStorage } from 'node:async_hooks';
import { fileURLToPath } from 'node:url';
import Database from 'better-sqlite3';
import { sql } from 'drizzle-orm';
import { type BetterSQLite3Database, drizzle } from 'drizzle-orm/better-sqlite3';
import { migrate } from 'drizzle-orm/better-sqlite3/migrator';
import { AppError } from '../domain/refusal.ts';
import { createMutex } from './mutex.ts';

/** What a store function queries with: only ever handed out by `transaction` and `read`. */
export type Tx = Pick<
  BetterSQLite3Database,
  'select' | 'selectDistinct' | 'insert' | 'update' | 'delete' | 'all' | 'run'
>;

/** The one store (DESIGN §6). */
export interface Store {
  /** All or nothing. Nothing but SQL may be awaited inside `work`. */
  transaction<Result>(work: (tx: Tx) => Promise<Result>): Promise<Result>;
  /** Several reads that see one state. */
  read<Result>(work: (tx: Tx) => Promise<Result>): Promise<Result>;
  close(): Promise<void>;
}

const insideTransaction = new AsyncLocalStorage<true>();

/**
 * Guards edges (Slack, the network) against being called within a transaction.
 * @throws AppError `inside_transaction`, naming the call.
 */
export function assertOutsideTransaction(call: string): void {
  if (insideTransaction.getStore()) {
    throw new AppError(`${call} was called inside a transaction; only SQL belongs there`, {
      code: 'inside_transaction',
    });
  }
}

/**
 * Opens the database of a `file:` URL (`file::memory:` for a private one), migrates it and checks
 * that no migration left a broken reference.
 */
export function openStore(databaseUrl: string): Store {
  const file = databaseUrl.replace(/^file:/, '');
  const client = new Database(file);
  client.pragma('journal_mode = WAL');
  client.pragma('synchronous = FULL');
  client.pragma('busy_timeout = 5000');
  migrateClient(client);
  const db = drizzle(client);
  const mutex = createMutex();

  return {
    transaction: (work) => {
      assertOutsideTransaction('store.transaction');
      return mutex.run(() => insideTransaction.run(true, () => inTransaction(db, work)));
    },
    read: (work) => {
      assertOutsideTransaction('store.read');
      return mutex.run(() => insideTransaction.run(true, () => work(db)));
    },
    close: () => mutex.run(async () => void client.close()),
  };
}

async function inTransaction<Result>(
  db: BetterSQLite3Database,
  work: (tx: Tx) => Promise<Result>,
): Promise<Result> {
  db.run(sql`begin immediate`);
  try {
    const result = await work(db);
    db.run(sql`commit`);
    return result;
  } catch (error) {
    db.run(sql`rollback`);
    throw error;
  }
}

/** drizzle rebuilds tables; with foreign keys on that would empty cascading children. */
function migrateClient(client: Database.Database): void {
  client.pragma('foreign_keys = OFF');
  const folder = fileURLToPath(new URL('../../migrations/sqlite', import.meta.url));
  migrate(drizzle(client), { migrationsFolder: folder });
  const broken = client.pragma('foreign_key_check') as unknown[];
  if (broken.length > 0) {
    throw new AppError(`Migrations left ${broken.length} broken references, expected none`, {
      code: 'migration_broken',
    });
  }
  client.pragma('foreign_keys = ON');
}
