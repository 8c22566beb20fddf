import { afterEach, beforeEach, expect, it } from 'vitest';
import { day } from '../../../src/domain/calendar.ts';
import { type DealId, newId } from '../../../src/domain/ids.ts';
import { createCalendars } from '../../../src/holidays.ts';
import { createHeartbeat } from '../../../src/jobs/heartbeat.ts';
import { stallSweep } from '../../../src/jobs/stall-sweep.ts';
import { createLog } from '../../../src/log.ts';
import type { Store } from '../../../src/store/store.ts';
import { tableNames } from '../../../src/store/table-pages.ts';
import { createManualClock, type ManualClock } from '../../support/manual-clock.ts';
import { rowsOf } from '../../support/rows.ts';
import { createSeed } from '../../support/seed.ts';
import { workspaceId } from '../../support/store-world.ts';
import { openTestStore } from '../../support/test-store.ts';

/** Two pages: a full one and half of one. */
const deals = 150;
const yesterday = day('2026-11-23');

let store: Store;
let clock: ManualClock;

beforeEach(async () => {
  store = await openTestStore();
  clock = createManualClock('2026-11-02T15:00:00Z');
  const seed = createSeed({ store, workspaceId }, clock);
  const anna = await seed.person('U0ANNA', 'Anna Snelling');
  // Open for three weeks, and nothing was ever planned.
  await seed.deal({ account: 'Acme', owner: anna, decisionOn: day('2027-03-31') });
  await copyDeal(deals - 1);
  clock.set('2026-11-24T12:00:00Z');
});
afterEach(() => store.close());

function copyDeal(times: number): Promise<void> {
  return store.transaction(async (tx) => {
    const { deals: table } = tx.tables;
    const [row] = await tx.select().from(table);
    if (!row) throw new Error('There is no deal to copy');
    const copies = Array.from({ length: times }, (_, at) => ({
      ...row,
      id: newId<DealId>(clock.now()),
      name: `Site ${at}`,
      searchKey: `acme site ${at}`,
    }));
    await tx.bulkUpsert(table, copies);
  });
}

/** A process on this database, with its own way to it. */
function processOn(on: Store) {
  return createHeartbeat({
    store: on,
    clock,
    jobs: [stallSweep(workspaceId, createCalendars({ ours: 'US', daysOff: [] }))],
    workspaceId,
    log: createLog({ level: 'silent' }),
    wake: () => undefined,
  });
}

/** A store whose transactions wait for what comes before each; the first is the first page's. */
function withBefore(before: (transaction: number) => Promise<void>): Store {
  let begun = 0;
  const transaction: Store['transaction'] = async (work, options) => {
    begun += 1;
    await before(begun);
    return store.transaction(work, options);
  };
  return { ...store, transaction };
}

/** Lets whoever comes go on once as many as that are there. */
function meetingOf(size: number): () => Promise<void> {
  let come = 0;
  let open: () => void = () => undefined;
  const all = new Promise<void>((resolve) => {
    open = resolve;
  });
  return () => {
    come += 1;
    if (come === size) open();
    return all;
  };
}

/** What is kept, but for ids, which are chance. */
async function stalls() {
  const rows = await rowsOf(store, 'stalls');
  const placeOf = ({ dealId, code }: { dealId: string; code: string }) => `${dealId} ${code}`;
  return rows.map(({ id: _, ...row }) => row).sort((a, b) => (placeOf(a) < placeOf(b) ? -1 : 1));
}

async function dealsHeldUp(): Promise<number> {
  return new Set((await rowsOf(store, 'stalls')).map(({ dealId }) => dealId)).size;
}

function everything() {
  return Promise.all(tableNames.map(async (name) => [name, await rowsOf(store, name)]));
}

it('keeps each stall once when two processes write what both have found', async () => {
  const meet = meetingOf(2);
  const meeting = () => withBefore(meet);
  const reports = await Promise.all([processOn(meeting()).tick(), processOn(meeting()).tick()]);
  const results = reports.flat().flatMap(({ result }) => (result ? [result] : []));
  expect(results).toHaveLength(1);
  const kept = await stalls();
  expect(results).toMatchObject([{ summary: { deals, opened: kept.length } }]);
  expect(new Set(kept.map(({ dealId, code }) => `${dealId} ${code}`)).size).toBe(kept.length);
  expect(await dealsHeldUp()).toBe(deals);
  expect(await rowsOf(store, 'jobRuns')).toHaveLength(1);
});

it('ends what was broken off after a page at the next tick, as if nothing had been', async () => {
  const broken = withBefore(async (transaction) => {
    if (transaction === 2) throw new Error('no answer');
  });
  expect(await processOn(broken).tick()).toEqual([]);
  expect(await dealsHeldUp()).toBe(100);
  expect(await rowsOf(store, 'jobRuns')).toEqual([]);
  const half = (await stalls()).length;

  clock.set('2026-11-24T12:01:00Z');
  const reports = await processOn(store).tick();
  const finished = await stalls();
  expect(reports).toMatchObject([
    { result: { summary: { deals, opened: finished.length - half, changed: 0, cleared: 0 } } },
  ]);
  expect(await dealsHeldUp()).toBe(deals);

  await store.transaction(async (tx) => {
    await tx.delete(tx.tables.stalls);
    await tx.delete(tx.tables.jobRuns);
  });
  await processOn(store).tick();
  expect(await stalls()).toEqual(finished);
});

it('is rehearsed without a single page written, whatever there is to write', async () => {
  await processOn(store).tick();
  await store.transaction(async (tx) => {
    const { stalls: table } = tx.tables;
    // As if yesterday: some stalls were lighter then, some others were there, and the rest as now.
    await tx.update(table).set({ lastOn: yesterday });
    const some = (await tx.select().from(table)).filter(({ code }) => code === 'no_next_step');
    const lighter = some.slice(0, 10).map((row) => ({ ...row, severity: 'watch' }) as const);
    const other = some.slice(10, 20).map((row) => ({ ...row, code: 'ping_pong' }) as const);
    await tx.bulkUpsert(table, [...lighter, ...other], ['severity', 'code']);
    await tx.delete(tx.tables.jobRuns);
  });
  const before = await everything();
  let begun = 0;
  const counting = withBefore(async () => {
    begun += 1;
  });
  const rehearsed = await processOn(counting).runJobNow('stall_sweep', { dryRun: true });
  // The run itself, which is taken back.
  expect(begun).toBe(1);
  expect(await everything()).toEqual(before);

  const [real] = await processOn(store).tick();
  expect(real?.result?.summary).toMatchObject({ deals, opened: 10, changed: 10, cleared: 10 });
  expect(rehearsed).toMatchObject([
    { result: { summary: { opened: 10, changed: 10, cleared: 10 } } },
  ]);
  expect(await everything()).not.toEqual(before);
});
