import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { newModalIds } from '../../../src/features/deals/new-modal.ts';
import {
  allDeals,
  blankPlan,
  goodDeal,
  know,
  openDealFor,
  resubmit,
  runDeal,
  settle,
  submit,
  submitNew,
} from '../../support/deals.ts';
import { startWorld, type World } from '../../support/homeroom.ts';
import { plantDeal } from '../../support/planted.ts';
import { rowsOf } from '../../support/rows.ts';
import { answer, inputsOn, wordsOn } from '../../support/shown.ts';

let world: World;
beforeEach(async () => {
  world = await startWorld();
});
afterEach(() => world.stop());

/** Submits the form and expects it to stay, with one error, and nothing saved. */
async function refusal(values: Record<string, unknown>): Promise<Record<string, string>> {
  const before = (await allDeals(world)).length;
  await runDeal(world, world.anna, 'new');
  const result = await submit(world, world.anna, { ...goodDeal, ...values });
  expect(result.ok).toBe(false);
  expect(world.anna.topView().callback_id).toBe(newModalIds.view);
  expect(await allDeals(world)).toHaveLength(before);
  return result.errors ?? {};
}

describe('/deal new', () => {
  it('starts a deal owned by whoever asked, with its date for ever and the history’s first line', async () => {
    await runDeal(world, world.anna, 'new Acme Ltd');
    expect(inputsOn(world.anna.topView())).toEqual([
      'account',
      'name',
      'amount',
      'decision_on',
      'date_driver',
    ]);
    const { account, ...others } = goodDeal;
    expect(await submit(world, world.anna, others)).toEqual({ ok: true });
    expect(await allDeals(world)).toEqual([]);
    expect(await submit(world, world.anna, blankPlan)).toEqual({ ok: true });

    const [started] = await allDeals(world);
    const anna = await know(world, world.anna);
    expect(started).toMatchObject({
      account: 'Acme Ltd',
      name: 'Core platform',
      amount: { minor: 1_200_000, currency: 'USD' },
      decisionOn: '2026-12-18',
      originalDecisionOn: '2026-12-18',
      dateDriver: 'Their old contract ends',
      ownerId: anna.id,
      openedOn: '2026-11-23',
      zone: 'America/New_York',
      status: 'open',
    });
    const log = await rowsOf(world.app.store, 'events');
    expect(log.map(({ kind }) => kind)).toEqual(['deal_opened']);
    expect(wordsOn(world.anna.topView())).toContain('Fri 18 Dec');
  });

  it('leads straight to the first step', async () => {
    await runDeal(world, world.anna, 'new');
    await submitNew(world, world.anna, goodDeal);
    await settle(world, world.anna.press(world.anna.topView(), 'plan_add'));
    expect(wordsOn(world.anna.topView())).toContain('What will they do?');
    expect(world.anna.modals()).toHaveLength(1);
  });

  it.each([
    ['12k', 1_200_000, 'USD'],
    ['€12,500', 1_250_000, 'EUR'],
    ['12500 EUR', 1_250_000, 'EUR'],
    ['£1.2m', 120_000_000, 'GBP'],
    ['¥12,500', 12_500, 'JPY'],
    ['  12.500,50 €  ', 1_250_050, 'EUR'],
  ])('reads the amount %j', async (amount, minor, currency) => {
    expect(await openDealFor(world, world.anna, { amount })).toMatchObject({
      amount: { minor, currency },
    });
  });

  it('takes a deal without an amount or a reason for the date', async () => {
    const started = await openDealFor(world, world.anna, { amount: '', date_driver: '' });
    expect(started).toMatchObject({ amount: undefined, dateDriver: undefined });
    await runDeal(world, world.anna, 'plan');
    expect(wordsOn(answer(world.anna))).toContain('our date, not theirs');
    expect(wordsOn(answer(world.anna))).toContain('amount —');
  });

  it('takes a decision today, in the zone of whoever asks', async () => {
    // 18:30 in New York, half past midnight on the 24th in Berlin.
    world.clock.set('2026-11-23T23:30:00Z');
    await openDealFor(world, world.anna, { decision_on: '2026-11-23' });
    await runDeal(world, world.mia, 'new');
    const late = await submit(world, world.mia, { ...goodDeal, decision_on: '2026-11-23' });
    expect(late.errors).toEqual({
      decision_on: 'Mon 23 Nov has passed. Pick the day they will decide.',
    });
  });

  it.each([
    [
      'a decision date that has passed',
      { decision_on: '2026-11-20' },
      'decision_on',
      'Fri 20 Nov has passed',
    ],
    ['no decision date', { decision_on: null }, 'decision_on', 'required'],
    ['a name of spaces', { name: '   ' }, 'name', 'The deal’s name is missing'],
    [
      'an account of marks nobody can see',
      { account: '\u200f\u202e' },
      'account',
      'The account is missing',
    ],
    ['an amount nobody can read', { amount: 'a lot' }, 'amount', 'Try 12k, €12,500 or 12500 EUR'],
    ['a currency nobody knows', { amount: '12 XYZ' }, 'amount', '“XYZ” is not a currency'],
    [
      'an amount beyond counting',
      { amount: '999999999999999b' },
      'amount',
      'more than we can count',
    ],
  ])('refuses %s under its field', async (_what, values, field, words) => {
    const errors = await refusal(values);
    expect(Object.keys(errors)).toEqual([field]);
    expect(errors[field]).toContain(words);
  });

  it.each(['account', 'name', 'amount', 'date_driver'])(
    'refuses 3,000 characters in %s, whatever the client let through',
    async (field) => {
      await refusal({ amount: 'a lot' });
      const long = 'x'.repeat(3_000);
      const body = await resubmit(world, { amount: '12k', [field]: long });
      expect(body).toMatchObject({ response_action: 'errors', errors: { [field]: /./ } });
      expect(JSON.stringify(body).length).toBeLessThan(300);
      expect(await allDeals(world)).toEqual([]);
    },
  );

  it.each(['2026-02-30', 'soon', ''])('refuses %j as a decision date', async (day) => {
    await refusal({ amount: 'a lot' });
    const body = await resubmit(world, { amount: '12k', decision_on: day });
    expect(body).toMatchObject({ errors: { decision_on: 'Pick the day they decide.' } });
    expect(await allDeals(world)).toEqual([]);
  });
});

describe('a second /deal new', () => {
  it.each([
    { account: 'Acme', name: 'Core platform' },
    { account: '  ACME ', name: 'core  PLATFORM' },
    { account: 'Ácme', name: 'Core-platform!' },
  ])('of the same deal is refused as $account · $name', async (values) => {
    await openDealFor(world, world.ben);
    expect((await refusal(values))['name']).toMatch(/^Acme · Core platform is open already/);
  });

  it('of a deal that came from the CRM is refused too', async () => {
    await plantDeal(world, await know(world, world.ben), { imported: true });
    expect((await refusal({}))['name']).toContain('is open already');
  });

  it('of a deal that is secret says only that the name is taken', async () => {
    await plantDeal(world, await know(world, world.ben), {
      account: 'Ácme',
      privacy: 'restricted',
    });
    expect(await refusal({})).toEqual({ name: 'That name is taken. Give this deal another one.' });
  });

  it('with another name at the same account is a deal of its own', async () => {
    const first = await openDealFor(world, world.anna);
    const second = await openDealFor(world, world.anna, { account: 'ACME', name: 'Support' });
    expect(second.accountId).toBe(first.accountId);
    expect(second.account).toBe('Acme');
  });

  it('may take the name again once the first deal ended', async () => {
    await openDealFor(world, world.anna);
    await runDeal(world, world.anna, 'won');
    await submit(world, world.anna);
    await openDealFor(world, world.anna);
    expect((await allDeals(world)).map(({ status }) => status)).toEqual(['won', 'open']);
  });

  it('that Slack delivers twice starts one deal', async () => {
    await openDealFor(world, world.anna);
    await resubmit(world);
    expect(await allDeals(world)).toHaveLength(1);
  });
});
