import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../..', import.meta.url));

const program = `
const client = new (require('better-sqlite3'))(process.argv[1]);
client.exec('begin immediate');
process.stdout.write('held');
process.stdin.on('end', () => client.close()).resume();
`;

/** Another program that holds the write lock of a SQLite file until it is told to let go. */
export async function holdWriteLock(databaseUrl: string): Promise<{ release(): Promise<void> }> {
  const path = databaseUrl.replace(/^file:/, '');
  const holder = spawn(process.execPath, ['-e', program, path], {
    cwd: root,
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const ended = once(holder, 'exit');
  const first = await Promise.race([once(holder.stdout, 'data'), ended]);
  if (String(first[0]) !== 'held') throw new Error('The lock could not be taken.');
  return {
    release: async () => {
      holder.stdin.end();
      await ended;
    },
  };
}
