import { existsSync, openSync, readdirSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { beforeEach, describe, expect, it } from 'vitest';
import { type AccountId, newId, type WorkspaceId } from '../../src/domain/ids.ts';
import { openStore } from '../../src/store/open-store.ts';
import type { Store } from '../../src/store/store.ts';
import { newFolder, runCli, slow } from '../support/cli.ts';
import { rowsOf } from '../support/rows.ts';

const workspaceId = 'T0TEAM' as WorkspaceId;
const at = new Date('2026-11-23T14:30:00Z');

let folder: string;
let url: string;

beforeEach(() => {
  folder = newFolder();
  url = `file:${join(folder, 'homeroom.db')}`;
});

const backup = (path: string, databaseUrl = url) =>
  runCli(['backup', path], { DATABASE_URL: databaseUrl }, folder);

/** An account and its contact, always both: half of them would be a broken state. */
async function writePair(store: Store): Promise<void> {
  await store.transaction(async (tx) => {
    const id = newId<AccountId>(at);
    const row = { id, workspaceId, name: id, nameKey: id };
    await tx.insert(tx.tables.accounts).values(row);
    const contact = { ...row, id: newId(at), accountId: id };
    await tx.insert(tx.tables.contacts).values(contact as never);
  });
}

async function writeSome(pairs: number): Promise<Store> {
  const store = await openStore(url);
  for (let written = 0; written < pairs; written += 1) await writePair(store);
  return store;
}

describe('homeroom backup', slow, () => {
  it('makes a whole and consistent copy while the app keeps writing', async () => {
    const store = await writeSome(50);
    let done = false;
    const command = backup('copy.db').finally(() => {
      done = true;
    });
    let written = 50;
    while (!done && written < 100_000) {
      await writePair(store);
      written += 1;
      await nextTurn();
    }
    const { code, stdout, stderr } = await command;
    await store.close();
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(
      /^Backed up to copy\.db: [\d,]+ bytes \([\d.]+ MB\), integrity check ok\.\n$/,
    );
    const copy = await openStore(`file:${join(folder, 'copy.db')}`);
    const accounts = await rowsOf(copy, 'accounts');
    const contacts = await rowsOf(copy, 'contacts');
    await copy.close();
    expect(accounts.length).toBeGreaterThan(50);
    expect(accounts.length).toBeLessThan(written);
    expect(contacts.map(({ accountId }) => accountId)).toEqual(accounts.map(({ id }) => id));
  });

  it('leaves one file and nothing beside it', async () => {
    await (await writeSome(1)).close();
    await backup('copy.db');
    const made = readdirSync(folder).filter((name) => !name.startsWith('homeroom.db'));
    expect(made).toEqual(['copy.db']);
  });

  it('never overwrites a file', async () => {
    await (await writeSome(1)).close();
    writeFileSync(join(folder, 'copy.db'), 'mine');
    const { code, stderr } = await backup('copy.db');
    expect(code).toBe(1);
    expect(stderr).toMatch(/^There is a copy\.db already, and a backup never overwrites: /);
  });

  it('does not make the database it was to copy', async () => {
    const { code, stderr } = await backup('copy.db');
    expect(code).toBe(1);
    expect(stderr).toMatch(/^There is no file \S+homeroom\.db to back up: look at DATABASE_URL\n$/);
    expect(readdirSync(folder)).toEqual([]);
  });

  it('says so and keeps nothing when the database is damaged', async () => {
    await (await writeSome(300)).close();
    const file = openSync(join(folder, 'homeroom.db'), 'r+');
    for (let page = 2; page < 60; page += 1)
      writeSync(file, Buffer.alloc(512, 7), 0, 512, page * 4096);
    const { code, stdout, stderr } = await backup('copy.db');
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toMatch(/did not pass its check|could not be backed up/);
    expect(readdirSync(folder).filter((name) => name.startsWith('copy'))).toEqual([]);
  });

  it('says that a folder is not there', async () => {
    await (await writeSome(1)).close();
    const { code, stderr } = await backup('nowhere/copy.db');
    expect(code).toBe(1);
    expect(stderr).toContain('could not be backed up to nowhere/copy.db: ');
    expect(stderr).toContain('the directory does not exist');
  });

  it('leaves a Postgres database to pg_dump, with the command and without the password', async () => {
    const server = 'postgres://ada%40x:hunter2@db.example.com:5433/homeroom?sslmode=require';
    const { code, stdout, stderr } = await backup('copy of today.dump', server);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr.split('\n')).toEqual([
      'DATABASE_URL is a Postgres database. Its own pg_dump copies it while the app runs, and asks for the password:',
      "  PGSSLMODE=require pg_dump --format=custom --host=db.example.com --port=5433 --username=ada@x --dbname=homeroom --file='copy of today.dump'",
      '',
    ]);
    expect(existsSync(join(folder, 'copy of today.dump'))).toBe(false);
  });
});
