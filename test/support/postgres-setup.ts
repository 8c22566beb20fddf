import { openStore } from '../../src/store/open-store.ts';
import { findPostgres, startPostgres } from './postgres.ts';
import { createDatabase, serverVariable, template } from './postgres-database.ts';

/**
 * One server for the whole run, with a database of every migration that tests copy. Without the
 * binaries the Postgres tests are left out, loudly, and in CI nothing runs.
 */
export async function setup(): Promise<(() => Promise<void>) | undefined> {
  if (process.env[serverVariable]) return undefined;
  if (!findPostgres()) {
    const missing = 'postgres and initdb are not on this machine: nothing is tested on Postgres.';
    if (process.env['CI']) throw new Error(missing);
    process.stderr.write(`\n!!! ${missing} Debian has them in the package postgresql.\n\n`);
    return undefined;
  }
  const server = await startPostgres();
  process.env[serverVariable] = server.url('postgres');
  await createDatabase(template);
  await (await openStore(server.url(template))).close();
  return async () => {
    delete process.env[serverVariable];
    await server.stop();
  };
}
