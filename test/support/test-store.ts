import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import { openStore } from '../../src/store/open-store.ts';
import type { Engine, Store } from '../../src/store/store.ts';
import {
  createDatabase,
  dropDatabase,
  emptyDatabase,
  hasPostgres,
  template,
} from './postgres-database.ts';

/** The engines a contract is held on: both, unless this machine has no Postgres. */
export const engines: readonly Engine[] = hasPostgres() ? ['sqlite', 'postgres'] : ['sqlite'];

/** What tests run on that are written for either. */
const defaultEngine: Engine = process.env['TEST_ENGINE'] === 'postgres' ? 'postgres' : 'sqlite';

const left: (() => Promise<unknown>)[] = [];

afterAll(async () => {
  for (const clean of left.splice(0).reverse()) await clean();
});

/** Databases on the server whose store was closed. */
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
  left.push(close);
  return { ...store, close };
}

async function emptyPostgres(): Promise<string> {
  const url = used.pop();
  if (url === undefined) return newDatabaseUrl('postgres');
  await emptyDatabase(url);
  return url;
}

/** The URL of a database nobody has opened yet, for several stores or processes; it goes with the file. */
export async function newDatabaseUrl(engine: Engine = defaultEngine): Promise<string> {
  if (engine === 'sqlite') {
    const folder = mkdtempSync(join(tmpdir(), 'homeroom-'));
    left.push(async () => rmSync(folder, { recursive: true }));
    return `file:${join(folder, 'homeroom.db')}`;
  }
  const name = `test_${randomBytes(8).toString('hex')}`;
  left.push(() => dropDatabase(name));
  return createDatabase(name, template);
}
