import { type ChildProcess, execFile, spawn } from 'node:child_process';
import {
  chownSync,
  closeSync,
  existsSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { Client } from 'pg';

/** A private server on a loopback port, with nothing in it. */
export interface PostgresServer {
  /** The URL of one of its databases. */
  url(database: string): string;
  /** Ends the process at once, as a crash would; `restart` brings it back. */
  crash(): Promise<void>;
  /** Starts it on the same folder again, after a crash if it still runs. */
  restart(): Promise<void>;
  stop(): Promise<void>;
}

const user = 'homeroom';

// Nobody waits for the disk, and as many connections as several test files at once may hold.
const testSettings = [
  'fsync=off',
  'full_page_writes=off',
  'max_connections=300',
  'shared_buffers=64MB',
];

/** Where `postgres` and `initdb` are: on the path, else where Debian puts the newest. */
export function findPostgres(): string | undefined {
  const debian = '/usr/lib/postgresql';
  const versions = existsSync(debian) ? readdirSync(debian).map(Number) : [];
  const newestFirst = versions.sort((a, b) => b - a).map((version) => `${debian}/${version}/bin`);
  const folders = [...(process.env['PATH'] ?? '').split(delimiter), ...newestFirst];
  return folders.find((folder) =>
    ['postgres', 'initdb'].every((program) => folder && existsSync(join(folder, program))),
  );
}

/** Starts a server of this machine's binaries; `stop` leaves nothing of it. */
export async function startPostgres(
  settings: readonly string[] = testSettings,
): Promise<PostgresServer> {
  const programs = findPostgres();
  if (!programs) throw new Error('There are no postgres and initdb on this machine.');
  const folder = mkdtempSync(join(tmpdir(), 'homeroom-pg-'));
  const as = ownerOf(folder);
  const data = join(folder, 'data');
  const init = [
    '-D',
    data,
    '-U',
    user,
    '--auth=trust',
    '--encoding=UTF8',
    '--locale=C',
    '--no-sync',
  ];
  await promisify(execFile)(join(programs, 'initdb'), init, { ...as, cwd: folder });
  const port = await findPort();
  const url = (database: string) => `postgres://${user}@127.0.0.1:${port}/${database}`;

  async function start(): Promise<ChildProcess> {
    const args = ['-D', data, '-p', `${port}`, '-k', folder, '-c', 'listen_addresses=127.0.0.1'];
    const log = openSync(join(folder, 'log'), 'a');
    const child = spawn(
      join(programs ?? '', 'postgres'),
      [...args, ...settings.flatMap((setting) => ['-c', setting])],
      { ...as, cwd: folder, stdio: ['ignore', log, log] },
    );
    closeSync(log);
    await answers(url('postgres'), child, join(folder, 'log'));
    return child;
  }

  let running = await start();
  const remove = () => rmSync(folder, { recursive: true, force: true });
  const onExit = () => {
    running.kill('SIGKILL');
    remove();
  };
  process.once('exit', onExit);
  return {
    url,
    crash: () => end(running, 'SIGQUIT'),
    restart: async () => {
      await end(running, 'SIGQUIT');
      running = await start();
    },
    stop: async () => {
      process.off('exit', onExit);
      await end(running, 'SIGINT');
      remove();
    },
  };
}

/** The server refuses to run as root: then the folder and the process belong to somebody else. */
function ownerOf(folder: string): { uid?: number; gid?: number } {
  if (process.getuid?.() !== 0) return {};
  const accounts = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'));
  const account = ['postgres', 'nobody']
    .map((name) => accounts.find(([known]) => known === name))
    .find(Boolean);
  if (!account) throw new Error('Neither postgres nor nobody is a user of this machine.');
  const [uid, gid] = [Number(account[2]), Number(account[3])];
  chownSync(folder, uid, gid);
  return { uid, gid };
}

async function findPort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (typeof address !== 'object' || !address) throw new Error('There is no free port.');
  return address.port;
}

async function answers(url: string, child: ChildProcess, log: string): Promise<void> {
  for (;;) {
    if (child.exitCode !== null) throw new Error(`postgres ended:\n${readFileSync(log, 'utf8')}`);
    const client = new Client({ connectionString: url });
    client.on('error', () => undefined);
    try {
      await client.connect();
      return await client.end();
    } catch {
      await sleep(30);
    }
  }
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill(signal);
  await ended;
}
