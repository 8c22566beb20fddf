import { existsSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import Database from 'better-sqlite3';
import { drizzle } from 'drizzle-orm/better-sqlite3';
import { AppError, outageOf } from '../domain/refusal.ts';
import { driverCode } from './driver-code.ts';
import { createMutex } from './mutex.ts';
import { sqliteTables } from './schema.ts';
import { createSqliteBulk } from './sqlite-bulk.ts';
import { migrateSqlite, readSqliteMigrations } from './sqlite-migrations.ts';
import { assertOutsideTransaction, type Opening, runInside, type Store, type Tx } from './store.ts';

/** Waiting within SQLite stops the whole process, so it is short and we wait between the tries. */
const blockingWaitMs = 50;
const lockedTries = 20;
const lockedPauseMs = 50;

/**
 * Opens the database of a `file:` URL (`file::memory:` for a private one), migrates it and checks
 * that no migration left a broken reference; or opens it as it is.
 * @throws AppError `no_database` for a file that is not there and shall not be made.
 */
export function openSqliteStore(databaseUrl: string, opening: Opening = 'migrated'): Store {
  const path = sqlitePath(databaseUrl);
  const client = opening === 'migrated' ? new Database(path) : openExisting(path, opening);
  client.pragma('synchronous = FULL');
  client.pragma('busy_timeout = 5000');
  const migrated = opening === 'migrated' ? prepareFile(client) : 0;
  client.pragma(`busy_timeout = ${blockingWaitMs}`);
  const tx: Tx = Object.assign(drizzle(client), {
    engine: 'sqlite' as const,
    tables: sqliteTables,
    bulkUpsert: createSqliteBulk(client),
  });
  const mutex = createMutex();
  const [begin, beginImmediate] = [client.prepare('begin'), client.prepare('begin immediate')];
  const control = { client, commit: client.prepare('commit') };
  const run = <Result>(beginning: Database.Statement, work: (tx: Tx) => Promise<Result>) =>
    mutex.run(() => runInside(() => inTransaction(control, beginning, () => work(tx))));

  return {
    engine: 'sqlite',
    migrated,
    migrations: () => mutex.run(async () => readSqliteMigrations(client)),
    transaction: async (work) => {
      assertOutsideTransaction('store.transaction');
      return run(beginImmediate, work);
    },
    read: async (work) => {
      assertOutsideTransaction('store.read');
      return run(begin, work);
    },
    // Only writing tells whether the disk is full; a rewrite of this number changes nothing.
    ping: () => run(beginImmediate, async () => void client.pragma('user_version = 0')),
    close: () => mutex.run(async () => void client.close()),
  };
}

/** The file a `file:` URL names, relative to where the process runs. */
export function sqlitePath(databaseUrl: string): string {
  return databaseUrl.replace(/^file:/, '');
}

function prepareFile(client: Database.Database): number {
  client.pragma('journal_mode = WAL');
  return migrateSqlite(client);
}

function openExisting(path: string, opening: Opening): Database.Database {
  if (!existsSync(path)) {
    throw new AppError(`there is no file ${path}`, { code: 'no_database' });
  }
  return new Database(path, { fileMustExist: true, readonly: opening === 'read_only' });
}

async function inTransaction<Result>(
  { client, commit }: { client: Database.Database; commit: Database.Statement },
  beginning: Database.Statement,
  work: () => Promise<Result>,
): Promise<Result> {
  try {
    await begun(beginning);
    const result = await work();
    commit.run();
    return result;
  } catch (error) {
    rollBack(client);
    throw explainFailure(error);
  }
}

/** Another process may hold the file for a while: a backup, an import, somebody with a shell. */
async function begun(statement: Database.Statement): Promise<void> {
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
  return outage ? outageOf(`${outage[1]}, so nothing was changed`, error) : error;
}
