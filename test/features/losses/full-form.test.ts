import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { day } from '../../../src/domain/calendar.ts';
import { closeDeal } from '../../../src/store/deals.ts';
import { know, openDealFor, settle, submit } from '../../support/deals.ts';
import { startWorld, type World } from '../../support/homeroom.ts';
import { asked, goodLoss, loseDealFor, startLosingBy } from '../../support/losses.ts';
import { rowsOf } from '../../support/rows.ts';
import { createSeed } from '../../support/seed.ts';
import { inputsOn, wordsOn } from '../../support/shown.ts';

let world: World;
beforeEach(async () => {
  world = await startWorld();
});
afterEach(() => world.stop());

/** Deals that were won for 1,000, 2,000 and so on. */
async function sold(deals: number, closedOn = '2026-11-02'): Promise<void> {
  const seed = createSeed(world.app, world.clock);
  const anna = await know(world, world.anna);
  for (let thousands = 1; thousands <= deals; thousands += 1) {
    const amount = { minor: thousands * 100_000, currency: 'USD' };
    const deal = await seed.deal({ account: `Sold ${thousands}`, owner: anna, amount });
    const end = { status: 'won', closedOn: day(closedOn), closedAt: new Date(closedOn) } as const;
    await world.app.store.transaction((tx) => closeDeal(tx, deal, end));
  }
}

async function firstPage(outcome: string): Promise<void> {
  await startLosingBy(world, world.anna, outcome, 'Acme');
  const result = await submit(world, world.anna, asked(world.anna, goodLoss));
  expect(result).toMatchObject({ ok: true });
}

const keptLosses = () => rowsOf(world.app.store, 'losses');

describe('a big deal', () => {
  beforeEach(async () => {
    await sold(8);
    await openDealFor(world, world.anna, { amount: '6k' });
  });

  it.each([
    ['rival', []],
    ['none', ['fear_tags']],
  ])('asks on a second page what else it was (%s)', async (outcome, own) => {
    await firstPage(outcome);
    expect(await keptLosses()).toEqual([]);
    const inputs = inputsOn(world.anna.topView());
    expect(inputs).toEqual([...own, 'contributing', 'stated_reason', 'stated_words']);
    expect(wordsOn(world.anna.topView())).toContain(
      'What we think: Price without enough value behind it',
    );
  });

  it('asks nothing of fear when it was right for them', async () => {
    await startLosingBy(world, world.anna, 'none', 'Acme');
    const values = { ...asked(world.anna, goodLoss), no_decision_kind: 'rational' };
    await submit(world, world.anna, values);
    expect(inputsOn(world.anna.topView())).not.toContain('fear_tags');
  });

  it('keeps both pages', async () => {
    await firstPage('none');
    const more = {
      fear_tags: ['change', 'standing'],
      contributing: ['com.price_value', 'ppl.single', 'us.slow'],
      stated_reason: 'com.price_limit',
      stated_words: ' Too much for this year ',
    };
    expect(await submit(world, world.anna, more)).toMatchObject({ ok: true });
    expect(wordsOn(world.anna.topView())).toContain('comes up in #closed-lost on Thu 26 Nov');
    expect(await keptLosses()).toMatchObject([
      {
        outcome: 'none',
        reasonCode: 'com.price_value',
        contributing: ['ppl.single', 'us.slow'],
        statedReasonCode: 'com.price_limit',
        statedWords: 'Too much for this year',
        fearTags: ['change', 'standing'],
        noDecisionKind: 'unknown',
        ownWords: goodLoss.own_words,
      },
    ]);
  });

  it('saves with nothing on the second page', async () => {
    await firstPage('rival');
    await submit(world, world.anna);
    expect(await keptLosses()).toMatchObject([
      { contributing: [], statedReasonCode: null, statedWords: null },
    ]);
  });

  it('that was never one closes at once', async () => {
    await startLosingBy(world, world.anna, 'invalid', 'Acme');
    await submit(world, world.anna);
    expect(wordsOn(world.anna.topView())).toContain('is closed as invalid');
  });
});

describe('the quick form is all there is', () => {
  it.each([
    ['below the largest quarter', 8, '5900', undefined],
    ['with fewer than eight sales to compare with', 7, '90k', undefined],
    ['when the sales are older than a year', 8, '90k', '2025-11-02'],
    ['in another currency', 8, 'EUR 90k', undefined],
  ])('%s', async (_what, deals, amount, closedOn) => {
    await sold(deals, closedOn);
    await openDealFor(world, world.anna, { amount });
    await firstPage('rival');
    expect(await keptLosses()).toHaveLength(1);
  });
});

it('a renewal keeps the day they decided beside the day it was heard of', async () => {
  const seed = createSeed(world.app, world.clock);
  const anna = await know(world, world.anna);
  const acme = await seed.deal({ account: 'Acme', owner: anna });
  await world.app.store.transaction((tx) =>
    tx.update(tx.tables.deals).set({ kind: 'renewal', openedOn: day('2026-09-01') }),
  );
  await startLosingBy(world, world.anna, 'rival', 'Acme', { decided_on: '2026-11-10' });
  await submit(world, world.anna, asked(world.anna, goodLoss));
  expect(await keptLosses()).toMatchObject([
    { dealId: acme.id, lostOn: '2026-11-10', loggedAt: world.clock.now() },
  ]);
});

it('a restricted deal is said to be named to nobody else', async () => {
  const seed = createSeed(world.app, world.clock);
  const anna = await know(world, world.anna);
  await seed.deal({ account: 'Acme', owner: anna, privacy: 'restricted' });
  await settle(world, loseDealFor(world, world.anna, 'Acme'));
  expect(wordsOn(world.anna.topView())).toContain('named to nobody who is not on it');
});
