import { drizzle } from 'drizzle-orm/node-postgres';
import { type ClientConfig, Pool, type PoolClient } from 'pg';
import { outageOf } from '../domain/refusal.ts';
import { createMutex } from './mutex.ts';
import { createPostgresBulk } from './postgres-bulk.ts';
import { explainFailure } from './postgres-faults.ts';
import { migratePostgres, readPostgresMigrations } from './postgres-migrations.ts';
import { runSnapshot, runTransaction } from './postgres-transaction.ts';
import { postgresTables } from './schema.ts';
import { assertOutsideTransaction, type Opening, runInside, type Store, type Tx } from './store.ts';

const poolSize = 10;
const idleMs = 60_000;

/** How long somebody waits for a connection, new or out of the pool. */
const connectMs = 10_000;

/** Longer than the server's own limit: it only ends the wait for a server that is gone. */
const answerMs = 40_000;

/**
 * Opens a database of a Postgres server, migrates it unless it shall stay as it is, and keeps a
 * pool of connections to it.
 */
export async function openPostgresStore(
  databaseUrl: string,
  opening: Opening = 'migrated',
): Promise<Store> {
  const config: ClientConfig = {
    connectionString: databaseUrl,
    application_name: 'homeroom',
    connectionTimeoutMillis: connectMs,
    keepAlive: true,
  };
  const migrated = opening === 'migrated' ? await migratePostgres(config) : 0;
  const pool = new Pool({
    ...config,
    max: poolSize,
    idleTimeoutMillis: idleMs,
    query_timeout: answerMs,
  });
  const txOf = new WeakMap<PoolClient, Tx>();
  const turns = createMutex();
  pool.on('connect', (client) => {
    txOf.set(client, createTx(client));
    // What happens to a connection shows in the query that is under way, or in the next one.
    client.on('error', () => undefined);
  });
  pool.on('error', () => undefined);
  let closed: Promise<void> | undefined;
  const inside =
    <Result>(work: (tx: Tx) => Promise<Result>) =>
    (client: PoolClient) =>
      runInside(() => work(txOf.get(client) ?? createTx(client)));

  return {
    engine: 'postgres',
    migrated,
    migrations: () =>
      readPostgresMigrations(pool).catch((error: unknown) => {
        throw explainFailure(error);
      }),
    transaction: async (work, options = {}) => {
      assertOutsideTransaction('store.transaction');
      const run = () => runTransaction(pool, options, inside(work));
      // Whoever waits for a turn here keeps no connection from those who read.
      return options.alone === false ? run() : turns.run(run);
    },
    read: async (work) => {
      assertOutsideTransaction('store.read');
      return runSnapshot(pool, inside(work));
    },
    ping: () => ping(pool),
    close: () => {
      closed ??= pool.end();
      return closed;
    },
  };
}

/** The work of a transaction on this connection; kept with it, as its prepared queries are. */
function createTx(client: PoolClient): Tx {
  return Object.assign(drizzle({ client }), {
    engine: 'postgres' as const,
    tables: postgresTables,
    bulkUpsert: createPostgresBulk(client),
  }) as unknown as Tx;
}

/** A standby answers as well, but takes no changes. */
async function ping(pool: Pool): Promise<void> {
  const { rows } = await pool
    .query(`select current_setting('transaction_read_only') = 'on' as "readOnly"`)
    .catch((error: unknown) => {
      throw explainFailure(error);
    });
  if (rows[0].readOnly) throw outageOf('The database takes no changes now', undefined);
}
