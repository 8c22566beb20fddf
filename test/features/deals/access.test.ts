import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Actor } from '../../../sandbox/server/actor.ts';
import type { Deal } from '../../../src/domain/deal.ts';
import { allDeals, know, openDealFor, runDeal, settle, submit } from '../../support/deals.ts';
import { startWorld, type World } from '../../support/homeroom.ts';
import { openStepForm, ours } from '../../support/homework.ts';
import { addSteps } from '../../support/planted.ts';
import { rowsOf } from '../../support/rows.ts';
import { actionsOn, answer, wordsOn } from '../../support/shown.ts';

let world: World;
let acme: Deal;
beforeEach(async () => {
  world = await startWorld();
  acme = await openDealFor(world, world.anna, { channel: 'deal-acme' });
  await addSteps(world, acme, [{}]);
  await runDeal(world, world.anna, 'plan', { channel: 'deal-acme' });
});
afterEach(() => world.stop());

const sorry =
  'Acme · Core platform belongs to Anna Snelling. Ask them for a step on it, then you can change its plan.';

async function expectUntouched(): Promise<void> {
  expect(await allDeals(world)).toMatchObject([{ status: 'open', version: 1 }]);
  const steps = await rowsOf(world.app.store, 'homework');
  expect(steps).toMatchObject([{ status: 'proposed', version: 1 }]);
}

async function expectMayChange(actor: Actor): Promise<void> {
  const card = actor.lastMessage('deal-acme');
  await settle(world, actor.press(card, 'plan_done'));
  expect(actor.ephemerals('deal-acme')).toEqual([]);
  await runDeal(world, actor, 'won acme');
  await submit(world, actor);
  expect(await allDeals(world)).toMatchObject([{ status: 'won' }]);
}

describe('a colleague', () => {
  it('may look at the plan', async () => {
    await runDeal(world, world.ben, 'plan acme');
    expect(wordsOn(answer(world.ben))).toContain('List who signs');
    expect(actionsOn(answer(world.ben))).toEqual([]);
  });

  it.each(['homework', 'won', 'lost'])('is told whom to ask instead of /deal %s', async (word) => {
    await runDeal(world, world.ben, `${word} acme`);
    expect(answer(world.ben).text).toBe(sorry);
    expect(world.ben.modals()).toEqual([]);
    await expectUntouched();
  });

  it.each(['done', 'move', 'drop', 'add'])('is told whom to ask when pressing %s', async (what) => {
    await settle(world, world.ben.press(world.ben.lastMessage('deal-acme'), `plan_${what}`));
    expect(answer(world.ben, 'deal-acme').text).toBe(sorry);
    expect(world.ben.modals()).toEqual([]);
    await expectUntouched();
  });

  it('is told so in the place of the question when picking the deal of somebody else', async () => {
    await openDealFor(world, world.anna, { name: 'Support' });
    await runDeal(world, world.ben, 'won acme');
    const question = answer(world.ben);
    await settle(world, world.ben.choose(question, 'deals_pick', 'Acme · Core platform'));
    expect(world.ben.ephemerals().map(({ text }) => text)).toEqual([sorry]);
  });

  it('may change the plan once a step on it is theirs', async () => {
    await openStepForm(world, world.anna, { side: 'seller', deal: 'acme' });
    await submit(world, world.anna, ours);
    await runDeal(world, world.ben, 'won acme');
    await submit(world, world.ben);
    expect(await allDeals(world)).toMatchObject([{ status: 'won' }]);
  });
});

describe('who runs things', () => {
  it('may change the deals of those who report to them, at any distance', async () => {
    const mia = await know(world, world.mia, { role: 'manager' });
    const ben = await know(world, world.ben, { role: 'manager', managerId: mia.id });
    await know(world, world.anna, { managerId: ben.id });
    await expectMayChange(world.mia);
  });

  it('may not change the deals of others, manager or not', async () => {
    await know(world, world.ben, { role: 'manager' });
    await runDeal(world, world.ben, 'won acme');
    expect(answer(world.ben).text).toBe(sorry);
  });

  it('may change every deal as an admin', async () => {
    await know(world, world.admin, { role: 'admin' });
    await expectMayChange(world.admin);
  });
});

describe('a guest', () => {
  const polite = /^Homeroom is for full members of this workspace\./;
  let guest: Actor;
  beforeEach(() => {
    guest = world.sandbox.as('U0GUEST');
  });

  it.each(['', 'help', 'list', 'new', 'plan acme', 'homework', 'nonsense'])(
    'gets one polite sentence for “/deal %s” and nothing else',
    async (line) => {
      await runDeal(world, guest, line, { channel: 'deal-acme' });
      expect(guest.ephemerals('deal-acme').map(({ text }) => text)).toEqual([
        expect.stringMatching(polite),
      ]);
      expect(guest.modals()).toEqual([]);
    },
  );

  it.each(['done', 'move', 'drop', 'add'])('gets it for pressing %s, too', async (what) => {
    await settle(world, guest.press(guest.lastMessage('deal-acme'), `plan_${what}`));
    expect(answer(guest, 'deal-acme').text).toMatch(polite);
    expect(guest.ephemerals('deal-acme')).toHaveLength(1);
    await expectUntouched();
  });

  it.each([
    ['deals_won', 'won'],
    ['losses_fight', 'lost'],
    ['deals_new', 'new'],
  ])('who became one with %s open is told so there', async (_id, word) => {
    await runDeal(world, world.anna, word === 'new' ? 'new' : `${word} acme`);
    await world.sandbox.setUser('U0ANNA', { isRestricted: true });
    await world.sandbox.settled();
    const values = word === 'new' ? { account: 'A', name: 'B', decision_on: '2026-12-18' } : {};
    const { errors } = await submit(world, world.anna, values);
    const shown = errors ? Object.values(errors).join() : wordsOn(world.anna.topView());
    expect(shown).toMatch(polite);
    await expectUntouched();
  });
});
