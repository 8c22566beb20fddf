import { fileURLToPath } from 'node:url';
import { drizzle } from 'drizzle-orm/node-postgres';
import { migrate } from 'drizzle-orm/node-postgres/migrator';
import { Client, type ClientConfig, type Pool } from 'pg';
import { AppError } from '../domain/refusal.ts';
import { driverCode } from './driver-code.ts';
import { compareMigrations, type MigrationState } from './migration-state.ts';

const folder = fileURLToPath(new URL('../../migrations/postgres', import.meta.url));

/** Any number that nobody else uses as a lock in this database. */
const lock = 4_668_663_666;

const lockTimeoutS = 120;

/**
 * Brings the schema up to date, one process at a time: a second one waits and finds it done. The
 * lock is the session's, so it goes with a process that dies.
 * @returns how many migrations were applied.
 */
export async function migratePostgres(config: ClientConfig): Promise<number> {
  const client = new Client(config);
  // What happens to the connection shows in the query that is under way.
  client.on('error', () => undefined);
  await client.connect();
  try {
    await waitForTurn(client);
    const before = (await listApplied(client)).length;
    await migrate(drizzle({ client }), { migrationsFolder: folder });
    return (await listApplied(client)).length - before;
  } finally {
    await client.end();
  }
}

async function waitForTurn(client: Client): Promise<void> {
  try {
    await client.query(`set lock_timeout = '${lockTimeoutS}s'`);
    await client.query('select pg_advisory_lock($1)', [lock]);
    await client.query('set lock_timeout = 0');
  } catch (error) {
    if (driverCode(error) !== '55P03') throw error;
    throw new AppError(
      `Another process has been migrating the database for over ${lockTimeoutS} seconds; start again when it is done`,
      { code: 'migration_locked', cause: error },
    );
  }
}

export async function readPostgresMigrations(pool: Pool): Promise<MigrationState> {
  return compareMigrations(folder, await listApplied(pool));
}

async function listApplied(client: Client | Pool): Promise<number[]> {
  const known = await client.query(`select to_regclass('drizzle.__drizzle_migrations') as found`);
  if (known.rows[0].found === null) return [];
  const { rows } = await client.query<{ at: string }>(
    'select created_at as at from drizzle.__drizzle_migrations',
  );
  return rows.map(({ at }) => Number(at));
}
