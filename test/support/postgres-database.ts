import { Client } from 'pg';

/** Holds the URL of the server all tests share. */
export const serverVariable = 'HOMEROOM_TEST_POSTGRES';

/** The database with every migration run that others are copied from. */
export const template = 'homeroom_template';

/** Whether there is a server in this run. */
export function hasPostgres(): boolean {
  return process.env[serverVariable] !== undefined;
}

/** Makes a database on the shared server. @returns its URL. */
export async function createDatabase(name: string, copyOf = 'template1'): Promise<string> {
  await administer(`create database ${name} template ${copyOf}`);
  return urlOf(name);
}

/** Takes every row out of a database, guarded ones too: ten times as fast as another copy. */
export async function emptyDatabase(url: string): Promise<void> {
  await withClient(url, async (client) => {
    const { rows } = await client.query<{ name: string }>(
      `select tablename as name from pg_tables where schemaname = 'public'`,
    );
    const deletions = rows.map(({ name }) => `delete from "${name}"`);
    await client.query(['set session_replication_role = replica', ...deletions].join(';'));
  });
}

function urlOf(database: string): string {
  const server = process.env[serverVariable];
  if (!server) throw new Error('There is no Postgres in this run.');
  const url = new URL(server);
  url.pathname = `/${database}`;
  return url.href;
}

async function administer(statement: string): Promise<void> {
  await withClient(urlOf('postgres'), async (client) => void (await client.query(statement)));
}

async function withClient(url: string, work: (client: Client) => Promise<void>): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}
