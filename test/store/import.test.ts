import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { day } from '../../src/domain/calendar.ts';
import { type DealId, newId, type PersonId } from '../../src/domain/ids.ts';
import { findDeal } from '../../src/store/deals.ts';
import {
  type AccountRecord,
  type DealRecord,
  listAccountRecords,
  listDealsOfCrm,
  listHomeworkOfDeals,
  listPersonRecords,
  type PersonRecord,
  saveDealWrites,
  savePersonRecords,
  untoldOfDeal,
} from '../../src/store/import.ts';
import { rowsOf } from '../support/rows.ts';
import {
  elsewhere,
  now,
  openStoreWorld,
  type StoreWorld,
  workspaceId,
} from '../support/store-world.ts';
import { engines } from '../support/test-store.ts';

let world: StoreWorld;

const many = 2_500;
const none = { accounts: [], people: [], newDeals: [], changedDeals: [], losses: [], events: [] };
const account: AccountRecord = { id: 'A1' as never, workspaceId, name: 'Acme', nameKey: 'acme' };

function record(at: number, more: Partial<DealRecord> = {}): DealRecord {
  return {
    ...untoldOfDeal,
    segment: 'ent',
    id: newId<DealId>(now),
    workspaceId,
    accountId: account.id,
    crmId: `CRM-${at}`,
    name: `Rollout, "${at}" {x}\\`,
    searchKey: `acme rollout ${at}`,
    ownerId: world.anna.id,
    amountMinor: 5_000_000_000 + at,
    currency: 'USD',
    decisionOn: null,
    originalDecisionOn: null,
    dateDriver: null,
    zone: 'UTC',
    status: at % 2 === 0 ? 'open' : 'won',
    privacy: 'team',
    channelId: null,
    openedOn: day('2026-01-05'),
    closedOn: at % 2 === 0 ? null : day('2026-02-05'),
    closedAt: at % 2 === 0 ? null : now,
    imported: true,
    version: 1,
    ...more,
  };
}

describe.each(engines)('an import on %s', (engine) => {
  beforeEach(async () => {
    world = await openStoreWorld(engine);
  });
  afterEach(() => world.store.close());

  it('writes thousands of rows as they are, and the event of each', async () => {
    const newDeals = Array.from({ length: many }, (_, at) => record(at));
    await world.run(saveDealWrites, { ...none, accounts: [account], newDeals }, now);
    expect(await rowsOf(world.store, 'deals')).toEqual(newDeals);
    const events = await rowsOf(world.store, 'events');
    expect(events).toHaveLength(many);
    expect(events[1]).toMatchObject({
      id: newDeals[1]?.id,
      dealId: newDeals[1]?.id,
      at: now,
      actorId: null,
      kind: 'deal_imported',
      payload: { status: 'won' },
    });
  });

  it('changes known deals and leaves alone what it is not told to change', async () => {
    const before = record(0, { dateDriver: 'board meeting' });
    await world.run(saveDealWrites, { ...none, accounts: [account], newDeals: [before] }, now);
    const changed = { ...before, name: 'Renamed', dateDriver: null, version: 2 };
    await world.run(saveDealWrites, { ...none, changedDeals: [changed] }, now);
    const found = (await world.run(findDeal, workspaceId, before.id))?.deal;
    expect(found).toMatchObject({ name: 'Renamed', dateDriver: 'board meeting', version: 2 });
  });

  it('finds thousands of deals and accounts by what the CRM calls them', async () => {
    const newDeals = Array.from({ length: many }, (_, at) => record(at));
    await world.run(saveDealWrites, { ...none, accounts: [account], newDeals }, now);
    const ids = newDeals.map(({ crmId }) => crmId ?? '');
    const known = await world.run(listDealsOfCrm, workspaceId, [...ids, 'CRM-none']);
    expect(known.size).toBe(many);
    expect(known.get('CRM-7')).toEqual({ deal: newDeals[7], account: 'Acme' });
    expect(await world.run(listAccountRecords, workspaceId, ['acme', 'no "body"'])).toEqual([
      account,
    ]);
    expect(await world.run(listAccountRecords, elsewhere, ['acme'])).toEqual([]);
  });

  it('reads the steps of many deals at once', async () => {
    const deal = await world.seed.deal({ account: 'Globex', owner: world.anna });
    for (const dueOn of ['2026-11-26', '2026-11-25']) {
      await world.seed.step(deal, { title: dueOn, dueOn, doer: world.anna });
    }
    const found = await world.run(listHomeworkOfDeals, workspaceId, [deal.id, 'D0' as DealId]);
    expect(found.size).toBe(1);
    expect(found.get(deal.id)?.map(({ title }) => title)).toEqual(['2026-11-25', '2026-11-26']);
  });

  it('writes people and finds all of them again', async () => {
    const [anna] = await world.run(listPersonRecords, workspaceId);
    const ben = { ...(anna as PersonRecord), id: 'P2' as PersonId, slackUserId: null, crmId: 'B' };
    const renamed = { ...(anna as PersonRecord), name: 'Anna S.', workDays: [0] };
    await world.run(savePersonRecords, [ben, renamed]);
    const kept = new Map(
      (await world.run(listPersonRecords, workspaceId)).map((row) => [row.id, row]),
    );
    expect(kept.get('P2' as PersonId)).toEqual(ben);
    expect(kept.get(renamed.id)).toEqual({ ...renamed, workDays: [1, 2, 3, 4, 5] });
  });
});
