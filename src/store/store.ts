import { AsyncLocalStorage } from 'node:async_hooks';
import type { BetterSQLite3Database } from 'drizzle-orm/better-sqlite3';
import type { SQLiteTable } from 'drizzle-orm/sqlite-core';
import { AppError } from '../domain/refusal.ts';
import type { MigrationState } from './migration-state.ts';
import type { Tables } from './schema.ts';

export type Engine = 'sqlite' | 'postgres';

/**
 * In what state a database is opened. `migrated` makes it and brings it up to date; the other two
 * leave it as it is, for whoever looks at a database that may be older or newer than this build.
 * `read_only` promises to call nothing but `read` and `migrations`.
 */
export type Opening = 'migrated' | 'as_is' | 'read_only';

/**
 * What a store function queries with: only ever handed out by `transaction` and `read`. Both
 * engines wear the types of SQLite's; every query must be awaited, for a server answers later.
 */
export interface Tx
  extends Pick<
    BetterSQLite3Database,
    'select' | 'selectDistinct' | 'insert' | 'update' | 'delete'
  > {
  readonly engine: Engine;
  readonly tables: Tables;
  readonly bulkUpsert: BulkUpsert;
}

/**
 * Inserts many whole rows; one whose id is taken gets the columns named in `update` instead. It
 * goes around drizzle to the driver with the same columns and encodings, because drizzle takes
 * several times as long to build a statement of many rows as an engine takes to run it.
 */
export type BulkUpsert = <Table extends SQLiteTable>(
  table: Table,
  rows: readonly Table['$inferSelect'][],
  update?: readonly (keyof Table['$inferSelect'] & string)[],
) => Promise<void>;

export interface TransactionOptions {
  /**
   * As if there were nobody else, the default: these take turns, over all processes. Without, it
   * runs beside others and sees what they finished meanwhile; that is for work whose every change
   * checks for itself what it changes, as the outbox does by claims. SQLite has one writer at a
   * time and knows no difference.
   */
  readonly alone?: boolean;
}

/**
 * The one store (DESIGN §6). Whatever is called while the database cannot do its work throws an
 * AppError `store_unavailable`, and the next call tries afresh.
 */
export interface Store {
  readonly engine: Engine;
  /** How many migrations were applied when it was opened. */
  readonly migrated: number;
  /** Which migrations it has had, and which it lacks. */
  migrations(): Promise<MigrationState>;
  /**
   * All or nothing. Nothing but SQL may be awaited inside `work`, and it may run more than once:
   * what it leaves outside of the database must not depend on how often.
   */
  transaction<Result>(
    work: (tx: Tx) => Promise<Result>,
    options?: TransactionOptions,
  ): Promise<Result>;
  /** Several reads that see one state. */
  read<Result>(work: (tx: Tx) => Promise<Result>): Promise<Result>;
  /** Whether the database takes changes now; throws when it does not. */
  ping(): Promise<void>;
  close(): Promise<void>;
}

const insideTransaction = new AsyncLocalStorage<true>();

/** Runs the work of a transaction, so that `assertOutsideTransaction` knows. */
export function runInside<Result>(work: () => Promise<Result>): Promise<Result> {
  return insideTransaction.run(true, work);
}

/** Runs work on another store than the one whose transaction surrounds it, as a copy does. */
export function runOutside<Result>(work: () => Promise<Result>): Promise<Result> {
  return insideTransaction.exit(work);
}

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
