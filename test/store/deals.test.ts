import { sql } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { day } from '../../src/domain/calendar.ts';
import type { ChannelId, DealId } from '../../src/domain/ids.ts';
import type { Person } from '../../src/domain/person.ts';
import { isRefusal } from '../../src/domain/refusal.ts';
import {
  addHelper,
  closeDeal,
  countOpenDealsOf,
  findDeal,
  findDealOfChannel,
  findOpenDealNamed,
  insertDeal,
  listDealsByIds,
  listDriftingDeals,
  listOpenDealNames,
  listOwnOpenDeals,
  listRecentDeals,
  searchOpenDeals,
} from '../../src/store/deals.ts';
import { appendEvent } from '../../src/store/events.ts';
import { findMeantDeal } from '../../src/store/find-deal.ts';
import { reachDeal, reachOpenDeal } from '../../src/store/reach-deal.ts';
import { runRaw } from '../support/rows.ts';
import {
  elsewhere,
  later,
  now,
  openStoreWorld,
  type StoreWorld,
  workspaceId,
} from '../support/store-world.ts';
import { engines } from '../support/test-store.ts';

let world: StoreWorld;
let anna: Person;
let ben: Person;
let mia: Person;

const usd = (minor: number) => ({ minor, currency: 'USD' });
const won = { status: 'won', closedOn: day('2026-11-23'), closedAt: now } as const;
const nowhere = 'C0NONE' as ChannelId;

describe.each(engines)('deals on %s', (engine) => {
  beforeEach(async () => {
    world = await openStoreWorld(engine);
    anna = world.anna;
    mia = await world.seed.person('U0MIA', 'Mia Brandt', { role: 'manager' });
    ben = await world.seed.person('U0BEN', 'Ben Okafor', { managerId: mia.id });
  });
  afterEach(() => world.store.close());

  const titles = (deals: readonly { account: string }[]) => deals.map(({ account }) => account);

  it('read back as they were saved, sums above two thousand million included', async () => {
    const deal = await world.seed.deal({
      account: 'Acme',
      owner: anna,
      amount: usd(987_654_321_012),
    });
    const found = await world.run(findDeal, workspaceId, deal.id);
    expect(found?.deal).toMatchObject({ ...deal });
    expect(found?.circle).toEqual({ helperIds: [], managerChainIds: [] });
  });

  it('do not exist for another workspace', async () => {
    const deal = await world.seed.deal({ account: 'Acme', owner: anna });
    expect(await world.run(findDeal, elsewhere, deal.id)).toBeUndefined();
    expect(await world.run(listDealsByIds, elsewhere, [deal.id])).toEqual(new Map());
  });

  it('are found by their channel and by their name in any spelling', async () => {
    const deal = await world.seed.deal({ account: 'Acme', owner: anna, name: 'Core' });
    const there = { ...deal, id: 'D2' as DealId, name: 'Else', channelId: 'C0ACME' as ChannelId };
    expect(await world.run(insertDeal, there)).toBe(true);
    const found = await world.run(findDealOfChannel, workspaceId, 'C0ACME' as ChannelId);
    expect(found?.deal.id).toBe('D2');
    const named = { account: 'ACME', name: 'core!' };
    expect((await world.run(findOpenDealNamed, workspaceId, named))?.deal.id).toBe(deal.id);
  });

  it('have one open deal of a name and one in a channel', async () => {
    const deal = await world.seed.deal({ account: 'Acme', owner: anna });
    const again = { ...deal, id: 'D2' as DealId, account: 'ACME', name: 'core PLATFORM' };
    expect(await world.run(insertDeal, again)).toBe(false);
    await world.run(closeDeal, deal, won);
    expect(await world.run(insertDeal, again)).toBe(true);
  });

  it('keep their original decision date whatever is tried', async () => {
    await world.seed.deal({ account: 'Acme', owner: anna });
    const rewrite = world.store.transaction((tx) =>
      runRaw(tx, sql`update deals set original_decision_on = '2027-01-01'`),
    );
    await expect(rewrite).rejects.toMatchObject({
      cause: { message: 'original_decision_on is written once' },
    });
  });

  it('close once: the second of two people finds them closed', async () => {
    const deal = await world.seed.deal({ account: 'Acme', owner: anna });
    const lost = { ...won, status: 'lost' } as const;
    const results = await Promise.all([
      world.run(closeDeal, deal, won),
      world.run(closeDeal, deal, lost),
    ]);
    expect([...results].sort()).toEqual([false, true]);
    const kept = (await world.run(findDeal, workspaceId, deal.id))?.deal;
    expect(kept).toMatchObject({ status: results[0] ? 'won' : 'lost', closedAt: now, version: 2 });
  });

  it('are listed with the viewer’s own first, then by date, undated last, then by name', async () => {
    const at = (decisionOn: string | undefined) => ({
      decisionOn: decisionOn ? day(decisionOn) : undefined,
    });
    await world.seed.deal({ account: 'zeta', owner: ben, ...at('2026-12-01') });
    await world.seed.deal({ account: 'Beta', owner: anna, ...at(undefined) });
    await world.seed.deal({ account: 'alpha-2', owner: anna, ...at('2027-01-10') });
    await world.seed.deal({ account: 'Alpha 10', owner: anna, ...at('2027-01-10') });
    const all = await world.run(searchOpenDeals, anna, '', 10);
    expect(titles(all)).toEqual(['Alpha 10', 'alpha-2', 'Beta', 'zeta']);
    expect(titles(await world.run(searchOpenDeals, anna, 'ALPHA core', 10))).toHaveLength(2);
    expect(await world.run(searchOpenDeals, anna, '%', 10)).toEqual([]);
    expect(titles(await world.run(listOwnOpenDeals, anna, 2))).toEqual(['Alpha 10', 'alpha-2']);
    expect(await world.run(countOpenDealsOf, anna)).toBe(3);
  });

  it('that are restricted show to their owner, helpers, managers and admins only', async () => {
    const admin = await world.seed.person('U0ADA', 'Ada Admin', { role: 'admin' });
    const deal = await world.seed.deal({ account: 'Secret', owner: ben, privacy: 'restricted' });
    const sees = async (viewer: Person) =>
      titles(await world.run(searchOpenDeals, viewer, 'secret', 5));
    expect(await sees(anna)).toEqual([]);
    for (const viewer of [ben, mia, admin]) expect(await sees(viewer)).toEqual(['Secret']);
    await world.run(addHelper, workspaceId, deal.id, anna.id);
    await world.run(addHelper, workspaceId, deal.id, anna.id);
    expect(await sees(anna)).toEqual(['Secret']);
    const found = await world.run(findDeal, workspaceId, deal.id);
    expect(found?.circle).toEqual({ helperIds: [anna.id], managerChainIds: [mia.id] });
    const names = await world.run(listOpenDealNames, mia);
    expect(names).toMatchObject([{ searchKey: 'secret core platform', mine: false }]);
  });

  it('are recalled newest touched first', async () => {
    const acme = await world.seed.deal({ account: 'Acme', owner: anna });
    const globex = await world.seed.deal({ account: 'Globex', owner: anna });
    for (const [deal, ms] of [
      [acme, 0],
      [globex, 1],
      [acme, 2],
    ] as const) {
      await world.run(appendEvent, {
        workspaceId,
        dealId: deal.id,
        at: later(ms),
        actorId: anna.id,
        kind: 'deal_opened',
      });
    }
    expect(titles(await world.run(listRecentDeals, anna, 5))).toEqual(['Acme', 'Globex']);
    expect(await world.run(listRecentDeals, ben, 5)).toEqual([]);
  });

  it('drift when a date has passed or a step is late, the largest first', async () => {
    const past = { decisionOn: day('2026-11-20') };
    await world.seed.deal({ account: 'Small', owner: anna, amount: usd(100), ...past });
    await world.seed.deal({ account: 'Unknown', owner: anna, ...past });
    const late = await world.seed.deal({ account: 'Late', owner: anna, amount: usd(900) });
    await world.seed.step(late, { title: 'Send it', dueOn: '2026-11-20', doer: anna });
    await world.seed.deal({ account: 'Fine', owner: anna, amount: usd(5_000) });
    const drifting = await world.run(listDriftingDeals, workspaceId, day('2026-11-23'), 5);
    expect(titles(drifting)).toEqual(['Late', 'Small', 'Unknown']);
  });

  it('are found by what somebody means', async () => {
    const deal = await world.seed.deal({ account: 'Initech', owner: anna });
    const mean = (text: string) => world.run(findMeantDeal, anna, { text, channelId: nowhere });
    for (const text of ['', 'initech', 'inittech core platform']) {
      expect(await mean(text)).toMatchObject({ found: 'one', deal: { id: deal.id } });
    }
    expect(await mean('hooli')).toEqual({ found: 'none' });
  });

  it('are reached by those who may', async () => {
    const deal = await world.seed.deal({ account: 'Acme', owner: anna });
    expect(await world.run(reachDeal, ben, deal.id, 'view')).toMatchObject({ id: deal.id });
    expect(await world.run(reachOpenDeal, anna, deal.id)).toMatchObject({ id: deal.id });
    const refused = await world.run(reachOpenDeal, ben, deal.id);
    expect(isRefusal(refused) && refused.message).toContain('belongs to Anna Snelling');
  });
});

describe.each(engines)('history on %s', (engine) => {
  it('can only be added to', async () => {
    world = await openStoreWorld(engine);
    const deal = await world.seed.deal({ account: 'Acme', owner: world.anna });
    await world.run(appendEvent, { workspaceId, dealId: deal.id, at: now, kind: 'deal_opened' });
    const refused = { cause: { message: 'events are append-only' } };
    for (const statement of [sql`update events set kind = 'x'`, sql`delete from events`]) {
      const change = world.store.transaction((tx) => runRaw(tx, statement));
      await expect(change).rejects.toMatchObject(refused);
    }
    await world.store.close();
  });
});
