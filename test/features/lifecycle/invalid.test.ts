import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { OpenDeal } from '../../../src/domain/deal.ts';
import { allDeals, know, resubmit, runDeal, settle, submit } from '../../support/deals.ts';
import { startWorld, type World } from '../../support/homeroom.ts';
import { rowsOf } from '../../support/rows.ts';
import { createSeed, type Seed } from '../../support/seed.ts';
import { answer } from '../../support/shown.ts';

let world: World;
let seed: Seed;
let acme: OpenDeal;
beforeEach(async () => {
  world = await startWorld();
  seed = createSeed(world.app, world.clock);
  acme = await seed.deal({ account: 'Acme', owner: await know(world, world.anna) });
});
afterEach(() => world.stop());

async function takeOut(who = world.anna) {
  await runDeal(world, who, 'invalid acme');
  return submit(world, who, { why: 'duplicate' });
}

describe('/deal invalid', () => {
  it('ends an open deal that never was, once', async () => {
    expect(await takeOut()).toEqual({ ok: true });
    await resubmit(world);
    expect(await allDeals(world)).toMatchObject([{ status: 'invalid', closedOn: '2026-11-23' }]);
    expect(await rowsOf(world.app.store, 'events')).toMatchObject([
      { kind: 'deal_invalidated', payload: { why: 'duplicate', was: 'open' } },
    ]);
  });

  it('takes a loss out of the weekly thread', async () => {
    await seed.loss(acme, { loggedAt: '2026-11-23T14:00:00Z' });
    const globex = await seed.deal({ account: 'Globex', owner: await know(world, world.anna) });
    await seed.loss(globex, { loggedAt: '2026-11-23T14:00:00Z' });
    await takeOut();
    await world.goTo('2026-11-26T15:00:00Z');
    const said = world.anna.messages('closed-lost').map(({ text }) => text);
    expect(said[0]).toMatch(/^1 deal closed lost this week/);
    expect(said.join('\n')).not.toContain('Acme');
    expect(said.join('\n')).toContain('Globex');
  });

  it('is the owner’s to say for five business days, and an admin’s after that', async () => {
    await seed.loss(acme, { loggedAt: '2026-11-16T16:00:00Z' });
    await runDeal(world, world.anna, 'invalid acme');
    expect(world.anna.modals()).toHaveLength(1);
    await world.anna.close(world.anna.topView());
    world.clock.set('2026-11-24T15:00:00Z');
    await runDeal(world, world.anna, 'invalid acme');
    expect(answer(world.anna).text).toContain('was closed 6 business days ago. After 5, an admin');
    await know(world, world.admin, { role: 'admin' });
    expect(await takeOut(world.admin)).toEqual({ ok: true });
    expect(await allDeals(world)).toMatchObject([{ status: 'invalid', closedOn: '2026-11-16' }]);
  });

  it('is nobody else’s to say', async () => {
    await runDeal(world, world.ben, 'invalid acme');
    expect(answer(world.ben).text).toMatch(/^Only Anna Snelling or an admin can say/);
    expect(world.ben.modals()).toEqual([]);
  });

  it('asks which one when an open and a lost deal fit', async () => {
    await seed.loss(acme, { loggedAt: '2026-11-20T16:00:00Z' });
    await seed.deal({ account: 'Acme', name: 'Support', owner: await know(world, world.anna) });
    await runDeal(world, world.anna, 'invalid acme');
    const question = answer(world.anna);
    await settle(world, world.anna.choose(question, 'lifecycle_pick', 'Acme · Core platform'));
    await submit(world, world.anna, { why: 'never_real' });
    expect((await allDeals(world)).map(({ status }) => status)).toEqual(['invalid', 'open']);
  });
});
