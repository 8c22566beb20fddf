import { setTimeout as sleep } from 'node:timers/promises';
import type { Pool, PoolClient } from 'pg';
import { AppError, outageOf } from '../domain/refusal.ts';
import { explainFailure, isBroken, isConflict } from './postgres-faults.ts';
import type { TransactionOptions } from './store.ts';

const maxTries = 12;
const longestPauseMs = 300;

/** Longer than any statement should take; a process that hangs must not keep its locks for ever. */
const patienceMs = 30_000;

// One trip with `begin`, and local: poolers between us and the server keep no session settings.
const begin = (mode: string) =>
  `begin isolation level ${mode}; set local statement_timeout = ${patienceMs}; set local idle_in_transaction_session_timeout = ${patienceMs}`;

/**
 * Taken before the transaction looks at anything, so that it sees all that those before it did.
 * Reading goes on beside it.
 */
const takeTurn = 'lock table workspaces in exclusive mode';

/**
 * Runs `work` in a transaction; those that take turns are alone among their kind, in whatever
 * process they run. Serializable transactions would need no turns, but on tables of a team's size
 * they take neighbours of a row for the row itself and undo each other until they give up.
 * @throws AppError `store_unavailable` when the database cannot do it now.
 */
export async function runTransaction<Result>(
  pool: Pool,
  { alone = true }: TransactionOptions,
  work: (client: PoolClient) => Promise<Result>,
): Promise<Result> {
  const beginning = alone ? `${begin('read committed')}; ${takeTurn}` : begin('read committed');
  for (let tries = 1; ; tries += 1) {
    try {
      return await runOnce(pool, beginning, work);
    } catch (error) {
      if (!isConflict(error)) throw error;
      if (tries === maxTries) {
        throw outageOf('Too many changed the same at once, so nothing was changed', error);
      }
      await sleep(Math.random() * Math.min(longestPauseMs, 5 * 2 ** tries));
    }
  }
}

/** Runs `work` on one unchanging state of the database. */
export function runSnapshot<Result>(
  pool: Pool,
  work: (client: PoolClient) => Promise<Result>,
): Promise<Result> {
  return runOnce(pool, begin('repeatable read read only'), work);
}

async function runOnce<Result>(
  pool: Pool,
  beginning: string,
  work: (client: PoolClient) => Promise<Result>,
): Promise<Result> {
  const client = await beginOn(pool, beginning);
  let broken = false;
  try {
    const result = await work(client);
    await commit(client);
    return result;
  } catch (error) {
    broken = isBroken(error) || !(await rolledBack(client));
    throw explainFailure(error);
  } finally {
    client.release(broken);
  }
}

/** A pooled connection may have died unnoticed: then nothing was begun, and a fresh one serves. */
async function beginOn(pool: Pool, beginning: string): Promise<PoolClient> {
  for (let tries = 1; ; tries += 1) {
    const client = await pool.connect().catch((error: unknown) => {
      throw outageOf('The database cannot be reached, so nothing was changed', error);
    });
    try {
      await client.query(beginning);
      return client;
    } catch (error) {
      client.release(true);
      if (tries > pool.options.max) throw explainFailure(error);
    }
  }
}

/** The first error is the one that tells: a rollback that fails as well only ends the connection. */
async function rolledBack(client: PoolClient): Promise<boolean> {
  return client.query('rollback').then(
    () => true,
    () => false,
  );
}

async function commit(client: PoolClient): Promise<void> {
  const { command } = await client.query('commit').catch((error: unknown) => {
    if (!isBroken(error)) throw error;
    throw outageOf(
      'The connection to the database broke while it was saving: look whether it was saved',
      error,
    );
  });
  // Postgres answers the commit of a broken transaction with a rollback and no error.
  if (command !== 'COMMIT') {
    throw new AppError('A transaction went on after a query of it had failed, so it was undone', {
      code: 'transaction_broken',
    });
  }
}
