import { realpathSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Command } from 'commander';
import { databaseUrlFault } from '../config.ts';
import { isRefusal } from '../domain/refusal.ts';
import { count } from '../domain/text.ts';
import { redactSecrets } from '../log.ts';
import { openDatabase } from '../open-database.ts';
import { startStep } from '../start-step.ts';
import { type CopiedTable, copyStore } from '../store/copy-store.ts';
import { sqlitePath } from '../store/sqlite-store.ts';
import type { Opening, Store } from '../store/store.ts';
import { engineNames } from './migrate.ts';
import { CommandFailed, type Terminal } from './terminal.ts';

const replacedShown = 20;

export function addCopy(program: Command, terminal: Terminal): void {
  program
    .command('copy')
    .description('copy everything into another, empty database, of either engine')
    .requiredOption('--from <url>', 'file:… or postgres://…; it is only read')
    .requiredOption('--to <url>', 'file:… or postgres://…; it is made and must be empty')
    .action(({ from, to }: { from: string; to: string }) => copy(terminal, from, to));
}

async function copy(terminal: Terminal, from: string, to: string): Promise<void> {
  refuseFaulty('--from', from);
  refuseFaulty('--to', to);
  if (identify(from) === identify(to)) {
    throw new CommandFailed(
      `--from and --to are the same database, ${redactSecrets(to)}: name another one in --to.`,
    );
  }
  await withDatabase('--from', from, 'read_only', async (source) => {
    await refuseOutdated(source, from);
    await withDatabase('--to', to, 'migrated', async (target) => {
      await refuseNewer(target, '--to', to);
      const copied = await copyStore(source, target);
      if (isRefusal(copied)) {
        throw new CommandFailed(
          `${copied.message} Nothing was copied: name a database nobody has used yet in --to.`,
        );
      }
      printCopied(terminal, copied, `${nameOf(source, from)} to ${nameOf(target, to)}`);
    });
  });
}

/** Opens a database for some work, and shows first that it answers. */
async function withDatabase(
  setting: string,
  url: string,
  opening: Opening,
  work: (store: Store) => Promise<void>,
): Promise<void> {
  const store = await openDatabase(url, setting, opening);
  try {
    await startStep(`${setting} ${redactSecrets(url)} cannot be read`, () => store.migrations());
    await work(store);
  } finally {
    await store.close();
  }
}

/** The source is not migrated, for it is not ours to change; this build has to know all of it. */
async function refuseOutdated(source: Store, url: string): Promise<void> {
  await refuseNewer(source, '--from', url);
  const { applied, pending } = await source.migrations();
  if (pending.length === 0) return;
  throw new CommandFailed(
    applied === 0
      ? `--from ${redactSecrets(url)} holds no Homeroom: look at the name of the file or database.`
      : `--from ${redactSecrets(url)} is older than this build (${pending.join(', ')} to come): back it up, run "homeroom migrate" with it as DATABASE_URL, and copy then.`,
  );
}

async function refuseNewer(store: Store, setting: string, url: string): Promise<void> {
  if ((await store.migrations()).unknown === 0) return;
  throw new CommandFailed(
    `${setting} ${redactSecrets(url)} was migrated by a newer build: copy with that one.`,
  );
}

function printCopied(terminal: Terminal, copied: readonly CopiedTable[], way: string): void {
  const width = Math.max(...copied.map(({ table }) => table.length));
  for (const { table, rows } of copied) {
    terminal.print(`${table.padEnd(width)}  ${rows.toLocaleString('en').padStart(11)}`);
  }
  const rows = copied.reduce((sum, one) => sum + one.rows, 0);
  const replaced = copied.flatMap((one) => one.replaced);
  terminal.print(
    `Copied ${rows.toLocaleString('en')} rows from ${way}; each was read again on both sides and compared.`,
  );
  if (replaced.length === 0) return;
  terminal.print(
    `${count(replaced.length, 'row')} had characters Postgres cannot store: null characters were left out, halves of a pair became \uFFFD. All else in them is equal.`,
  );
  for (const row of replaced.slice(0, replacedShown)) terminal.print(`  ${row}`);
  if (replaced.length > replacedShown) {
    terminal.print(`  and ${replaced.length - replacedShown} more`);
  }
}

function nameOf({ engine }: Store, url: string): string {
  return `${engineNames[engine]} ${redactSecrets(url)}`;
}

/** What two spellings of one database have in common; the copy itself finds those that have not. */
function identify(url: string): string {
  if (!url.startsWith('file:')) {
    const { hostname, port, pathname, searchParams } = new URL(url);
    return [searchParams.get('host') ?? hostname, port || '5432', pathname].join('/');
  }
  const path = resolve(sqlitePath(url));
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}

/** Not commander's own check, for that prints what it refuses, and its password. */
function refuseFaulty(setting: string, url: string): void {
  const fault =
    url === 'file::memory:' ? 'is gone when the command ends: name a file' : databaseUrlFault(url);
  if (fault) throw new CommandFailed(`${setting} ${fault}.`);
}
