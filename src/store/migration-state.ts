import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** How the migrations a database has had compare with those this build brings. */
export interface MigrationState {
  readonly applied: number;
  /** Names of those still to come, such as `0003_paces`. */
  readonly pending: readonly string[];
  /** How many the database has had that this build does not know: a newer one made them. */
  readonly unknown: number;
}

interface Journal {
  readonly entries: readonly { readonly when: number; readonly tag: string }[];
}

/**
 * @param folder of one engine's migrations, with drizzle's journal in it.
 * @param applied the instants drizzle keeps of those a database has had: they name a migration.
 */
export function compareMigrations(folder: string, applied: readonly number[]): MigrationState {
  const file = join(folder, 'meta', '_journal.json');
  const { entries } = JSON.parse(readFileSync(file, 'utf8')) as Journal;
  const had = new Set(applied);
  const known = new Set(entries.map(({ when }) => when));
  return {
    applied: applied.length,
    pending: entries.filter(({ when }) => !had.has(when)).map(({ tag }) => tag),
    unknown: applied.filter((when) => !known.has(when)).length,
  };
}
