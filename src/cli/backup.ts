import type { Command } from 'commander';
import { readDatabaseUrl } from '../config.ts';
import { isRefusal } from '../domain/refusal.ts';
import { backUpSqlite } from '../store/sqlite-backup.ts';
import { CommandFailed, type Terminal } from './terminal.ts';

export function addBackup(program: Command, terminal: Terminal): void {
  program
    .command('backup')
    .description('copy the SQLite database into a file, while the app runs')
    .argument('<path>', 'the file to make; one that is there is never overwritten')
    .action((path: string) => backup(terminal, path));
}

async function backup(terminal: Terminal, path: string): Promise<void> {
  const url = readDatabaseUrl(terminal.env);
  if (!url.startsWith('file:')) throw new CommandFailed(adviseDump(new URL(url), path));
  const result = await backUpSqlite(url, path);
  if (isRefusal(result)) throw new CommandFailed(result.message);
  terminal.print(`Backed up to ${path}: ${writeSize(result.bytes)}, integrity check ok.`);
}

/** The login stands in options, not in a URL: messages lose theirs with the password in it. */
function adviseDump(url: URL, path: string): string {
  const { searchParams } = url;
  const sslMode = searchParams.get('sslmode');
  const option = (name: string, value: string | null) =>
    value ? [`--${name}=${quote(decodeURIComponent(value))}`] : [];
  const command = [
    ...(sslMode ? [`PGSSLMODE=${quote(sslMode)}`] : []),
    'pg_dump --format=custom',
    ...option('host', searchParams.get('host') ?? url.hostname),
    ...option('port', searchParams.get('port') ?? url.port),
    ...option('username', searchParams.get('user') ?? url.username),
    ...option('dbname', url.pathname.slice(1)),
    `--file=${quote(path)}`,
  ];
  return `DATABASE_URL is a Postgres database. Its own pg_dump copies it while the app runs, and asks for the password:\n  ${command.join(' ')}`;
}

/** As a shell takes it for one word. */
function quote(word: string): string {
  return /^[\w./:@%+=,-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}

function writeSize(bytes: number): string {
  const megabytes = (bytes / 1_000_000).toLocaleString('en', { maximumFractionDigits: 1 });
  return `${bytes.toLocaleString('en')} bytes (${megabytes} MB)`;
}
