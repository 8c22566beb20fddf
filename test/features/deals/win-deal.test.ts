import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { day } from '../../../src/domain/calendar.ts';
import {
  allDeals,
  openDealFor,
  resubmit,
  runDeal,
  settle,
  submit,
  winAsAdmin,
} from '../../support/deals.ts';
import { startWorld, type World } from '../../support/homeroom.ts';
import { addSteps } from '../../support/planted.ts';
import { rowsOf } from '../../support/rows.ts';
import { answer, wordsOn } from '../../support/shown.ts';

let world: World;
beforeEach(async () => {
  world = await startWorld();
});
afterEach(() => world.stop());

async function kinds(): Promise<string[]> {
  const log = await rowsOf(world.app.store, 'events');
  return log.map(({ kind }) => kind);
}

describe('/deal won', () => {
  it('says what is still open, and closes the deal once it is confirmed', async () => {
    const acme = await openDealFor(world, world.anna);
    await addSteps(world, acme, [
      { status: 'done', doneOn: day('2026-11-20') },
      { side: 'seller', status: 'done', doneOn: day('2026-11-20') },
      { title: 'Sign' },
    ]);
    await runDeal(world, world.anna, 'won acme');
    expect(wordsOn(world.anna.topView())).toContain('1 step is still open');
    expect(await allDeals(world)).toMatchObject([{ status: 'open' }]);

    await submit(world, world.anna);
    expect(await allDeals(world)).toMatchObject([{ status: 'won', closedOn: '2026-11-23' }]);
    expect(await kinds()).toEqual(['deal_opened', 'deal_won']);
    const thanks = wordsOn(world.anna.topView());
    expect(thanks).toContain('They did their part\nDana Lee: List who signs');
    expect(thanks).toContain('We did ours\nAnna Snelling: List who signs');
  });

  it('counts the day in the zone of the deal', async () => {
    await openDealFor(world, world.anna);
    world.clock.set('2026-11-24T03:00:00Z');
    await runDeal(world, world.anna, 'won');
    await submit(world, world.anna);
    expect(await allDeals(world)).toMatchObject([{ closedOn: '2026-11-23' }]);
  });

  it('changes nothing when it is cancelled', async () => {
    await openDealFor(world, world.anna);
    await runDeal(world, world.anna, 'won');
    await world.anna.close(world.anna.topView());
    expect(await allDeals(world)).toMatchObject([{ status: 'open' }]);
  });

  it('finds no deal that ended: there is nothing to win twice', async () => {
    await openDealFor(world, world.anna);
    await runDeal(world, world.anna, 'won');
    await submit(world, world.anna);
    await runDeal(world, world.anna, 'won acme');
    expect(answer(world.anna).text).toMatch(/^No open deal is called “acme”/);
  });

  it('says so in the modal when somebody else closed the deal meanwhile', async () => {
    await openDealFor(world, world.anna);
    await runDeal(world, world.anna, 'won');
    const confirming = world.anna.topView();
    await winAsAdmin(world, 'acme');
    expect(await settle(world, world.anna.submit(confirming))).toEqual({ ok: true });
    expect(wordsOn(world.anna.topView())).toContain('Acme · Core platform was won on Mon 23 Nov');
    expect(await kinds()).toEqual(['deal_opened', 'deal_won']);
  });

  it('is won once when Slack delivers the confirmation twice', async () => {
    await openDealFor(world, world.anna);
    await runDeal(world, world.anna, 'won');
    await submit(world, world.anna);
    await resubmit(world);
    expect(await kinds()).toEqual(['deal_opened', 'deal_won']);
  });
});
