import { performance } from 'node:perf_hooks';
import Database from 'better-sqlite3';
import { addDays, instantAt } from '../src/domain/calendar.ts';
import type { WorkspaceId } from '../src/domain/ids.ts';
import { newestOccurrence, toDueRun } from '../src/domain/schedule.ts';
import { createCalendars } from '../src/holidays.ts';
import { runOnce } from '../src/jobs/run-job.ts';
import { stallSweep } from '../src/jobs/stall-sweep.ts';
import { openStore } from '../src/store/open-store.ts';
import { sqlitePath } from '../src/store/sqlite-store.ts';
import type { Store, Tx } from '../src/store/store.ts';
import { growthAim } from './jobs.ts';
import { type Row, type Section, sayCount, sayMb, sayMs } from './report.ts';
import { perDeal, seedPlans, today } from './seed-plans.ts';
import { teamId } from './slack-stub.ts';
import type { World } from './world.ts';

const sizes = [10_000, 100_000];
/** What a deal of the pipeline has in the end. */
const wanted = { steps: 10, touches: 50 };
const zone = 'America/New_York';
/** A page may take a tenth of the three seconds Slack waits. */
const blockedAimMs = 300;

/** What a sweep took of the database. */
interface Taken {
  queries: number;
  /** The longest read of a page. */
  longestReadMs: number;
  /** The longest transaction. */
  longestWriteMs: number;
  /** Of all transactions. */
  writeMs: number;
  /** The most that this process held after any of them. */
  bytes: number;
}

interface Sweep extends Taken {
  readonly ms: number;
  readonly summary: Readonly<Record<string, number>>;
}

interface Sweeps {
  readonly bytesBefore: number;
  readonly runs: readonly Sweep[];
}

/** The daily sweep of stalls over ten thousand and a hundred thousand open deals of one zone. */
export async function benchStalls(world: World): Promise<Section> {
  const sweeps: Sweeps[] = [];
  for (const size of sizes) sweeps.push(await sweepStalls(world, size));
  const days = ['the first morning', 'the next morning'];
  const rows = days.flatMap((day, at) =>
    sizes.map((size, which) => {
      const own = sweeps[which]?.runs[at];
      if (!own) throw new Error(`No sweep of ${size} deals on ${day}`);
      const before = which > 0 ? sweeps[which - 1]?.runs[at]?.ms : undefined;
      return sweepRow(`${sayCount(size)} open deals, ${day}`, own, before);
    }),
  );
  return {
    title: `Sweep of stalls: ${wanted.steps} steps, ${wanted.touches} touches and ${perDeal.contacts} contacts a deal, all in one zone`,
    rows: [...rows, ...costRows(sweeps)],
  };
}

function sweepRow(what: string, own: Sweep, before: number | undefined): Row {
  const { opened = 0, changed = 0, seen = 0, cleared = 0 } = own.summary;
  const found = `${sayCount(opened)} new, ${sayCount(changed)} changed, ${sayCount(seen)} the same, ${sayCount(cleared)} gone`;
  const homeroom = `${sayMs(own.ms)} (${sayMs(own.writeMs)} of it writing), ${sayCount(own.queries)} queries; ${found}`;
  if (before === undefined) return { what, homeroom };
  const growth = own.ms / before;
  return {
    what,
    homeroom,
    against: `${sayMs(before)} for a tenth`,
    ratio: `${growth.toFixed(1)}×`,
    aim: `≤ ${growthAim}×`,
    met: growth <= growthAim,
  };
}

function costRows(sweeps: readonly Sweeps[]): Row[] {
  const [small, large] = sweeps.map(({ bytesBefore, runs }) => ({
    bytesBefore,
    bytes: Math.max(...runs.map(({ bytes }) => bytes)),
    readMs: Math.max(...runs.map(({ longestReadMs }) => longestReadMs)),
    writeMs: Math.max(...runs.map(({ longestWriteMs }) => longestWriteMs)),
  }));
  if (!small || !large) throw new Error('Two sizes are compared');
  return [
    {
      what: 'most memory, the larger pipeline',
      homeroom: `${sayMb(large.bytes)} from ${sayMb(large.bytesBefore)}`,
      against: `${sayMb(small.bytes)} from ${sayMb(small.bytesBefore)} for a tenth`,
    },
    blockedRow('longest read of a page', large.readMs, small.readMs),
    blockedRow('longest write', large.writeMs, small.writeMs),
  ];
}

/** For as long nobody else could use the database. */
function blockedRow(what: string, ms: number, before: number): Row {
  return {
    what: `${what}, the larger pipeline`,
    homeroom: sayMs(ms),
    against: `${sayMs(before)} for a tenth`,
    aim: `< ${sayMs(blockedAimMs)}`,
    met: ms < blockedAimMs,
  };
}

/** Two mornings on end, in this process. */
async function sweepStalls(world: World, deals: number): Promise<Sweeps> {
  const url = await world.emptyDatabase('sqlite', `stalls_${deals}`);
  await seedPlans(url, deals);
  fillUp(sqlitePath(url));
  globalThis.gc?.();
  const store = await openStore(url);
  const bytesBefore = process.memoryUsage.rss();
  try {
    const runs: Sweep[] = [];
    for (const later of [0, 1]) {
      runs.push(await sweepOn(store, instantAt(addDays(today, later), '07:00', zone)));
    }
    return { bytesBefore, runs };
  } finally {
    await store.close();
  }
}

async function sweepOn(store: Store, now: Date): Promise<Sweep> {
  const workspaceId = teamId as WorkspaceId;
  const job = stallSweep(workspaceId, createCalendars({ ours: 'US', daysOff: [] }));
  const [schedule] = await store.read((tx) => job.schedules(tx));
  const due = schedule && newestOccurrence(schedule, now);
  if (!due) throw new Error('There is nothing to sweep');
  const taken = { queries: 0, longestReadMs: 0, longestWriteMs: 0, writeMs: 0, bytes: 0 };
  const run = toDueRun(schedule, due, now);
  const startedAt = performance.now();
  const result = await runOnce(job, { store: watch(store, taken), workspaceId, run, now });
  const ms = performance.now() - startedAt;
  if (!result) throw new Error('The sweep ran already');
  return { ms, ...taken, summary: result.summary };
}

function watch(store: Store, taken: Taken): Store {
  async function timed<Result>(work: () => Promise<Result>): Promise<[Result, number]> {
    const startedAt = performance.now();
    const result = await work();
    taken.bytes = Math.max(taken.bytes, process.memoryUsage.rss());
    return [result, performance.now() - startedAt];
  }
  return {
    ...store,
    read: async (work) => {
      const [result, ms] = await timed(() => store.read((tx) => work(counting(tx, taken))));
      taken.longestReadMs = Math.max(taken.longestReadMs, ms);
      return result;
    },
    transaction: async (work) => {
      const [result, ms] = await timed(() => store.transaction((tx) => work(counting(tx, taken))));
      taken.longestWriteMs = Math.max(taken.longestWriteMs, ms);
      taken.writeMs += ms;
      return result;
    },
  };
}

const queries: readonly PropertyKey[] = [
  'select',
  'selectDistinct',
  'insert',
  'update',
  'delete',
  'bulkUpsert',
];

/** A connection that counts what is asked of it. */
export function counting(tx: Tx, taken: { queries: number }): Tx {
  return new Proxy(tx, {
    get: (target, name) => {
      if (queries.includes(name)) taken.queries += 1;
      return Reflect.get(target, name);
    },
  });
}

/** Writes what `seedPlans` lacks, to and fro over the last five months, within the database. */
function fillUp(file: string): void {
  const client = new Database(file);
  client.pragma('synchronous = OFF');
  client.pragma('cache_size = -200000');
  const lacking = {
    steps: wanted.steps - perDeal.steps,
    touches: wanted.touches - perDeal.touches,
  };
  const turns = Array.from({ length: lacking.touches }, (_, turn) => {
    const on = addDays(today, -2 - (lacking.touches - turn) * 3);
    const side = turn % 2 === 0 ? 'seller' : 'buyer';
    return { on, at: Date.parse(on), side, asks: turn % 3 !== 0, advance: turn % 7 === 0 };
  });
  client
    .prepare(
      `insert into touches (id, workspace_id, deal_id, at, on_day, side, kind, expects_reply, advance, by_id)
       select printf('MORETOUCH%017d', deals.rowid * 100 + turn.key), workspace_id, deals.id,
         value ->> 'at', value ->> 'on', value ->> 'side', 'email', value ->> 'asks', value ->> 'advance', owner_id
       from deals cross join json_each(?) turn`,
    )
    .run(JSON.stringify(turns));
  const places = Array.from({ length: lacking.steps }, (_, step) => step);
  client
    .prepare(
      `insert into homework (id, workspace_id, deal_id, title, status, due_on, original_due_on, agreed_on, side, done_when, version)
       select printf('MORESTEP%018d', deals.rowid * 100 + step.key), workspace_id, deals.id, 'Read the terms', 'agreed',
         date(@today, printf('%d days', (deals.rowid + value * 9) % 70)), date(@today, printf('%d days', (deals.rowid + value * 9) % 70)),
         date(@today, '-20 days'), iif(value % 2 = 0, 'buyer', 'seller'), 'no word is left to change', 1
       from deals cross join json_each(@places) step`,
    )
    .run({ today, places: JSON.stringify(places) });
  client.close();
}
