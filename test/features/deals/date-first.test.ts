import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { OpenDeal } from '../../../src/domain/deal.ts';
import { allDeals, know, resubmit, runDeal, submit } from '../../support/deals.ts';
import { startWorld, type World } from '../../support/homeroom.ts';
import { plantDeal } from '../../support/planted.ts';
import { rowsOf } from '../../support/rows.ts';
import { answer, inputsOn, wordsOn } from '../../support/shown.ts';

let world: World;

/** A deal that came without a date, as some do from a CRM. */
beforeEach(async () => {
  world = await startWorld();
  const anna = await know(world, world.anna);
  await plantDeal(world, anna, { decisionOn: undefined, originalDecisionOn: undefined });
});
afterEach(() => world.stop());

const now = async () => (await allDeals(world))[0] as OpenDeal;
const kinds = async () => (await rowsOf(world.app.store, 'events')).map(({ kind }) => kind);
const set = (decision_on: string) => submit(world, world.anna, { decision_on });

describe('the first date of a deal', () => {
  it('is the only thing asked, and becomes the original', async () => {
    await runDeal(world, world.anna, 'date acme');
    const view = world.anna.topView();
    expect(view.callback_id).toBe('deals_date_first');
    expect(wordsOn(view)).toContain('has no decision date yet');
    expect(inputsOn(view)).toEqual(['decision_on']);
    expect(await set('2027-01-15')).toEqual({ ok: true });
    const shown = wordsOn(world.anna.topView());
    expect(shown).toContain('has a decision date.');
    expect(shown).toContain('Decision Fri 15 Jan 2027');
    expect(shown).not.toContain('slip');
    expect(await now()).toMatchObject({
      decisionOn: '2027-01-15',
      originalDecisionOn: '2027-01-15',
    });
    expect(await kinds()).toEqual(['decision_date_set']);
    expect(await rowsOf(world.app.store, 'dateRevisions')).toEqual([]);
  });

  it('is set once when Slack delivers the form twice', async () => {
    await runDeal(world, world.anna, 'date acme');
    await set('2027-01-15');
    await resubmit(world);
    expect(await kinds()).toEqual(['decision_date_set']);
    expect(await now()).toMatchObject({ version: 2 });
  });

  it.each([
    ['a day that has passed', '2026-11-20', 'has passed. Pick the day they will decide.'],
    ['one more than five years ahead', '2036-11-20', 'more than five years away'],
  ])('is not %s', async (_name, on, message) => {
    await runDeal(world, world.anna, 'date acme');
    expect(await set(on)).toMatchObject({
      errors: { decision_on: expect.stringContaining(message) },
    });
    expect((await now()).decisionOn).toBeUndefined();
  });

  it('does not take the place of one that a colleague set meanwhile', async () => {
    await know(world, world.admin, { role: 'admin' });
    await runDeal(world, world.anna, 'date acme');
    await runDeal(world, world.admin, 'date acme');
    await submit(world, world.admin, { decision_on: '2027-01-22' });
    expect(await set('2027-01-15')).toMatchObject({
      errors: { decision_on: 'Somebody set the date just now. /deal date shows it.' },
    });
    expect(await now()).toMatchObject({ originalDecisionOn: '2027-01-22' });
  });

  it('may be corrected by whoever set it, and the original stays', async () => {
    await runDeal(world, world.anna, 'date acme');
    await set('2027-01-15');
    await runDeal(world, world.anna, 'date acme');
    expect(world.anna.topView().callback_id).toBe('deals_date_keep');
    await world.anna.press(world.anna.topView(), 'deals_date_move_it');
    await world.sandbox.settled();
    await submit(world, world.anna, { decision_on: '2027-01-18', correction: ['correction'] });
    expect(await now()).toMatchObject({
      decisionOn: '2027-01-18',
      originalDecisionOn: '2027-01-15',
    });
  });

  it('is asked of nobody else', async () => {
    await runDeal(world, world.ben, 'date acme');
    expect(world.ben.modals()).toEqual([]);
    expect(answer(world.ben).text).toContain('belongs to Anna Snelling');
  });
});
