import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'drizzle-orm';
import { beforeEach, describe, expect, it } from 'vitest';
import type { WorkspaceId } from '../../src/domain/ids.ts';
import { openStore } from '../../src/store/open-store.ts';
import { saveWorkspace } from '../../src/store/people.ts';
import { newFolder, runCli, slow } from '../support/cli.ts';
import { createManualClock } from '../support/manual-clock.ts';
import { rowsOf, runRaw } from '../support/rows.ts';
import { createSeed } from '../support/seed.ts';
import { engines, newDatabaseUrl } from '../support/test-store.ts';

const clock = createManualClock('2026-11-23T14:30:00Z');
const workspaceId = 'T0TEAM' as WorkspaceId;

let folder: string;
let from: string;

beforeEach(async () => {
  folder = newFolder();
  from = fileUrl('homeroom.db');
  const store = await openStore(from);
  await store.transaction((tx) =>
    saveWorkspace(tx, { id: workspaceId, name: 'Globex\0Sales', now: clock.now() }),
  );
  const seed = createSeed({ store, workspaceId }, clock);
  const anna = await seed.person('U0ANNA', 'Anna Snelling');
  const amount = { minor: 9_000_000_000_000, currency: 'EUR' };
  const acme = await seed.deal({ account: 'Acme', owner: anna, amount });
  await seed.step(acme, { title: 'Send the pack', dueOn: '2026-11-20', doer: 'Joe Buyer' });
  await store.close();
});

const fileUrl = (name: string) => `file:${join(folder, name)}`;
const copy = (...args: string[]) => runCli(['copy', ...args], {}, folder);
const hash = (name: string) =>
  createHash('sha256')
    .update(readFileSync(join(folder, name)))
    .digest('hex');

/** A file of the tests' own, changed by hand. */
async function change(url: string, statement: ReturnType<typeof sql>): Promise<void> {
  const store = await openStore(url);
  await store.transaction((tx) => runRaw(tx, statement));
  await store.close();
}

describe('homeroom copy', slow, () => {
  it('copies a file into another one, counts the rows, and leaves the source as it is', async () => {
    const before = hash('homeroom.db');
    const to = fileUrl('other.db');
    const { code, stdout, stderr } = await copy('--from', from, '--to', to);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(/^people +1$/m);
    expect(stdout).toMatch(/^homework +1$/m);
    expect(stdout).toMatch(/^deal_people +0$/m);
    expect(stdout).toContain(
      `Copied 6 rows from SQLite ${from} to SQLite ${to}; each was read again on both sides and compared.\n`,
    );
    expect(hash('homeroom.db')).toBe(before);
    const copied = await openStore(to);
    expect(await rowsOf(copied, 'deals')).toMatchObject([{ amountMinor: 9_000_000_000_000 }]);
    await copied.close();
  });

  it('refuses a target with rows in it and names them', async () => {
    const to = fileUrl('other.db');
    await copy('--from', from, '--to', to);
    const { code, stdout, stderr } = await copy('--from', from, '--to', to);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toBe(
      'The target is not empty, it has workspaces (1), people (1), accounts (1), contacts (1), deals (1), homework (1). Nothing was copied: name a database nobody has used yet in --to.\n',
    );
  });

  it.each([
    ['no source', () => ['--to', fileUrl('b.db')], /required option '--from <url>'/],
    ['no target', () => ['--from', from], /required option '--to <url>'/],
    [
      'one database for both, however it is written',
      () => ['--from', from, '--to', 'file:./homeroom.db'],
      /^--from and --to are the same database, file:\.\/homeroom\.db: name another/,
    ],
    [
      'a source that is not there, without making it',
      () => ['--from', fileUrl('nowhere.db'), '--to', fileUrl('b.db')],
      /^--from file:\S+nowhere\.db cannot be opened: there is no file \S+nowhere\.db\n$/,
    ],
    [
      'a database in memory',
      () => ['--from', from, '--to', 'file::memory:'],
      /^--to is gone when the command ends: name a file\.\n$/,
    ],
    [
      'an engine there is none of, without the password',
      () => ['--from', 'mysql://root:hunter2@db/x', '--to', from],
      /^--from must be a file such as file:\.\/homeroom\.db, or postgres:/,
    ],
    [
      'a server that does not answer, without the password',
      () => ['--from', from, '--to', 'postgres://root:hunter2@127.0.0.1:1/x'],
      /^--to postgres:\/\/\[redacted\]@127\.0\.0\.1:1\/x cannot be opened: /,
    ],
  ])('refuses %s', async (_what, args, said) => {
    const { code, stdout, stderr } = await copy(...args());
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toMatch(said);
    expect(stderr).not.toContain('hunter2');
    expect(existsSync(join(folder, 'nowhere.db'))).toBe(false);
    expect(existsSync(join(folder, 'b.db'))).toBe(false);
  });

  it('refuses a source that is older than itself, and does not migrate it', async () => {
    await change(
      from,
      sql`delete from __drizzle_migrations where created_at = (select max(created_at) from __drizzle_migrations)`,
    );
    const before = hash('homeroom.db');
    const { code, stderr } = await copy('--from', from, '--to', fileUrl('b.db'));
    expect(code).toBe(1);
    expect(stderr).toMatch(
      /is older than this build \(\d{4}_\w+ to come\): back it up, run "homer/,
    );
    expect(hash('homeroom.db')).toBe(before);
  });

  it.each([
    ['source', () => ['--from', fileUrl('new.db'), '--to', from]],
    ['target', () => ['--from', from, '--to', fileUrl('new.db')]],
  ])('refuses a %s that a newer build made', async (_side, args) => {
    await change(
      fileUrl('new.db'),
      sql`insert into __drizzle_migrations (hash, created_at) values ('x', 9000000000000)`,
    );
    const { code, stderr } = await copy(...args());
    expect(code).toBe(1);
    expect(stderr).toMatch(/new\.db was migrated by a newer build: copy with that one\.\n$/);
  });

  it.runIf(engines.includes('postgres'))('moves to Postgres and back', async () => {
    const server = await newDatabaseUrl('postgres');
    const there = await copy('--from', from, '--to', server);
    expect({ code: there.code, stderr: there.stderr }).toEqual({ code: 0, stderr: '' });
    expect(there.stdout).toContain(
      '1 row had characters Postgres cannot store: null characters were left out, halves of a pair became \uFFFD. All else in them is equal.\n  workspaces T0TEAM: name\n',
    );
    const back = await copy('--from', server, '--to', fileUrl('back.db'));
    expect(back).toMatchObject({ code: 0, stderr: '' });
    expect(back.stdout).toMatch(/Copied 6 rows from Postgres postgres:\/\/\S+ to SQLite/);
    expect(back.stdout).not.toContain('could not store');
    const store = await openStore(fileUrl('back.db'));
    expect(await rowsOf(store, 'workspaces')).toMatchObject([{ name: 'GlobexSales' }]);
    expect(await rowsOf(store, 'homework')).toMatchObject([{ title: 'Send the pack' }]);
    await store.close();
  });
});
