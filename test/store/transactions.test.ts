import { setImmediate as nextTurn } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ensureAccount } from '../../src/store/accounts.ts';
import { assertOutsideTransaction, type Tx } from '../../src/store/store.ts';
import { rowsOf } from '../support/rows.ts';
import { now, openStoreWorld, type StoreWorld, workspaceId } from '../support/store-world.ts';
import { engines } from '../support/test-store.ts';

let world: StoreWorld;
const accounts = () => rowsOf(world.store, 'accounts');
const makeAccount = (tx: Tx, name: string) => ensureAccount(tx, workspaceId, name, now);

describe.each(engines)('a transaction on %s', (engine) => {
  beforeEach(async () => {
    world = await openStoreWorld(engine);
  });
  afterEach(() => world.store.close());

  it('is told by its store which engine it runs on', async () => {
    expect(world.store.engine).toBe(engine);
    expect(await world.store.read(async (tx) => tx.engine)).toBe(engine);
  });

  it('leaves nothing behind when it fails', async () => {
    const failed = world.store.transaction(async (tx) => {
      await makeAccount(tx, 'Acme');
      throw new Error('no');
    });
    await expect(failed).rejects.toThrow('no');
    expect(await accounts()).toEqual([]);
  });

  it('leaves the store usable after it failed', async () => {
    await world.store
      .transaction(async () => Promise.reject(new Error('no')))
      .catch(() => undefined);
    await world.run(makeAccount, 'Acme');
    expect(await accounts()).toHaveLength(1);
  });

  it('shows others all of it or nothing', async () => {
    const writing = world.store.transaction(async (tx) => {
      await makeAccount(tx, 'Acme');
      await Promise.resolve();
      await makeAccount(tx, 'Globex');
    });
    const [, meanwhile] = await Promise.all([writing, accounts()]);
    expect([0, 2]).toContain(meanwhile.length);
    expect(await accounts()).toHaveLength(2);
  });

  it('reads one state, whatever others write meanwhile', async () => {
    let letIn: () => void = () => undefined;
    const open = new Promise<void>((resolve) => {
      letIn = resolve;
    });
    const writing = open.then(() => world.run(makeAccount, 'Acme'));
    const seen = await world.store.read(async (tx) => {
      const before = await tx.select().from(tx.tables.accounts);
      letIn();
      // With one connection the writer comes in afterwards, with many it is done by now.
      await (engine === 'postgres' ? writing : nextTurn());
      return [before.length, (await tx.select().from(tx.tables.accounts)).length];
    });
    await writing;
    expect(seen).toEqual([0, 0]);
    expect(await accounts()).toHaveLength(1);
  });

  it('refuses calls to the outside, and another transaction, within it', async () => {
    const calls = world.store.transaction(async () => assertOutsideTransaction('chat.postMessage'));
    await expect(calls).rejects.toThrow('chat.postMessage was called inside a transaction');
    const nested = world.store.transaction(async () => world.store.read(async () => 1));
    await expect(nested).rejects.toThrow('inside a transaction');
  });

  it('loses no change, however many change the same row at once', async () => {
    await world.seed.deal({ account: 'Acme', owner: world.anna });
    await Promise.all(Array.from({ length: 8 }, () => world.run(raiseVersion)));
    expect((await rowsOf(world.store, 'deals'))[0]?.version).toBe(9);
  });

  it('answers a ping until it is closed', async () => {
    await world.store.ping();
    await world.store.close();
    await expect(world.store.ping()).rejects.toThrow();
  });

  it('may be closed twice', async () => {
    await world.store.close();
    await expect(world.store.close()).resolves.toBeUndefined();
  });
});

/** Reads, lets others do the same, and writes what it read and one. */
async function raiseVersion(tx: Tx): Promise<void> {
  const { deals } = tx.tables;
  const [row] = await tx.select({ version: deals.version }).from(deals);
  await nextTurn();
  await tx.update(deals).set({ version: (row?.version ?? 0) + 1 });
}
