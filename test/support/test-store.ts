import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openStore } from '../../src/store/open-store.ts';
import type { Engine, Store } from '../../src/store/store.ts';
import { atExit } from './at-exit.ts';
import { createDatabase, emptyDatabase, hasPostgres, template } from './postgres-database.ts';

/** The engines a contract is held on: both, unless this machine has no Postgres. */
export const engines: readonly Engine[] = hasPostgres() ? ['sqlite', 'postgres'] : ['sqlite'];

/** What tests run on that are written for either. */
const defaultEngine: Engine = process.env['TEST_ENGINE'] === 'postgres' ? 'postgres' : 'sqlite';

/** Databases on the server whose store was closed: emptying one is ten times as fast as a new one. */
const used: string[] = [];

/** A private, empty database with every migration run. */
export async function openTestStore(engine: Engine = defaultEngine): Promise<Store> {
  const url = engine === 'sqlite' ? 'file::memory:' : await emptyPostgres();
  const store = await openStore(url);
  let closed: Promise<void> | undefined;
  const close = () => {
    closed ??= store.close().then(() => void (engine === 'postgres' && used.push(url)));
    return closed;
  };
  return { ...store, close };
}

async function emptyPostgres(): Promise<string> {
  const url = used.pop();
  if (url === undefined) return newDatabaseUrl('postgres');
  await emptyDatabase(url);
  return url;
}

/**
 * The URL of a database nobody has opened yet, for several stores or processes. A file goes with
 * this process, a database with the server.
 */
export async function newDatabaseUrl(engine: Engine = defaultEngine): Promise<string> {
  if (engine === 'postgres') {
    return createDatabase(`test_${randomBytes(8).toString('hex')}`, template);
  }
  const folder = mkdtempSync(join(tmpdir(), 'homeroom-'));
  atExit(() => rmSync(folder, { recursive: true, force: true }));
  return `file:${join(folder, 'homeroom.db')}`;
}
