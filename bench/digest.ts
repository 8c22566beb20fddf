import { performance } from 'node:perf_hooks';
import { systemClock } from '../src/clock.ts';
import { addDays, dayIn, instantAt, plainCalendars } from '../src/domain/calendar.ts';
import type { PersonId, WorkspaceId } from '../src/domain/ids.ts';
import { loadHeads } from '../src/features/digests/heads-figures.ts';
import { buildHeadsDigest } from '../src/features/digests/heads-message.ts';
import { loadLosses } from '../src/features/digests/load-losses.ts';
import { buildLossesMessage } from '../src/features/digests/losses-message.ts';
import { loadPatterns } from '../src/features/digests/pattern-figures.ts';
import { buildPatternCard } from '../src/features/digests/pattern-message.ts';
import { loadWeek } from '../src/features/digests/week-figures.ts';
import { buildWeekDigest } from '../src/features/digests/week-message.ts';
import { type WeekSpan, weekSpan } from '../src/features/digests/week-span.ts';
import type { Message } from '../src/slack/message.ts';
import { searchOpenDeals } from '../src/store/deals.ts';
import { listLeaders } from '../src/store/digest-readers.ts';
import { listLookAlikes } from '../src/store/look-alikes.ts';
import { openStore } from '../src/store/open-store.ts';
import { findPerson, savePerson } from '../src/store/people.ts';
import { sqlitePath } from '../src/store/sqlite-store.ts';
import type { Store, Tx } from '../src/store/store.ts';
import { growthAim } from './jobs.ts';
import { median, type Row, type Section, sayCount, sayMb, sayMs } from './report.ts';
import { tellLosses } from './seed-losses.ts';
import { firstDay, seedPipeline } from './seed-pipeline.ts';
import { teamId } from './slack-stub.ts';
import { counting } from './stalls.ts';
import type { World } from './world.ts';

const sizes = [10_000, 100_000] as const;
const runs = 5;
/** A plan shows them for one deal; a morning for as many as somebody has. */
const lookedAt = 20;
/** A digest holds the store for a tenth of a second at most, as pages of a sweep do for longer. */
const aimMs = 1_000;
const zone = 'America/New_York';
const workspaceId = teamId as WorkspaceId;
const team = { zone, currency: 'USD', lossThreadAt: { weekday: 4, time: '10:00' } };
const digestAt = { weekday: 5, time: '15:00' };

interface Taken {
  readonly firstMs: number;
  readonly warmMs: number;
  readonly queries: number;
  readonly says: string;
}

interface Measured {
  readonly taken: ReadonlyMap<string, Taken>;
  readonly bytesBefore: number;
  readonly bytesAfter: number;
}

/** What a digest costs on the CRM export and on ten and a hundred thousand closed deals. */
export async function benchDigest(world: World): Promise<Section> {
  const crm = await measureCrm(world);
  const seeded: Measured[] = [];
  for (const size of sizes) seeded.push(await measureSeeded(world, size));
  const [small, large] = seeded;
  if (!small || !large) throw new Error('Two sizes are compared');
  return {
    title:
      'Digests: counted by the database, on the CRM export and on closed deals with reviews and stalls',
    rows: [
      ...[...crm.taken].map(([what, own]) => rowOf(`${what}, the CRM export`, own)),
      ...[...small.taken].flatMap(([what, own]) => [
        rowOf(`${what}, ${sayCount(sizes[0])} closed deals`, own),
        rowOf(`${what}, ${sayCount(sizes[1])} closed deals`, large.taken.get(what), own),
      ]),
      {
        what: 'resident memory after all of them, the larger',
        homeroom: `${sayMb(large.bytesAfter)} from ${sayMb(large.bytesBefore)}`,
        against: `${sayMb(small.bytesAfter)} from ${sayMb(small.bytesBefore)} for a tenth`,
      },
    ],
  };
}

function rowOf(what: string, own: Taken | undefined, before?: Taken): Row {
  if (!own) throw new Error(`${what} was not measured`);
  const homeroom = `${sayMs(own.firstMs)}, then ${sayMs(own.warmMs)}; ${own.queries} queries; ${own.says}`;
  if (!before) return { what, homeroom };
  const growth = own.warmMs / before.warmMs;
  return {
    what,
    homeroom,
    against: `${sayMs(before.warmMs)} for a tenth`,
    ratio: `${growth.toFixed(1)}×`,
    aim: `< ${sayMs(aimMs)}, ≤ ${growthAim}×`,
    met: own.firstMs < aimMs && growth <= growthAim,
  };
}

async function measureCrm(world: World): Promise<Measured> {
  const { url } = await world.crm('sqlite');
  const now = systemClock.now();
  return measure(url, weekSpan(now, zone, digestAt));
}

async function measureSeeded(world: World, size: number): Promise<Measured> {
  const url = await world.emptyDatabase('sqlite', `digest_${size}`);
  await seedPipeline(url, { openDeals: size / 10, closedDeals: size });
  tellLosses(sqlitePath(url));
  return measure(url, weekSpan(instantAt(addDays(firstDay, 1), '15:00', zone), zone, digestAt));
}

/** What it says of what it found. */
type Work = (tx: Tx) => Promise<string>;

async function measure(url: string, span: WeekSpan): Promise<Measured> {
  const store = await openStore(url);
  globalThis.gc?.();
  const bytesBefore = process.memoryUsage.rss();
  try {
    const admin = await anAdmin(store);
    const taken = new Map<string, Taken>();
    for (const [what, work] of Object.entries(worksOn(span, admin))) {
      taken.set(what, await time(store, work));
    }
    return { taken, bytesBefore, bytesAfter: process.memoryUsage.rss() };
  } finally {
    await store.close();
  }
}

function worksOn(span: WeekSpan, admin: PersonId): Readonly<Record<string, Work>> {
  const { dueOn, scheduledFor: now } = span;
  const opening = { purpose: undefined, today: dueOn, late: false };
  const clock = { ...systemClock, now: () => now };
  const lossesBy = (by: 'reason' | 'manager'): Work => {
    const question = { days: 365, by };
    return async (tx) =>
      sayLength(buildLossesMessage(await loadLosses(tx, { workspaceId, team, clock }, question)));
  };
  return {
    'weekly digest': async (tx) =>
      sayLength(
        buildWeekDigest(
          await loadWeek(tx, workspaceId, span, { team, calendars: plainCalendars }),
          opening,
        ),
      ),
    'digest of all managers': async (tx) => {
      const heads = await loadHeads(tx, workspaceId, span, admin);
      if (!heads) throw new Error('The reader leads nobody');
      return sayLength(buildHeadsDigest(heads, opening, dueOn));
    },
    'pattern card': async (tx) =>
      sayLength(
        buildPatternCard(
          await loadPatterns(tx, workspaceId, { on: dayIn(now, zone), now, zone }),
          opening,
          dueOn,
        ),
      ),
    [`look-alikes of ${lookedAt} open deals`]: async (tx) => {
      const viewer = await findPerson(tx, workspaceId, admin);
      const deals = viewer ? await searchOpenDeals(tx, viewer, '', lookedAt) : [];
      let found = 0;
      for (const deal of deals) {
        if (deal.status !== 'open') continue;
        const facts = { ...deal, rival: 'Rival 4' };
        found += (await listLookAlikes(tx, 'team', facts, { today: dueOn, limit: 3 })).length;
      }
      return `${sayCount(found)} found for ${deals.length} deals`;
    },
    '/deal losses 1y by reason': lossesBy('reason'),
    '/deal losses 1y by manager': lossesBy('manager'),
  };
}

async function time(store: Store, work: Work): Promise<Taken> {
  const times: number[] = [];
  const taken = { queries: 0 };
  let says = '';
  for (let run = 0; run < runs; run += 1) {
    taken.queries = 0;
    const startedAt = performance.now();
    says = await store.read((tx) => work(counting(tx, taken)));
    times.push(performance.now() - startedAt);
  }
  const [firstMs = 0, ...warm] = times;
  return { firstMs, warmMs: median(warm), queries: taken.queries, says };
}

function sayLength({ text }: Message): string {
  return `${sayCount(text.length)} characters`;
}

/** Somebody who sees every team. */
async function anAdmin(store: Store): Promise<PersonId> {
  return store.transaction(async (tx) => {
    const [leader] = await listLeaders(tx, workspaceId);
    const person = leader && (await findPerson(tx, workspaceId, leader.id));
    if (!person) throw new Error('Nobody is there');
    await savePerson(tx, { ...person, role: 'admin' }, undefined);
    return person.id;
  });
}
