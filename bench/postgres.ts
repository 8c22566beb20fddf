import { Client } from 'pg';
import { findPostgres, startPostgres } from '../test/support/postgres.ts';

/** A server of our own; every database in it starts empty. */
export interface BenchPostgres {
  /** @returns the URL of a new database. */
  createDatabase(name: string): Promise<string>;
  stop(): Promise<void>;
}

/** A commit is on the disk when it is acknowledged, as with SQLite's `synchronous=FULL`. */
const settings = [
  'fsync=on',
  'synchronous_commit=on',
  'full_page_writes=on',
  'shared_buffers=128MB',
  'max_connections=100',
];

/** @returns nothing where the programs are not installed. */
export async function startBenchPostgres(): Promise<BenchPostgres | undefined> {
  if (!findPostgres()) return undefined;
  const server = await startPostgres(settings);
  return {
    createDatabase: async (name) => {
      await runOn(server.url('postgres'), `create database ${name}`);
      return server.url(name);
    },
    stop: () => server.stop(),
  };
}

/** What the server does by itself within minutes of so many new rows, so that no timing has it. */
export async function settlePostgres(url: string): Promise<void> {
  await runOn(url, 'vacuum analyze');
  await runOn(url, 'checkpoint');
}

async function runOn(url: string, statement: string): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
