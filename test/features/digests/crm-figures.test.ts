import { readFile } from 'node:fs/promises';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readCrmExport } from '../../../sandbox/demo/crm-export.ts';
import { demoPeople, peopleCsv } from '../../../sandbox/demo/people.ts';
import { importDeals } from '../../../src/crm/import-deals.ts';
import { importPeople } from '../../../src/crm/import-people.ts';
import { day, plainCalendars } from '../../../src/domain/calendar.ts';
import type { SlackUserId, WorkspaceId } from '../../../src/domain/ids.ts';
import { isRefusal } from '../../../src/domain/refusal.ts';
import { loadLosses } from '../../../src/features/digests/load-losses.ts';
import { buildLossesMessage } from '../../../src/features/digests/losses-message.ts';
import { loadWeek } from '../../../src/features/digests/week-figures.ts';
import { buildWeekDigest } from '../../../src/features/digests/week-message.ts';
import { weekSpan } from '../../../src/features/digests/week-span.ts';
import type { Store } from '../../../src/store/store.ts';
import { createManualClock } from '../../support/manual-clock.ts';
import { openTestStore } from '../../support/test-store.ts';

/*
 * What the digest says of the CRM export, counted here a second time from the files themselves. The
 * arithmetic below uses nothing of the app: the export is moved by whole weeks so that its last
 * week, that of 31 December 2017, is the week of the Friday the digest comes on.
 */
const friday = '2026-11-27';
const dayMs = 86_400_000;
const shift = Date.parse('2026-11-23') - Date.parse('2017-12-25');

interface CsvDeal {
  readonly agent: string;
  readonly product: string;
  readonly stage: 'Won' | 'Lost';
  readonly openedAt: number;
  readonly closedAt: number;
  readonly value: number;
}

async function readCsv(name: string): Promise<Record<string, string>[]> {
  const url = new URL(`../../../sandbox/data/${name}.csv`, import.meta.url);
  return parse(await readFile(url, 'utf8'), { columns: true, skip_empty_lines: true });
}

function usDay(text: string): number {
  const [month = 0, date = 0, year = 0] = text.split('/').map(Number);
  return Date.UTC(year, month - 1, date) + shift;
}

let csv: CsvDeal[];
let managerOf: Map<string, string>;
let prices: Map<string | undefined, number>;
let store: Store;

const workspaceId = 'T0TEAM' as WorkspaceId;
const zone = 'America/New_York';
const team = { zone, currency: 'USD', lossThreadAt: { weekday: 4, time: '10:00' } };
const digestAt = { weekday: 5, time: '15:00' };
const clock = createManualClock(`${friday}T20:00:00Z`);

beforeAll(async () => {
  const rows = await readCsv('sales_pipeline');
  csv = rows
    .filter((row) => row['deal_stage'] === 'Won' || row['deal_stage'] === 'Lost')
    .map((row) => ({
      agent: row['sales_agent'] ?? '',
      product: row['product'] ?? '',
      stage: row['deal_stage'] as CsvDeal['stage'],
      openedAt: usDay(row['engage_date'] ?? ''),
      closedAt: usDay(row['close_date'] ?? ''),
      value: Number(row['close_value']),
    }));
  const products = await readCsv('products');
  prices = new Map(products.map((row) => [row['product'], Number(row['sales_price'])]));
  const teams = await readCsv('sales_teams');
  managerOf = new Map(teams.map((row) => [row['sales_agent'] ?? '', row['manager'] ?? '']));
  store = await openTestStore();
  const crm = await readCrmExport(day(friday));
  const people = demoPeople(crm.team);
  const deps = {
    store,
    clock,
    workspaceId,
    defaultZone: zone,
    defaultCurrency: 'USD',
    slackUsers: async () =>
      people.map(({ id, realName, email, tz }) => ({
        id: id as SlackUserId,
        name: realName,
        email,
        zone: tz,
        deleted: false,
        isBot: false,
        isGuest: false,
        isAdmin: false,
      })),
  };
  for (const result of [
    await importPeople(deps, { input: peopleCsv(people) }),
    await importDeals(deps, { input: crm.deals(), dateFormat: 'YMD' }),
  ]) {
    if (isRefusal(result)) throw new Error(result.message);
  }
}, 120_000);
afterAll(() => store.close());

/** Deals that closed in the days `from` to `to` days before the Friday, both counted. */
function closed(from: number, to: number): CsvDeal[] {
  const end = Date.parse(friday);
  return csv.filter(
    ({ closedAt }) => closedAt >= end - from * dayMs && closedAt <= end - to * dayMs,
  );
}
const won = (deals: readonly CsvDeal[]) => deals.filter(({ stage }) => stage === 'Won');
const lost = (deals: readonly CsvDeal[]) => deals.filter(({ stage }) => stage === 'Lost');

/** What was paid, else what the product's list says. */
function priceOf({ product, value, stage }: CsvDeal): number {
  return stage === 'Won' && value > 0
    ? value
    : (prices.get(product === 'GTXPro' ? 'GTX Pro' : product) ?? 0);
}

/** A share as the digest words it, the interval worked out another way: by solving its equation. */
function shareWords(k: number, n: number): string {
  const percent = (share: number) => Math.round(share * 100);
  const number = (value: number) => value.toLocaleString('en-US');
  const likely = n < 30 ? `, likely ${percent(edge(k, n, -1))}–${percent(edge(k, n, 1))} %` : '';
  return `${number(k)} of ${number(n)} (${percent(k / n)} %${likely})`;
}

/** The share that lies 1.96 of its own spreads from what was seen, found by halving. */
function edge(k: number, n: number, side: -1 | 1): number {
  const seen = k / n;
  let [near, far] = [seen, side < 0 ? 0 : 1];
  for (let step = 0; step < 60; step += 1) {
    const middle = (near + far) / 2;
    const spreads = Math.abs(seen - middle) / Math.sqrt((middle * (1 - middle)) / n);
    if (spreads > 1.959964) far = middle;
    else near = middle;
  }
  return near;
}

async function digest() {
  const span = weekSpan(new Date(`${friday}T20:00:00Z`), zone, digestAt);
  const figures = await store.read((tx) =>
    loadWeek(tx, workspaceId, span, { team, calendars: plainCalendars }),
  );
  const opening = { purpose: undefined, today: day(friday), late: false };
  return buildWeekDigest(figures, opening).text;
}

describe('the digest of the CRM export', () => {
  it('rests on an export with 2,473 losses', () => {
    expect(lost(csv)).toHaveLength(2473);
    expect(won(csv)).toHaveLength(4238);
  });

  it('counts the week’s wins and losses as the files do', async () => {
    const week = closed(6, 0);
    expect(lost(week).length).toBeGreaterThan(5);
    const text = await digest();
    expect(text).toContain(
      `${won(week).length} deals won and ${lost(week).length} lost this week.`,
    );
    const before = closed(34, 7);
    const mean = lost(before).length / 4;
    const worth = (deals: readonly CsvDeal[], weeks = 1) =>
      `$${Math.round(deals.reduce((sum, deal) => sum + priceOf(deal), 0) / weeks).toLocaleString('en-US')}`;
    expect(text).toContain(
      `Losses: ${lost(week).length}, ${worth(lost(week))} (before: ${Number.isInteger(mean) ? mean : mean.toFixed(1)}, ${worth(lost(before), 4)} a week)`,
    );
    expect(text).toContain(`Wins: ${won(week).length}, ${worth(won(week))} (before: `);
    expect(text).toContain(
      `Won, of won and lost: ${shareWords(won(week).length, week.length)} (before: ${shareWords(won(before).length, before.length)})`,
    );
    for (const weekBack of [0, 1, 2, 3, 4]) {
      const own = closed(6 + 7 * weekBack, 7 * weekBack);
      const on = new Date(Date.parse(friday) - 7 * weekBack * dayMs);
      const name = on.toLocaleDateString('en-GB', {
        day: 'numeric',
        month: 'short',
        timeZone: 'UTC',
      });
      expect(text).toContain(`to ${name}: Won ${won(own).length}, Lost ${lost(own).length}`);
    }
  });

  it('says that imported losses have no outcome, reason, box or phase', async () => {
    const n = lost(closed(6, 0)).length;
    const text = await digest();
    expect(text).toContain(
      `Told of none of the ${n}: two boxes, how they ended, first reasons, phase at the end.`,
    );
    expect(text).not.toContain('No reason recorded');
    expect(text).toContain('No decision, of losses: outcomes not recorded');
  });

  it('comes to the same speed and time to a win', async () => {
    const recent = closed(179, 0);
    const isSmall = (deal: CsvDeal) => priceOf(deal) < 10_000;
    const days = won(recent)
      .filter(isSmall)
      .map(({ openedAt, closedAt }) => Math.max(0, (closedAt - openedAt) / dayMs))
      .sort((a, b) => a - b);
    const at = (part: number) => {
      const place = (days.length - 1) * part;
      const [low = 0, high = 0] = [days[Math.floor(place)], days[Math.ceil(place)]];
      return low + (high - low) * (place % 1);
    };
    const say = (value: number) => (Number.isInteger(value) ? `${value}` : value.toFixed(1));
    const text = await digest();
    expect(text).toContain(
      `, half won within ${say(at(0.5))} days, 3 of 4 within ${say(at(0.75))} (n ${days.length.toLocaleString('en-US')})`,
    );
    const open = (await readCsv('sales_pipeline')).filter((row) => {
      if (row['deal_stage'] === 'Won' || row['deal_stage'] === 'Lost') {
        return (
          usDay(row['close_date'] ?? '') > Date.parse(friday) &&
          usDay(row['engage_date'] ?? '') <= Date.parse(friday)
        );
      }
      return !row['engage_date'] || usDay(row['engage_date']) <= Date.parse(friday);
    });
    const smallOpen = open.filter((row) => {
      const value = Number(row['close_value']);
      const product = row['product'] === 'GTXPro' ? 'GTX Pro' : row['product'];
      return (value > 0 ? value : (prices.get(product) ?? 0)) < 10_000;
    });
    const small = recent.filter(isSmall);
    const amount = won(small).reduce((sum, deal) => sum + priceOf(deal), 0) / won(small).length;
    const meanDays =
      won(small).reduce(
        (sum, deal) => sum + Math.max(1, (deal.closedAt - deal.openedAt) / dayMs),
        0,
      ) / won(small).length;
    const speed = (smallOpen.length * amount * (won(small).length / small.length)) / meanDays;
    expect(text).toContain(
      `Velocity and time to a win: Small business, 180 days: $${Math.round(speed).toLocaleString('en-US')} a day (n ${small.length.toLocaleString('en-US')})`,
    );
  });
});

describe('/deal losses on the CRM export', () => {
  const losses = (by: 'reason' | 'manager', days: number) =>
    store
      .read((tx) => loadLosses(tx, { workspaceId, team, clock }, { days, by }))
      .then((view) => buildLossesMessage(view).text);

  it('counts ninety days as the files do', async () => {
    const own = closed(89, 0);
    const text = await losses('reason', 90);
    expect(text).toContain(`${lost(own).length.toLocaleString('en-US')} losses in 90 days, `);
    expect(text).toContain(`Won, of won and lost: ${shareWords(won(own).length, own.length)}`);
  });

  it('counts a year by manager as the files do', async () => {
    const own = closed(364, 0);
    const text = await losses('manager', 365);
    const managers = [...new Set(managerOf.values())];
    expect(managers).toHaveLength(6);
    for (const manager of managers) {
      const theirs = own.filter(({ agent }) => managerOf.get(agent) === manager);
      expect(text).toContain(
        `${manager}: losses ${lost(theirs).length.toLocaleString('en-US')}, won, of won and lost ${shareWords(won(theirs).length, theirs.length)}`,
      );
    }
  });
});
