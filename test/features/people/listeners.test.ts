import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { allDeals, know, openDealFor, runDeal, submit } from '../../support/deals.ts';
import { startWorld, type World } from '../../support/homeroom.ts';
import { openStepForm, ours } from '../../support/homework.ts';
import { rowsOf } from '../../support/rows.ts';

let world: World;
beforeEach(async () => {
  world = await startWorld();
});
afterEach(() => world.stop());

async function change(id: string, patch: Parameters<World['sandbox']['setUser']>[1]) {
  await world.sandbox.setUser(id, patch);
  await world.sandbox.settled();
}

const everybody = () => rowsOf(world.app.store, 'people');

describe('a person the app knows', () => {
  it('is followed to another zone: today is another day there', async () => {
    await know(world, world.anna);
    await change('U0ANNA', { tz: 'Asia/Tokyo' });
    // 12:00 in New York, 02:00 of the next day in Tokyo.
    world.clock.set('2026-11-23T17:00:00Z');
    const started = await openDealFor(world, world.anna);
    expect(started).toMatchObject({ zone: 'Asia/Tokyo', openedOn: '2026-11-24' });
  });

  it('is followed to another name, without becoming another person', async () => {
    const before = await know(world, world.anna);
    await change('U0ANNA', { realName: 'Anna Brandt' });
    expect(await know(world, world.anna)).toMatchObject({ id: before.id, name: 'Anna Brandt' });
    expect(await everybody()).toHaveLength(1);
  });

  it('who left cannot be given a step any more, and keeps the deals', async () => {
    await openDealFor(world, world.ben);
    await openDealFor(world, world.anna, { account: 'Globex' });
    await change('U0BEN', { deleted: true });
    await openStepForm(world, world.anna, { side: 'seller' });
    expect((await submit(world, world.anna, ours)).errors).toEqual({
      person: 'Ben Okafor is no longer in this workspace. Pick somebody else.',
    });
    expect((await allDeals(world))[0]).toMatchObject({ status: 'open' });
  });

  it('who left keeps the zone they had, which Slack no longer tells', async () => {
    await know(world, world.mia);
    await change('U0MIA', { deleted: true });
    expect(await know(world, world.mia)).toMatchObject({ zone: 'Europe/Berlin', active: false });
  });

  it('keeps manager and role, which Slack does not know', async () => {
    const ben = await know(world, world.ben);
    await know(world, world.anna, { managerId: ben.id, role: 'manager' });
    await change('U0ANNA', { title: 'Lead' });
    expect(await know(world, world.anna)).toMatchObject({ managerId: ben.id, role: 'manager' });
  });
});

describe('a person the app does not know', () => {
  it('is none of its business when they change', async () => {
    await change('U0BEN', { tz: 'Asia/Tokyo' });
    expect(await everybody()).toEqual([]);
  });

  it('is one the CRM named before when the address is the same in any case', async () => {
    const crm = { name: 'B. Okafor', email: 'ben@example.com', slackUserId: undefined };
    const planted = await know(world, world.ben, crm);
    await change('U0BEN', { email: 'Ben@Example.COM' });
    await know(world, world.anna, { name: 'Ben Okafor', email: undefined, slackUserId: undefined });
    await runDeal(world, world.ben, 'help');
    expect(await know(world, world.ben)).toMatchObject({ id: planted.id, name: 'Ben Okafor' });
    expect(await everybody()).toHaveLength(2);
  });
});
