import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  allDeals,
  blankPlan,
  goodDeal,
  runDeal,
  settle,
  stepsOf,
  submit,
  submitNew,
} from '../../support/deals.ts';
import { startWorld, type World } from '../../support/homeroom.ts';
import { asked, goodLoss, startLosing } from '../../support/losses.ts';
import { rowsOf } from '../../support/rows.ts';
import { actionsOn, answer, inputsOn, wordsOn } from '../../support/shown.ts';

describe.each([
  ['signed HTTP', false],
  ['Socket Mode', true],
])('the loop over %s', (_name, socket) => {
  let world: World;
  beforeEach(async () => {
    world = await startWorld({ socket });
  });
  afterEach(() => world.stop());

  it('goes from a new deal over homework for both sides to the reason it was lost', async () => {
    const { anna } = world;
    await runDeal(world, anna, 'new', { channel: 'deal-acme' });
    await submitNew(world, anna, { ...goodDeal, channel: ['here'] });
    await settle(world, anna.press(anna.topView(), 'plan_add'));

    await anna.options(anna.topView(), 'contact', 'Dana Lee, CFO');
    await settle(world, anna.press(anna.topView(), 'plan_assign_more'));
    await submit(world, anna, {
      why_for_them: 'Nobody is asked twice',
      title: 'List who signs',
      contact: 'Add Dana Lee, CFO',
      due_on: '2026-11-27',
      done_when: 'Names are in the document',
      return_title: 'Draft the approval map',
      return_due_on: '2026-11-25',
    });
    expect(wordsOn(anna.topView())).toContain('List who signs — Dana Lee, by Fri 27 Nov');
    expect(wordsOn(anna.topView())).toContain('Draft the approval map — Anna Snelling');
    await anna.close(anna.topView());

    await runDeal(world, anna, 'plan', { channel: 'deal-acme' });
    const card = () => world.ben.lastMessage('deal-acme');
    expect(wordsOn(card())).toContain('Their steps 0 of 1 done · our steps 0 of 1 done');
    const [ours, theirs] = await stepsOf(world, (await theDeal()).id);
    await settle(world, anna.press(card(), 'plan_done', { value: theirs?.id ?? '' }));
    expect(wordsOn(card())).toContain('Their steps 1 of 1 done · our steps 0 of 1 done');

    await settle(world, anna.press(card(), 'plan_move', { value: ours?.id ?? '' }));
    await submit(world, anna, { due_on: '2026-11-30' });
    expect(anna.modals()).toEqual([]);
    expect(wordsOn(card())).toContain('due Mon 30 Nov (first Wed 25 Nov)');
    await settle(world, anna.press(card(), 'plan_drop', { value: ours?.id ?? '' }));
    await submit(world, anna, { reason: 'They have one' });
    expect(wordsOn(card())).not.toContain('Draft the approval map');
    expect(world.ben.messages('deal-acme')).toHaveLength(1);

    await runDeal(world, anna, 'list');
    expect(wordsOn(answer(anna))).toContain('No step planned');

    await startLosing(world, anna, '', { channel: 'deal-acme' });
    expect(inputsOn(anna.topView())).toEqual(['outcome']);
    await settle(world, anna.choose(anna.topView(), 'outcome', 'rival'));
    const reason = 'ppl.no_decider';
    await submit(world, anna, {
      ...asked(anna, goodLoss),
      reason,
      own_words: 'We met her late',
    });
    expect(wordsOn(anna.topView())).toContain('comes up in #closed-lost on Thu 26 Nov');
    expect(await theDeal()).toMatchObject({ status: 'lost', closedOn: '2026-11-23' });
    const kept = await rowsOf(world.app.store, 'losses');
    expect(kept).toMatchObject([
      { outcome: 'rival', competitor: 'Initech', reasonCode: reason, ownWords: 'We met her late' },
    ]);
    expect(kept[0]?.facts.steps).toMatchObject({
      buyer: { done: 1, asked: 1 },
      seller: { done: 0, asked: 0 },
    });
  });

  it('closes a won deal', async () => {
    const { anna } = world;
    await runDeal(world, anna, 'new');
    await submitNew(world, anna, goodDeal);
    await anna.close(anna.topView());
    await runDeal(world, anna, 'won');
    expect(wordsOn(anna.topView())).toContain(
      'Acme · Core platform for $12,000: did they say yes?',
    );
    await submit(world, anna);
    expect(wordsOn(anna.topView())).toContain('is won');
    expect(await theDeal()).toMatchObject({ status: 'won' });
    await runDeal(world, anna, 'list');
    expect(answer(anna).text).toContain('You have no open deals');
  });

  it('keeps a form open with the reason under the field, then saves it', async () => {
    const { anna } = world;
    await runDeal(world, anna, 'new');
    const refused = await submit(world, anna, { ...goodDeal, amount: 'plenty' });
    expect(Object.keys(refused.errors ?? {})).toEqual(['amount']);
    expect(await submit(world, anna, { amount: '€12,500' })).toEqual({ ok: true });
    expect(await submit(world, anna, blankPlan)).toEqual({ ok: true });
    expect(await theDeal()).toMatchObject({
      amount: { minor: 1_250_000, currency: 'EUR' },
    });
  });

  it('lets somebody pick the deal that was meant', async () => {
    for (const name of ['Support', 'Training']) {
      await runDeal(world, world.ben, 'new');
      await submitNew(world, world.ben, { ...goodDeal, name });
    }
    await runDeal(world, world.anna, 'plan');
    await world.anna.options(answer(world.anna), 'deals_pick', 'train');
    await settle(world, world.anna.choose(answer(world.anna), 'deals_pick', 'Acme · Training'));
    expect(answer(world.anna).text).toContain('Acme · Training: decision');
    expect(actionsOn(answer(world.anna))).toEqual([]);
  });

  async function theDeal() {
    const [only] = await allDeals(world);
    if (!only) throw new Error('There is no deal.');
    return only;
  }
});
