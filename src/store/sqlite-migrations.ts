import { fileURLToPath } from 'node:url';
import type Database from 'better-sqlite3';
import { drizzle } from 'drizzle-orm/better-sqlite3';
import { migrate } from 'drizzle-orm/better-sqlite3/migrator';
import { AppError } from '../domain/refusal.ts';
import { compareMigrations, type MigrationState } from './migration-state.ts';

const folder = fileURLToPath(new URL('../../migrations/sqlite', import.meta.url));

/**
 * Brings the schema up to date. drizzle rebuilds tables; with foreign keys on that would empty
 * cascading children.
 * @returns how many migrations were applied.
 */
export function migrateSqlite(client: Database.Database): number {
  client.pragma('foreign_keys = OFF');
  const before = listApplied(client).length;
  migrate(drizzle(client), { migrationsFolder: folder });
  const broken = client.pragma('foreign_key_check') as unknown[];
  if (broken.length > 0) {
    throw new AppError(`Migrations left ${broken.length} broken references, expected none`, {
      code: 'migration_broken',
    });
  }
  client.pragma('foreign_keys = ON');
  return listApplied(client).length - before;
}

export function readSqliteMigrations(client: Database.Database): MigrationState {
  return compareMigrations(folder, listApplied(client));
}

function listApplied(client: Database.Database): number[] {
  const table = '__drizzle_migrations';
  const known = client.prepare('select 1 from sqlite_master where name = ?').get(table);
  if (!known) return [];
  return client.prepare(`select created_at from ${table}`).pluck().all().map(Number);
}
