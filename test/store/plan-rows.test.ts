import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { day } from '../../src/domain/calendar.ts';
import type { OpenDeal } from '../../src/domain/deal.ts';
import { newId, type TouchId } from '../../src/domain/ids.ts';
import type { PlanRows } from '../../src/domain/plan-state.ts';
import { ensureContact, saveDealContact } from '../../src/store/contacts.ts';
import { loadPlanRows, pagesOfPlans } from '../../src/store/plan-rows.ts';
import { insertTouch } from '../../src/store/touches.ts';
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

/** A deal with steps of both sides, somebody without a step, and two words that went to and fro. */
async function dealWithPlan(account: string): Promise<OpenDeal> {
  const { seed, anna, run } = world;
  const deal = await seed.deal({ account, owner: anna });
  await seed.step(deal, { title: 'Later', dueOn: '2026-12-09', doer: 'Zoe Park' });
  await seed.step(deal, { title: 'Sooner', dueOn: '2026-12-02', doer: 'Dana Lee' });
  await seed.step(deal, { title: 'Again', dueOn: '2026-12-02', doer: 'Dana Lee' });
  await seed.step(deal, { title: 'Ours', dueOn: '2026-12-04', doer: anna });
  for (const name of ['Max Roth', 'Zoe Park']) {
    const known = { accountId: deal.accountId, name, title: 'CFO' };
    const contact = await run(ensureContact, workspaceId, known, now);
    const on = { dealId: deal.id, contactId: contact.id };
    await run(saveDealContact, workspaceId, on, { role: 'decider', engagedOn: day('2026-11-20') });
  }
  await touch(deal, 'buyer', later(2));
  await touch(deal, 'seller', later(1));
  return deal;
}

function touch(deal: OpenDeal, side: 'buyer' | 'seller', at: Date): Promise<void> {
  return world.run(insertTouch, workspaceId, {
    id: newId<TouchId>(at),
    dealId: deal.id,
    at,
    on: day('2026-11-23'),
    side,
    kind: 'email',
    expectsReply: true,
    advance: false,
    contactId: undefined,
    homeworkId: undefined,
    note: 'Not for judging',
    byId: world.anna.id,
  });
}

async function allPages(size: number): Promise<PlanRows[][]> {
  const pages: PlanRows[][] = [];
  for await (const page of pagesOfPlans(world.store, workspaceId, size)) pages.push(page);
  return pages;
}

describe.each(engines)('the rows of plans on %s', (engine) => {
  beforeEach(async () => {
    world = await openStoreWorld(engine);
  });
  afterEach(() => world.store.close());

  it('are each step in due order, everybody once by name, and what was said in its order', async () => {
    const rows = await world.run(loadPlanRows, await dealWithPlan('Acme'));
    expect(rows.steps.map(({ title, doer }) => [title, doer.name])).toEqual([
      ['Sooner', 'Dana Lee'],
      ['Again', 'Dana Lee'],
      ['Ours', 'Anna Snelling'],
      ['Later', 'Zoe Park'],
    ]);
    expect(rows.contacts.map(({ name, role }) => [name, role])).toEqual([
      ['Dana Lee', undefined],
      ['Max Roth', 'decider'],
      ['Zoe Park', 'decider'],
    ]);
    expect(rows.touches.map(({ side }) => side)).toEqual(['seller', 'buyer']);
  });

  it('come in pages as they come one at a time, every open deal once', async () => {
    const deals: OpenDeal[] = [];
    for (const account of ['Acme', 'Bolt', 'Core', 'Dune', 'Edge']) {
      deals.push(await dealWithPlan(account));
    }
    const lost = await dealWithPlan('Fort');
    await world.seed.loss(lost, { loggedAt: now.toISOString() });
    const pages = await allPages(3);
    expect(pages.map((page) => page.length)).toEqual([3, 2]);
    const alone = await Promise.all(deals.map((deal) => world.run(loadPlanRows, deal)));
    const byId = (a: PlanRows, b: PlanRows) => (a.deal.id < b.deal.id ? -1 : 1);
    expect(pages.flat()).toEqual(alone.sort(byId));
  });

  it('are none where there is no open deal', async () => {
    await dealWithPlan('Acme');
    const pages = pagesOfPlans(world.store, elsewhere);
    expect(await pages.next()).toEqual({ done: true, value: undefined });
  });
});
