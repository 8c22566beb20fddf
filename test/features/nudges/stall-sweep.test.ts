import { eq } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Day, day } from '../../../src/domain/calendar.ts';
import type { OpenDeal } from '../../../src/domain/deal.ts';
import { newId, type TouchId } from '../../../src/domain/ids.ts';
import { createCalendars } from '../../../src/holidays.ts';
import { createHeartbeat, type Heartbeat } from '../../../src/jobs/heartbeat.ts';
import { stallSweep } from '../../../src/jobs/stall-sweep.ts';
import { createLog } from '../../../src/log.ts';
import type { Tables } from '../../../src/store/schema.ts';
import { listStallsOfDeal } from '../../../src/store/stalls.ts';
import type { Store } from '../../../src/store/store.ts';
import { saveTeamRules } from '../../../src/store/team-rules.ts';
import { insertTouch } from '../../../src/store/touches.ts';
import { createManualClock, type ManualClock } from '../../support/manual-clock.ts';
import { rowsOf } from '../../support/rows.ts';
import { createSeed, type Seed } from '../../support/seed.ts';
import { workspaceId } from '../../support/store-world.ts';
import { openTestStore } from '../../support/test-store.ts';

let store: Store;
let clock: ManualClock;
let seed: Seed;
let heartbeat: Heartbeat;
let acme: OpenDeal;

/** Another process on the same database. */
const anotherHeartbeat = (on: Store = store) =>
  createHeartbeat({
    store: on,
    clock,
    jobs: [stallSweep(workspaceId, createCalendars({ ours: 'US', daysOff: [] }))],
    workspaceId,
    log: createLog({ level: 'silent' }),
    wake: () => undefined,
  });

beforeEach(async () => {
  store = await openTestStore();
  clock = createManualClock('2026-12-01T14:00:00Z');
  seed = createSeed({ store, workspaceId }, clock);
  heartbeat = anotherHeartbeat();
  const ben = await seed.person('U0BEN', 'Ben Okafor', { role: 'manager' });
  const anna = await seed.person('U0ANNA', 'Anna Snelling', { managerId: ben.id });
  acme = await seed.deal({ account: 'Acme', owner: anna, decisionOn: day('2027-03-31') });
  // A small deal whose phase may last 15 business days: their silence is what there is to see.
  await seed.step(acme, { title: 'Read the offer', dueOn: '2027-02-26', doer: anna });
  await ask('2026-12-01');
});
afterEach(() => store.close());

/** We ask them something, and wait. */
async function ask(on: string): Promise<void> {
  const touch = {
    id: newId<TouchId>(clock.now()),
    dealId: acme.id,
    at: new Date(`${on}T15:00:00Z`),
    on: day(on),
    side: 'seller',
    kind: 'email',
    contactId: undefined,
    expectsReply: true,
    advance: false,
    homeworkId: undefined,
    note: undefined,
    byId: acme.ownerId,
  } as const;
  await store.transaction((tx) => insertTouch(tx, workspaceId, touch));
}

async function change(values: Partial<Tables['deals']['$inferSelect']>): Promise<void> {
  await store.transaction(async (tx) => {
    const { deals } = tx.tables;
    await tx.update(deals).set(values).where(eq(deals.id, acme.id));
  });
}

/** The stalls of Acme after the morning of a day in New York. */
async function morningOf(on: string): Promise<string[]> {
  clock.set(`${on}T12:00:00Z`);
  await heartbeat.tick();
  return stalls();
}

async function stalls(): Promise<string[]> {
  const kept = await store.read((tx) => listStallsOfDeal(tx, acme.id));
  const short = (of: Day | undefined) => of?.slice(5) ?? '';
  return kept
    .filter(({ code }) => code === 'buyer_silence')
    .map(
      ({ severity, evidence: { value, limit }, firstOn, lastOn, clearedOn }) =>
        `${severity} ${value}/${limit} ${short(firstOn)}–${short(lastOn)} ${short(clearedOn)}`,
    );
}

describe('the sweep of stalls', () => {
  it('writes down when a stall was first seen, rose, was last seen and was gone', async () => {
    expect(await morningOf('2026-12-04')).toEqual([]);
    expect(await morningOf('2026-12-07')).toEqual(['watch 4/4 12-07–12-07 ']);
    expect(await morningOf('2026-12-08')).toEqual(['stall 5/5 12-07–12-08 ']);
    expect(await morningOf('2026-12-09')).toEqual(['stall 5/5 12-07–12-09 ']);
    await store.transaction((tx) => tx.delete(tx.tables.touches).then(() => undefined));
    expect(await morningOf('2026-12-10')).toEqual(['stall 5/5 12-07–12-09 12-10']);
    await ask('2026-12-01');
    expect(await morningOf('2026-12-11')).toEqual([
      'stall 8/5 12-11–12-11 ',
      'stall 5/5 12-07–12-09 12-10',
    ]);
  });

  it('runs at seven where the deal is, not before, and late until the day is over', async () => {
    const runsAt = async (instant: string) => {
      clock.set(instant);
      const reports = await heartbeat.tick();
      return reports.map(({ run, result }) => [run.scheduledFor.toISOString(), result?.summary]);
    };
    expect(await runsAt('2026-12-08T11:59:00Z')).toEqual([]);
    expect(await runsAt('2026-12-08T12:00:00Z')).toMatchObject([
      ['2026-12-08T12:00:00.000Z', { deals: 1 }],
    ]);
    expect(await runsAt('2026-12-09T05:01:00Z')).toEqual([]);
    expect(await runsAt('2026-12-10T04:59:00Z')).toMatchObject([
      ['2026-12-09T12:00:00.000Z', { deals: 1 }],
    ]);
    expect(await stalls()).toEqual(['stall 5/5 12-08–12-09 ']);
  });

  it('changes nothing when a day is run twice', async () => {
    await morningOf('2026-12-07');
    const before = await rowsOf(store, 'stalls');
    await store.transaction((tx) => tx.delete(tx.tables.jobRuns).then(() => undefined));
    const again = await heartbeat.tick();
    expect(again).toMatchObject([
      { result: { summary: { opened: 0, changed: 0, seen: 0, cleared: 0 } } },
    ]);
    expect(await rowsOf(store, 'stalls')).toEqual(before);
  });

  it('runs once when two processes wake at the same time', async () => {
    clock.set('2026-12-07T12:00:00Z');
    const all = await Promise.all([heartbeat.tick(), anotherHeartbeat().tick()]);
    expect(all.flat().filter(({ result }) => result)).toHaveLength(1);
    expect(await stalls()).toEqual(['watch 4/4 12-07–12-07 ']);
    expect(await rowsOf(store, 'jobRuns')).toHaveLength(1);
  });

  it('leaves nothing open on a deal that was won while it was judged', async () => {
    const wonMeanwhile: Store = {
      ...store,
      transaction: (work, options) =>
        store.transaction(async (tx) => {
          await tx.update(tx.tables.deals).set({ status: 'won', closedOn: day('2026-12-07') });
          return work(tx);
        }, options),
    };
    clock.set('2026-12-07T12:00:00Z');
    await anotherHeartbeat(wonMeanwhile).tick();
    expect(await stalls()).toEqual(['watch 4/4 12-07–12-07 12-07']);
  });

  it('does not judge again what another process has judged', async () => {
    await morningOf('2026-12-07');
    let reads = 0;
    const counting: Store = {
      ...store,
      read: (work) => {
        reads += 1;
        return store.read(work);
      },
    };
    const late = await anotherHeartbeat(counting).runJobNow('stall_sweep');
    expect(late).toMatchObject([{ result: undefined }]);
    // When it is due, and whether it ran.
    expect(reads).toBe(2);
  });
});

describe('what suppresses a stall', () => {
  const stalledSince = 'stall 5/5 12-08–12-08 ';
  beforeEach(async () => {
    expect(await morningOf('2026-12-08')).toEqual([stalledSince]);
  });

  it('is a pause, until its day', async () => {
    await change({ pausedUntil: day('2026-12-11') });
    expect(await morningOf('2026-12-09')).toEqual([`${stalledSince}12-09`]);
    expect(await morningOf('2026-12-10')).toEqual([`${stalledSince}12-09`]);
    expect(await morningOf('2026-12-11')).toContain('stall 8/5 12-11–12-11 ');
  });

  it('is their word that they are back on a day', async () => {
    await change({ backOn: day('2026-12-10') });
    expect(await morningOf('2026-12-09')).toEqual([`${stalledSince}12-09`]);
    expect(await morningOf('2026-12-10')).toContain('stall 7/5 12-10–12-10 ');
  });

  it('is the end of the deal', async () => {
    await seed.deal({
      account: 'Globex',
      owner: await seed.person('U0CLEO', 'Cleo Ray', { zone: acme.zone }),
    });
    await change({ status: 'won', closedOn: day('2026-12-08'), closedAt: clock.now() });
    expect(await morningOf('2026-12-09')).toEqual([`${stalledSince}12-09`]);
  });

  it('is a day on which we do not work: nothing is judged, nothing ends', async () => {
    expect(await morningOf('2026-12-12')).toEqual([stalledSince]);
    // Christmas Day in the United States, a Friday.
    expect(await morningOf('2026-12-25')).toEqual([stalledSince]);
    const runs = await rowsOf(store, 'jobRuns');
    expect(runs.filter(({ summary }) => summary['deals'] === 0)).toHaveLength(2);
  });

  it('is a holiday of theirs, on which their silence grows no longer', async () => {
    await change({ buyerRegion: 'ES' });
    // 8 December is one in Spain: the fifth day of their silence is the ninth, not the eighth.
    expect(await morningOf('2026-12-09')).toEqual(['stall 5/5 12-08–12-09 ']);
  });

  it('is a limit of the team', async () => {
    const owner = (await rowsOf(store, 'people')).find(({ id }) => id === acme.ownerId);
    const rules = {
      norms: {
        smb: { silenceLimitBd: { awareness: 30, interest: 30, preference: 30, decision: 30 } },
      },
      thresholds: {},
    };
    const team = { managerId: owner?.managerId ?? acme.ownerId, version: 0, rules };
    const by = { personId: team.managerId, now: clock.now() };
    await store.transaction((tx) => saveTeamRules(tx, workspaceId, team, by));
    expect(await morningOf('2026-12-09')).toEqual(['watch 6/4 12-08–12-09 ']);
  });
});

describe('a dry run of the sweep', () => {
  const dryRun = async () => {
    const reports = await heartbeat.runJobNow('stall_sweep', {
      dryRun: true,
      at: clock.now(),
    });
    return Array.isArray(reports) ? reports.flatMap(({ result }) => result?.report ?? []) : [];
  };

  it('says what would come, turn and go, and keeps nothing', async () => {
    clock.set('2026-12-07T12:00:00Z');
    expect(await dryRun()).toContain('Acme · Core platform: buyer_silence watch, 4 against 4, new');
    expect(await rowsOf(store, 'stalls')).toEqual([]);
    expect(await rowsOf(store, 'jobRuns')).toEqual([]);
    await heartbeat.tick();
    clock.set('2026-12-08T12:00:00Z');
    expect(await dryRun()).toEqual([
      'Acme · Core platform: buyer_silence stall, 5 against 5, was watch',
    ]);
    await change({ backOn: day('2026-12-10') });
    expect(await dryRun()).toContain(
      'Acme · Core platform: buyer_silence watch, 4 against 4, gone',
    );
    expect(await stalls()).toEqual(['watch 4/4 12-07–12-07 ']);
  });

  it('does not name a private deal', async () => {
    await change({ privacy: 'restricted' });
    clock.set('2026-12-07T12:00:00Z');
    const lines = await dryRun();
    expect(lines).toContain('a private deal: buyer_silence watch, 4 against 4, new');
    expect(lines.join()).not.toContain('Acme');
  });
});
