import { performance } from 'node:perf_hooks';
import { addDays, type Calendars } from '../src/domain/calendar.ts';
import type { OpenDeal } from '../src/domain/deal.ts';
import { defaultPlaybooks } from '../src/domain/default-playbooks.ts';
import { planBack } from '../src/domain/plan-back.ts';
import { assessPlan } from '../src/domain/plan-state.ts';
import { buildPlanMessage } from '../src/features/plan/plan-message.ts';
import { createCalendars } from '../src/holidays.ts';
import { selectDeals, toDeal } from '../src/store/deal-queries.ts';
import { inMany } from '../src/store/lists.ts';
import { openStore } from '../src/store/open-store.ts';
import { loadPlanRows, loadPlanRowsOf } from '../src/store/plan-rows.ts';
import type { Store, Tx } from '../src/store/store.ts';
import { growthAim } from './jobs.ts';
import { median, type Row, type Section, sayCount, sayMb, sayMs } from './report.ts';
import { dealIdAt, large, perDeal, seedPlans, today } from './seed-plans.ts';
import type { World } from './world.ts';

const sizes = [1_000, 10_000, 100_000];
/** Deals whose rows are held at once. */
const chunk = 2_000;
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
      const [deal] = await dealsAt(tx, [0]);
      if (!deal) throw new Error('The large plan is not there');
      return loadPlanRows(tx, deal);
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
  readonly bytes: number;
}

/** Every deal of the pipeline loaded and judged, a few thousand at a time. */
async function judgeAll(store: Store, deals: number, calendars: Calendars): Promise<Judged> {
  const startedAt = performance.now();
  let [loadMs, scored] = [0, 0];
  for (let from = 0; from < deals; from += chunk) {
    const places = Array.from({ length: Math.min(chunk, deals - from) }, (_, at) => from + at);
    const loadedFrom = performance.now();
    const plans = await store.read(async (tx) => loadPlanRowsOf(tx, await dealsAt(tx, places)));
    loadMs += performance.now() - loadedFrom;
    for (const plan of plans) {
      if (assessPlan(plan, today, calendars).health.score !== undefined) scored += 1;
    }
  }
  if (scored !== deals) throw new Error(`${scored} of ${deals} deals got a score`);
  return { ms: performance.now() - startedAt, loadMs, bytes: process.memoryUsage.rss() };
}

async function dealsAt(tx: Tx, places: readonly number[]): Promise<OpenDeal[]> {
  const rows = await selectDeals(tx).where(inMany(tx, tx.tables.deals.id, places.map(dealIdAt)));
  return rows.map(toDeal).flatMap((deal) => (deal.status === 'open' ? [deal] : []));
}

function judgedRow(deals: number, { ms, loadMs, bytes }: Judged, before: number | undefined): Row {
  const growth = before === undefined ? undefined : ms / before;
  return {
    what: `health and stalls of ${sayCount(deals)} deals`,
    homeroom: `${sayMs(ms)} (${sayMs(loadMs)} of it loading), ${sayMb(bytes)}`,
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
