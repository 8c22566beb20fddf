import { AppError } from '../domain/refusal.ts';
import { openPostgresStore } from './postgres-store.ts';
import { openSqliteStore } from './sqlite-store.ts';
import type { Opening, Store } from './store.ts';

/**
 * Opens the database of a URL and, unless told otherwise, migrates it: `file:` a file of SQLite
 * (`file::memory:` a private one), `postgres:` or `postgresql:` a server.
 */
export async function openStore(
  databaseUrl: string,
  opening: Opening = 'migrated',
): Promise<Store> {
  const scheme = databaseUrl.slice(0, databaseUrl.indexOf(':'));
  if (scheme === 'file') return openSqliteStore(databaseUrl, opening);
  if (scheme === 'postgres' || scheme === 'postgresql') {
    return openPostgresStore(databaseUrl, opening);
  }
  throw new AppError(`There is no engine for '${scheme}:', expected file: or postgres:`, {
    code: 'unknown_engine',
  });
}
