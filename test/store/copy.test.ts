import { sql } from 'drizzle-orm';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { isRefusal } from '../../src/domain/refusal.ts';
import { copyStore } from '../../src/store/copy-store.ts';
import { openStore } from '../../src/store/open-store.ts';
import { storableValue } from '../../src/store/storable.ts';
import type { Engine, Store } from '../../src/store/store.ts';
import { keyOf, sqlNameOf, tableNames } from '../../src/store/table-pages.ts';
import { anyRows, oneRowEach, plantRows } from '../support/any-rows.ts';
import { queryRaw, rowsOf, runRaw } from '../support/rows.ts';
import { elsewhere, now, workspaceId } from '../support/store-world.ts';
import { engines, newDatabaseUrl, openTestStore } from '../support/test-store.ts';

const ways = engines.flatMap((from) => engines.map((to) => [from, to] as const));

let source: Store;
let target: Store;

/** Every row there is, in the order of its key. */
async function everything(store: Store): Promise<Record<string, unknown[]>> {
  const tables: Record<string, unknown[]> = {};
  for (const name of tableNames) {
    const keyText = (row: object) =>
      JSON.stringify(keyOf(name).map((key) => (row as Record<string, unknown>)[key]));
    const rows = await rowsOf(store, name);
    tables[name] = rows.sort((a, b) => (keyText(a) < keyText(b) ? -1 : 1));
  }
  return tables;
}

async function plantSome(store: Store): Promise<void> {
  const [rows] = fc.sample(oneRowEach, { numRuns: 1, seed: 7 });
  if (rows) await store.transaction((tx) => plantRows(tx, rows));
}

describe.each(ways)('a copy from %s to %s', (from, to) => {
  beforeEach(async () => {
    source = await openTestStore(from);
    target = await openTestStore(to);
  });
  afterEach(async () => {
    await source.close();
    await target.close();
  });

  it('brings every table there is in the database, and counts its rows', async () => {
    await plantSome(source);
    const before = await everything(source);
    const copied = await copyStore(source, target);
    expect(copied).toEqual(
      tableNames.map((name) => ({
        table: sqlNameOf(name),
        rows: 1,
        replaced: expect.any(Array),
      })),
    );
    expect(new Set(await listTables(to, target))).toEqual(new Set(tableNames.map(sqlNameOf)));
    expect(await everything(source)).toEqual(before);
    const wanted = to === 'postgres' ? storableValue(before) : before;
    expect(await everything(target)).toEqual(wanted);
  });

  it('goes through tables that are longer than a page, with a key of one column or several', async () => {
    const ids = Array.from({ length: 1_201 }, (_, at) => `A${at}`);
    await source.transaction(async (tx) => {
      const { accounts, inbox } = tx.tables;
      const accountRows = ids.map((id) => ({ id, workspaceId, name: id, nameKey: id }));
      await tx.bulkUpsert(accounts, accountRows as (typeof accounts.$inferSelect)[]);
      const inboxRows = ids.flatMap((key) => [
        { workspaceId, key, seenAt: now },
        { workspaceId: elsewhere, key, seenAt: now },
      ]);
      await tx.bulkUpsert(inbox, inboxRows);
    });
    const copied = await copyStore(source, target);
    expect(copied).toContainEqual({ table: 'accounts', rows: 1_201, replaced: [] });
    expect(copied).toContainEqual({ table: 'inbox', rows: 2_402, replaced: [] });
    expect(await everything(target)).toEqual(await everything(source));
  });

  it('refuses a target with rows in it, names its tables, and leaves it alone', async () => {
    await plantSome(source);
    await target.transaction((tx) =>
      tx.insert(tx.tables.inbox).values([
        { workspaceId, key: 'Ev1', seenAt: now },
        { workspaceId, key: 'Ev2', seenAt: now },
      ]),
    );
    const before = await everything(target);
    const refusal = await copyStore(source, target);
    expect(refusal).toMatchObject({
      code: 'target_not_empty',
      message: 'The target is not empty, it has inbox (2).',
    });
    expect(await everything(target)).toEqual(before);
  });
});

describe.each(engines)('a copy into %s that goes wrong', (engine) => {
  beforeEach(async () => {
    source = await openTestStore('sqlite');
    target = await openStore(await newDatabaseUrl(engine));
    await plantSome(source);
  });
  afterEach(async () => {
    await source.close();
    await target.close();
  });

  it('leaves nothing behind when the last table cannot be written', async () => {
    await target.transaction((tx) =>
      runRaw(tx, sql`alter table inbox rename column seen_at to gone_at`),
    );
    await expect(copyStore(source, target)).rejects.toThrow(
      /^Table inbox could not be copied, so nothing was copied: .*seen_at/,
    );
    for (const name of tableNames.filter((table) => table !== 'inbox')) {
      expect(await rowsOf(target, name), name).toEqual([]);
    }
  });

  it.each([
    ['changed on its way', tamper[engine], /accounts \S.*: name not equal/],
    ['lost on its way', lose[engine], /is missing[\s\S]*accounts: 1 rows became 0/],
  ])(
    'finds a row that is %s, names it and leaves nothing behind',
    async (_what, sabotage, said) => {
      await target.transaction((tx) => runRaw(tx, sabotage));
      await expect(copyStore(source, target)).rejects.toThrow(said);
      expect(Object.values(await everything(target)).flat()).toEqual([]);
    },
  );
});

describe.runIf(engines.includes('postgres'))('a copy to Postgres and back', () => {
  it('keeps every value, but for characters Postgres has not, whose rows it names', async () => {
    const property = fc.asyncProperty(anyRows, async (rows) => {
      const first = await openTestStore('sqlite');
      const server = await openTestStore('postgres');
      const last = await openTestStore('sqlite');
      await first.transaction((tx) => plantRows(tx, rows));
      const there = await copyStore(first, server);
      const back = await copyStore(server, last);
      const before = await everything(first);
      const stored = storableValue(before) as typeof before;
      expect(sorted(await everything(last))).toEqual(sorted(stored));
      expect(replacedIn(there)).toBe(differing(before, stored));
      expect(replacedIn(back)).toBe(0);
      for (const store of [first, server, last]) await store.close();
    });
    await fc.assert(property, { numRuns: 15 });
  }, 120_000);

  it('says which row had such characters, and in which column', async () => {
    const first = await openTestStore('sqlite');
    const server = await openTestStore('postgres');
    await first.transaction((tx) =>
      tx.insert(tx.tables.workspaces).values({ id: workspaceId, name: 'a\0b', createdAt: now }),
    );
    expect(await copyStore(first, server)).toContainEqual({
      table: 'workspaces',
      rows: 1,
      replaced: ['workspaces T1: name'],
    });
    expect(await rowsOf(server, 'workspaces')).toMatchObject([{ name: 'ab' }]);
  });

  it('names the table when a number is too big for it', async () => {
    const first = await openTestStore('sqlite');
    const server = await openTestStore('postgres');
    await plantSome(first);
    await first.transaction((tx) => tx.update(tx.tables.deals).set({ version: 2 ** 40 }));
    await expect(copyStore(first, server)).rejects.toThrow(
      /^Table deals could not be copied.*out of range/,
    );
    expect(Object.values(await everything(server)).flat()).toEqual([]);
  });
});

const tamper = {
  sqlite: sql`create trigger tamper after insert on accounts begin
    update accounts set name = 'Initech' where id = new.id; end`,
  postgres: sql`create rule tamper as on insert to accounts do also
    update accounts set name = 'Initech'`,
};

const lose = {
  sqlite: sql`create trigger lose after insert on accounts begin
    delete from accounts where id = new.id; end`,
  postgres: sql`create rule lose as on insert to accounts do instead nothing`,
};

async function listTables(engine: Engine, store: Store): Promise<string[]> {
  const query =
    engine === 'sqlite'
      ? sql`select name from sqlite_master where type = 'table' and name not like '\_\_drizzle%' escape '\\'`
      : sql`select tablename as name from pg_tables where schemaname = 'public'`;
  const rows = await store.read((tx) => queryRaw<{ name: string }>(tx, query));
  return rows.map(({ name }) => name);
}

function replacedIn(copied: Awaited<ReturnType<typeof copyStore>>): number {
  if (isRefusal(copied)) throw new Error(copied.message);
  return copied.flatMap(({ replaced }) => replaced).length;
}

function differing(before: Record<string, unknown[]>, stored: Record<string, unknown[]>): number {
  return Object.entries(before).flatMap(([name, rows]) =>
    rows.filter((row, at) => !isSame(row, stored[name]?.[at])),
  ).length;
}

function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

/** In an order that does not depend on the characters that were lost. */
function sorted(tables: Record<string, unknown[]>): Record<string, unknown[]> {
  return Object.fromEntries(
    Object.entries(tables).map(([name, rows]) => [
      name,
      [...rows].sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1)),
    ]),
  );
}
