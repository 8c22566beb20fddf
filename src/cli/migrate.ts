import type { Command } from 'commander';
import { readDatabaseUrl } from '../config.ts';
import { count } from '../domain/text.ts';
import { openDatabase } from '../open-database.ts';
import type { Engine } from '../store/store.ts';
import type { Terminal } from './terminal.ts';

/** The engines as people write them. */
export const engineNames: Readonly<Record<Engine, string>> = {
  sqlite: 'SQLite',
  postgres: 'Postgres',
};

export function addMigrate(program: Command, terminal: Terminal): void {
  program
    .command('migrate')
    .description('bring the database up to date, without starting and without Slack')
    .action(() => migrate(terminal));
}

async function migrate(terminal: Terminal): Promise<void> {
  const store = await openDatabase(readDatabaseUrl(terminal.env));
  await store.close();
  const engine = engineNames[store.engine];
  terminal.print(
    store.migrated === 0
      ? `The ${engine} database is up to date.`
      : `The ${engine} database is up to date: ${count(store.migrated, 'migration')} applied.`,
  );
}
