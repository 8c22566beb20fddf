import { performance } from 'node:perf_hooks';
import { addDays, type Calendars } from '../src/domain/calendar.ts';
import { defaultPlaybooks } from '../src/domain/default-playbooks.ts';
import type { DealId, WorkspaceId } from '../src/domain/ids.ts';
import { planBack } from '../src/domain/plan-back.ts';
import { assessPlan } from '../src/domain/plan-state.ts';
import { buildPlanMessage } from '../src/features/plan/plan-message.ts';
import { createCalendars } from '../src/holidays.ts';
import { findDeal } from '../src/store/deals.ts';
import { openStore } from '../src/store/open-store.ts';
import { loadPlanRows, pagesOfPlans } from '../src/store/plan-rows.ts';
import type { Store, Tx } from '../src/store/store.ts';
import { growthAim } from './jobs.ts';
import { median, type Row, type Section, sayCount, sayMb, sayMs } from './report.ts';
import { dealIdAt, large, perDeal, seedPlans, today } from './seed-plans.ts';
import { teamId } from './slack-stub.ts';
import type { World } from './world.ts';

const sizes = [1_000, 10_000, 100_000];
const rounds = 50;

/** Cards, health inputs and back-planning, in this process, holidays of a country on. */
export async function benchPlan(
  world: World,
  dealCounts: readonly number[] = sizes,
): Promise<Section> {
  const calendars = createCalendars({ ours: 'US', daysOff: [] });
  const rows: Row[] = [];
  let before: number | undefined;
  for (const deals of dealCounts) {
    const url = await world.emptyDatabase('sqlite', `plans_${deals}`);
    await seedPlans(url, deals);
    const store = await openStore(url);
    try {
      if (deals === dealCounts[0]) rows.push(...(await cardRows(store, calendars)));
      const taken = await judgeAll(store, deals, calendars);
      rows.push(judgedRow(deals, taken, before));
      before = taken.ms;
    } finally {
      await store.close();
    }
  }
  const { steps, contacts, touches } = perDeal;
  return {
    title: `Plans: ${steps} steps, ${contacts} contacts, ${touches} touches a deal, one slip in five`,
    rows: [...rows, ...backRows(calendars)],
  };
}

async function cardRows(store: Store, calendars: Calendars): Promise<Row[]> {
  const times = { load: [] as number[], build: [] as number[] };
  let blocks = 0;
  for (let round = 0; round < rounds; round += 1) {
    const startedAt = performance.now();
    const rows = await store.read(async (tx) => {
      const found = await findDeal(tx, teamId as WorkspaceId, dealIdAt(0) as DealId);
      if (found?.deal.status !== 'open') throw new Error('The large plan is not there');
      return loadPlanRows(tx, found.deal);
    });
    const loadedAt = performance.now();
    const calendar = calendars.planOf(rows.deal.buyerRegion);
    const state = assessPlan(rows, today, calendars);
    const { deal, steps } = rows;
    const facts = { deal, steps, slips: state.slips, today, calendar, ownerName: 'Person 0' };
    const judged = { rows, state, today, calendar };
    blocks = buildPlanMessage({ ...facts, judged, mayChange: true }).blocks.length;
    times.load.push(loadedAt - startedAt);
    times.build.push(performance.now() - loadedAt);
  }
  const what = `${large.steps} steps, ${sayCount(large.touches)} touches and as many events`;
  return [
    { what: `card: rows of ${what}`, homeroom: sayMs(median(times.load)) },
    { what: 'card: judged and built', homeroom: `${sayMs(median(times.build))}, ${blocks} blocks` },
  ];
}

interface Judged {
  readonly ms: number;
  readonly loadMs: number;
  /** The most that this process held after a page, and before the first. */
  readonly bytes: number;
  readonly bytesBefore: number;
  readonly queries: number;
}

/** Every open deal of the pipeline loaded and judged, a page at a time. */
async function judgeAll(store: Store, deals: number, calendars: Calendars): Promise<Judged> {
  globalThis.gc?.();
  const counted = countQueries(store);
  const bytesBefore = process.memoryUsage.rss();
  const startedAt = performance.now();
  let [judgeMs, scored, bytes] = [0, 0, bytesBefore];
  for await (const plans of pagesOfPlans(counted, teamId as WorkspaceId)) {
    const loadedAt = performance.now();
    for (const plan of plans) {
      if (assessPlan(plan, today, calendars).health.score !== undefined) scored += 1;
    }
    judgeMs += performance.now() - loadedAt;
    bytes = Math.max(bytes, process.memoryUsage.rss());
  }
  const ms = performance.now() - startedAt;
  if (scored !== deals) throw new Error(`${scored} of ${deals} deals got a score`);
  return { ms, loadMs: ms - judgeMs, bytes, bytesBefore, queries: counted.queries() };
}

/** A store that counts the queries that are built on it; one that is prepared counts once. */
function countQueries(store: Store): Pick<Store, 'read'> & { queries(): number } {
  let queries = 0;
  const counting = (tx: Tx) =>
    new Proxy(tx, {
      get: (target, name) => {
        if (name === 'select' || name === 'selectDistinct') queries += 1;
        return Reflect.get(target, name);
      },
    });
  return {
    read: (work) => store.read((tx) => work(counting(tx))),
    queries: () => queries,
  };
}

function judgedRow(deals: number, judged: Judged, before: number | undefined): Row {
  const { ms, loadMs, bytes, bytesBefore, queries } = judged;
  const growth = before === undefined ? undefined : ms / before;
  const costs = `${sayCount(queries)} queries, ${sayMb(bytes)} from ${sayMb(bytesBefore)}`;
  return {
    what: `health and stalls of ${sayCount(deals)} deals`,
    homeroom: `${sayMs(ms)} (${sayMs(loadMs)} of it loading), ${costs}`,
    ...(before === undefined ? {} : { against: `${sayMs(before)} for a tenth` }),
    ...(growth === undefined
      ? {}
      : { ratio: `${growth.toFixed(1)}×`, aim: `≤ ${growthAim}×`, met: growth <= growthAim }),
  };
}

/** Every playbook in turn, decisions from three weeks to half a year ahead. */
function backRows(calendars: Calendars): Row[] {
  const calendar = calendars.planOf(undefined);
  const time = (plans: number) => {
    const startedAt = performance.now();
    for (let at = 0; at < plans; at += 1) {
      const playbook = defaultPlaybooks[at % defaultPlaybooks.length];
      const decisionOn = addDays(today, 21 + (at % 160));
      planBack(playbook?.steps ?? [], decisionOn, today, calendar);
    }
    return performance.now() - startedAt;
  };
  time(1_000);
  const [tenth, whole] = [time(1_000), time(10_000)];
  const growth = whole / tenth;
  return [
    {
      what: '10,000 plans counted back from the decision',
      homeroom: sayMs(whole),
      against: `${sayMs(tenth)} for a tenth`,
      ratio: `${growth.toFixed(1)}×`,
      aim: `≤ ${growthAim}×`,
      met: growth <= growthAim,
    },
  ];
}
