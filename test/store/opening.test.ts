import { existsSync } from 'node:fs';
import { sql } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { openStore } from '../../src/store/open-store.ts';
import type { Opening } from '../../src/store/store.ts';
import { queryRaw, runRaw } from '../support/rows.ts';
import { engines, newDatabaseUrl } from '../support/test-store.ts';

const asItIs: readonly Opening[] = ['as_is', 'read_only'];

describe.each(engines)('a %s database opened as it is', (engine) => {
  const journal =
    engine === 'sqlite' ? sql`__drizzle_migrations` : sql`drizzle.__drizzle_migrations`;

  it('says that it has every migration of this build', async () => {
    const url = await newDatabaseUrl(engine);
    const made = await openStore(url);
    const { applied, pending, unknown } = await made.migrations();
    await made.close();
    expect({ pending, unknown }).toEqual({ pending: [], unknown: 0 });
    for (const opening of asItIs) {
      const store = await openStore(url, opening);
      expect(await store.migrations()).toEqual({ applied, pending, unknown });
      expect(store.migrated).toBe(0);
      await store.close();
    }
  });

  it('names those it lacks and does not apply them', async () => {
    const url = await newDatabaseUrl(engine);
    const made = await openStore(url);
    await made.transaction((tx) =>
      runRaw(
        tx,
        sql`delete from ${journal} where created_at > (select min(created_at) from ${journal})`,
      ),
    );
    await made.close();
    for (const opening of asItIs) {
      const store = await openStore(url, opening);
      const { applied, pending } = await store.migrations();
      expect(applied).toBe(1);
      expect(pending.slice(0, 2)).toEqual(['0001_guards', '0002_outbox_order']);
      const rows = await store.read((tx) => queryRaw(tx, sql`select * from ${journal}`));
      expect(rows).toHaveLength(1);
      await store.close();
    }
  });

  it('counts those of a newer build', async () => {
    const url = await newDatabaseUrl(engine);
    const store = await openStore(url);
    await store.transaction((tx) =>
      runRaw(tx, sql`insert into ${journal} (hash, created_at) values ('x', 9000000000000)`),
    );
    expect(await store.migrations()).toMatchObject({ pending: [], unknown: 1 });
    await store.close();
  });
});

describe('a SQLite file that is not there', () => {
  it.each(asItIs)('is not made when it is opened %s', async (opening) => {
    const url = await newDatabaseUrl('sqlite');
    await expect(openStore(url, opening)).rejects.toMatchObject({ code: 'no_database' });
    expect(existsSync(url.replace('file:', ''))).toBe(false);
  });

  it('cannot be written when it is opened to be read', async () => {
    const url = await newDatabaseUrl('sqlite');
    await (await openStore(url)).close();
    const store = await openStore(url, 'read_only');
    await expect(store.ping()).rejects.toThrow(/cannot be written/);
    await store.close();
  });
});
