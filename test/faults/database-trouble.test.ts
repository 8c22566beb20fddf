import { sql } from 'drizzle-orm';
import { Client } from 'pg';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { SandboxMessage } from '../../sandbox/server/contract.ts';
import { day } from '../../src/domain/calendar.ts';
import { stepIds } from '../../src/slack/step-actions.ts';
import { openStore } from '../../src/store/open-store.ts';
import type { Store } from '../../src/store/store.ts';
import { know, openDealFor, runDeal, settle, submit } from '../support/deals.ts';
import { startWorld, type World } from '../support/homeroom.ts';
import { openStepForm, ours } from '../support/homework.ts';
import { addSteps } from '../support/planted.ts';
import { type PostgresServer, startPostgres } from '../support/postgres.ts';
import { rowsOf, runRaw } from '../support/rows.ts';
import { answer } from '../support/shown.ts';
import { engines, newDatabaseUrl } from '../support/test-store.ts';
import { holdWriteLock } from './support/file-lock.ts';

let world: World;
let card: SandboxMessage;
afterEach(() => world.stop());

/** Anna looks at her plan with a step that is due, and her morning message is queued. */
async function beginOn(store: Store): Promise<void> {
  world = await startWorld({ store });
  const deal = await openDealFor(world, world.anna);
  await addSteps(world, deal, [{ side: 'seller', dueOn: day('2026-11-24') }]);
  world.clock.set('2026-11-24T14:00:00Z');
  await world.app.heartbeat.tick();
  await runDeal(world, world.anna, 'plan Acme');
  card = answer(world.anna);
}

async function ready(): Promise<number> {
  return (await fetch(`${world.origin}/readyz`)).status;
}

const pressDone = () => settle(world, world.anna.press(card, stepIds.done));

const told = (what: string) =>
  new RegExp(
    `^${what}, so nothing was changed\\. Please try again in a minute\\. \\(Reference [0-9a-f]{8}\\)$`,
  );

async function doneEvents(): Promise<number> {
  const events = await rowsOf(world.app.store, 'events');
  return events.filter(({ kind }) => kind === 'homework_done').length;
}

/** What has to be true while the database is away. */
async function expectPatience(what: string): Promise<void> {
  await pressDone();
  expect(answer(world.anna).text).toMatch(told(what));
  expect(await ready()).toBe(503);
  world.app.dispatcher.start();
  expect(world.anna.dm()).toEqual([]);
}

/** What has to be true once it is back, with nobody having started anything again. */
async function expectRecovery(): Promise<void> {
  expect(await ready()).toBe(200);
  expect(await rowsOf(world.app.store, 'homework')).toMatchObject([
    { status: 'proposed', version: 1, doneOn: null },
  ]);
  expect(await doneEvents()).toBe(0);
  await world.app.heartbeat.tick();
  await expect.poll(() => world.anna.dm().length, { timeout: 10_000 }).toBe(1);
  await pressDone();
  expect(await rowsOf(world.app.store, 'homework')).toMatchObject([{ status: 'done', version: 2 }]);
  expect(await doneEvents()).toBe(1);
}

describe('on SQLite', () => {
  it('another program that holds the file makes people wait, and loses nothing', async () => {
    const url = await newDatabaseUrl('sqlite');
    await beginOn(await openStore(url));
    const lock = await holdWriteLock(url);
    await expectPatience('Another program holds the database');
    await expect(world.app.store.transaction(async () => undefined)).rejects.toMatchObject({
      code: 'store_unavailable',
    });
    await lock.release();
    await expectRecovery();
  });

  it('a full disk saves all of a form or nothing of it', async () => {
    world = await startWorld({ engine: 'sqlite' });
    const { anna } = world;
    const { store } = world.app;
    await openDealFor(world, anna);
    await know(world, world.ben);
    const limit = (pages: number) =>
      store.transaction((tx) => runRaw(tx, sql.raw(`pragma max_page_count = ${pages}`)));
    // Less than there are means: not one more.
    await limit(1);
    let saved = 0;
    let refused: Record<string, string> | undefined;
    while (!refused && saved < 50) {
      await openStepForm(world, anna, { side: 'seller' });
      const result = await submit(world, anna, { ...ours, done_when: 'x'.repeat(300) });
      refused = result.errors;
      if (result.ok) saved += 1;
    }
    expect(Object.values(refused ?? {})).toEqual([
      expect.stringMatching(told('The disk of the database is full')),
    ]);
    const assigned = async () => {
      const events = await rowsOf(store, 'events');
      return events.filter(({ kind }) => kind === 'homework_assigned').length;
    };
    expect(await rowsOf(store, 'homework')).toHaveLength(saved);
    expect(await assigned()).toBe(saved);

    await limit(100_000);
    expect(await submit(world, anna)).toEqual({ ok: true });
    expect(await rowsOf(store, 'homework')).toHaveLength(saved + 1);
    expect(await assigned()).toBe(saved + 1);
  });
});

describe.runIf(engines.includes('postgres'))('on Postgres', () => {
  it('a connection that is cut in the middle of a change takes the whole change with it', async () => {
    const url = await newDatabaseUrl('postgres');
    await beginOn(await openStore(url));
    const admin = new Client({ connectionString: url });
    await admin.connect();
    try {
      // The step is changed by then, and its event waits to be written.
      await admin.query('begin; lock table events in exclusive mode');
      const pressing = pressDone();
      const cut = `select pg_terminate_backend(pid) from pg_stat_activity
        where datname = current_database() and wait_event_type = 'Lock'`;
      const ended = async () => (await admin.query(cut)).rowCount;
      await expect.poll(ended, { timeout: 5_000 }).toBe(1);
      await pressing;
      await admin.query('rollback');
    } finally {
      await admin.end();
    }
    expect(answer(world.anna).text).toMatch(told('The database cannot be reached'));
    world.app.dispatcher.start();
    await expectRecovery();
  });

  describe('whose server goes away', () => {
    let server: PostgresServer;
    beforeEach(async () => {
      server = await startPostgres();
      return () => server.stop();
    });

    it('makes people wait, and loses nothing', async () => {
      await beginOn(await openStore(server.url('postgres')));
      await server.crash();
      await expectPatience('The database cannot be reached');
      await expect(world.app.heartbeat.tick()).rejects.toMatchObject({ code: 'store_unavailable' });
      await server.restart();
      await expectRecovery();
    });
  });
});
