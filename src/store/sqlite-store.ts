import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import Database from 'better-sqlite3';
import { drizzle } from 'drizzle-orm/better-sqlite3';
import { migrate } from 'drizzle-orm/better-sqlite3/migrator';
import { AppError } from '../domain/refusal.ts';
import { createMutex } from './mutex.ts';
import { sqliteTables } from './schema.ts';
import { createSqliteBulk } from './sqlite-bulk.ts';
import { assertOutsideTransaction, runInside, type Store, type Tx } from './store.ts';
import { driverCode, unavailable } from './unavailable.ts';

const folder = fileURLToPath(new URL('../../migrations/sqlite', import.meta.url));

/** Waiting within SQLite stops the whole process, so it is short and we wait between the tries. */
const blockingWaitMs = 50;
const lockedTries = 20;
const lockedPauseMs = 50;

/**
 * Opens the database of a `file:` URL (`file::memory:` for a private one), migrates it and checks
 * that no migration left a broken reference.
 */
export function openSqliteStore(databaseUrl: string): Store {
  const client = new Database(databaseUrl.replace(/^file:/, ''));
  client.pragma('journal_mode = WAL');
  client.pragma('synchronous = FULL');
  client.pragma('busy_timeout = 5000');
  const migrated = migrateClient(client);
  client.pragma(`busy_timeout = ${blockingWaitMs}`);
  const tx: Tx = Object.assign(drizzle(client), {
    engine: 'sqlite' as const,
    tables: sqliteTables,
    bulkUpsert: createSqliteBulk(client),
  });
  const mutex = createMutex();
  const run = <Result>(begin: string, work: (tx: Tx) => Promise<Result>) =>
    mutex.run(() => runInside(() => inTransaction(client, begin, () => work(tx))));

  return {
    engine: 'sqlite',
    migrated,
    transaction: async (work) => {
      assertOutsideTransaction('store.transaction');
      return run('begin immediate', work);
    },
    read: async (work) => {
      assertOutsideTransaction('store.read');
      return run('begin', work);
    },
    // Only writing tells whether the disk is full; a rewrite of this number changes nothing.
    ping: () => run('begin immediate', async () => void client.pragma('user_version = 0')),
    close: () => mutex.run(async () => void client.close()),
  };
}

async function inTransaction<Result>(
  client: Database.Database,
  begin: string,
  work: () => Promise<Result>,
): Promise<Result> {
  try {
    await beginOn(client, begin);
    const result = await work();
    client.prepare('commit').run();
    return result;
  } catch (error) {
    rollBack(client);
    throw explainFailure(error);
  }
}

/** Another process may hold the file for a while: a backup, an import, somebody with a shell. */
async function beginOn(client: Database.Database, begin: string): Promise<void> {
  const statement = client.prepare(begin);
  for (let tries = 1; ; tries += 1) {
    try {
      statement.run();
      return;
    } catch (error) {
      if (tries === lockedTries || !driverCode(error)?.startsWith('SQLITE_BUSY')) throw error;
      await sleep(lockedPauseMs);
    }
  }
}

/** SQLite has rolled back by itself after some errors; whatever happens, the first error tells. */
function rollBack(client: Database.Database): void {
  try {
    if (client.inTransaction) client.prepare('rollback').run();
  } catch {
    // The next transaction finds out what is left of the connection.
  }
}

const outages: readonly (readonly [RegExp, string])[] = [
  [/^SQLITE_(BUSY|LOCKED|PROTOCOL)/, 'Another program holds the database'],
  [/^SQLITE_FULL/, 'The disk of the database is full'],
  [/^SQLITE_(IOERR|CANTOPEN|READONLY|NOMEM)/, 'The database cannot be written'],
];

function explainFailure(error: unknown): unknown {
  if (error instanceof AppError) return error;
  const code = driverCode(error) ?? '';
  const outage = outages.find(([pattern]) => pattern.test(code));
  return outage ? unavailable(`${outage[1]}, so nothing was changed`, error) : error;
}

/** drizzle rebuilds tables; with foreign keys on that would empty cascading children. */
function migrateClient(client: Database.Database): number {
  client.pragma('foreign_keys = OFF');
  const before = countApplied(client);
  migrate(drizzle(client), { migrationsFolder: folder });
  const broken = client.pragma('foreign_key_check') as unknown[];
  if (broken.length > 0) {
    throw new AppError(`Migrations left ${broken.length} broken references, expected none`, {
      code: 'migration_broken',
    });
  }
  client.pragma('foreign_keys = ON');
  return countApplied(client) - before;
}

function countApplied(client: Database.Database): number {
  const table = '__drizzle_migrations';
  const known = client.prepare('select 1 from sqlite_master where name = ?').get(table);
  if (!known) return 0;
  return client.prepare(`select count(*) from ${table}`).pluck().get() as number;
}
