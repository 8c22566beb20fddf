import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { elementsIn, optionsOf } from '../../../sandbox/server/blocks.ts';
import { day } from '../../../src/domain/calendar.ts';
import { lossReasons } from '../../../src/domain/loss-reasons.ts';
import {
  allDeals,
  openDealFor,
  resend,
  resubmit,
  runDeal,
  settle,
  submit,
  winAsAdmin,
} from '../../support/deals.ts';
import { startWorld, type World } from '../../support/homeroom.ts';
import { addSteps } from '../../support/planted.ts';
import { rowsOf } from '../../support/rows.ts';
import { answer, inputsOn, wordsOn } from '../../support/shown.ts';

const reason = 'ppl.no_decider';
const ownWords = 'We met her in the last week';

let world: World;
beforeEach(async () => {
  world = await startWorld();
});
afterEach(() => world.stop());

function keptLosses() {
  return rowsOf(world.app.store, 'losses');
}

async function chooseOutcome(outcome: string): Promise<void> {
  await settle(world, world.anna.choose(world.anna.topView(), 'outcome', outcome));
}

async function startLosing(outcome: string): Promise<void> {
  await openDealFor(world, world.anna);
  await runDeal(world, world.anna, 'lost');
  await chooseOutcome(outcome);
}

describe('/deal lost', () => {
  it('asks for the outcome alone before anything else', async () => {
    await openDealFor(world, world.anna);
    await runDeal(world, world.anna, 'lost');
    expect(inputsOn(world.anna.topView())).toEqual(['outcome']);
    const result = await submit(world, world.anna);
    expect(Object.keys(result.errors ?? {})).toEqual(['outcome']);
  });

  it.each([
    ['rival', true],
    ['incumbent', true],
    ['in_house', false],
    ['none', false],
    ['budget_withdrawn', false],
    ['we_withdrew', false],
    ['unknown', false],
  ])('%s asks for the supplier: %s', async (outcome, named) => {
    await startLosing(outcome);
    const asked = ['outcome', ...(named ? ['competitor'] : []), 'reason', 'own_words'];
    expect(inputsOn(world.anna.topView())).toEqual(asked);
  });

  it('offers every reason of the list, in families', async () => {
    await startLosing('none');
    const select = elementsIn(world.anna.topView().blocks).find(
      ({ actionId }) => actionId === 'reason',
    );
    const groups = select?.element.option_groups ?? [];
    expect(groups).toHaveLength(11);
    const offered = select ? optionsOf(select.element).map(({ value }) => value) : [];
    expect(offered).toEqual(lossReasons.map(({ code }) => code));
  });

  it('keeps outcome, reason, words and the facts of that moment', async () => {
    const acme = await openDealFor(world, world.anna);
    await addSteps(world, acme, [
      { status: 'done', doneOn: day('2026-11-25') },
      { dueOn: day('2026-11-26') },
      { side: 'seller', dueOn: day('2026-12-04') },
    ]);
    world.clock.set('2026-12-01T15:00:00Z');
    await runDeal(world, world.anna, 'lost');
    await chooseOutcome('in_house');
    await submit(world, world.anna, { reason, own_words: `  ${ownWords}  ` });

    expect(await allDeals(world)).toMatchObject([{ status: 'lost', closedOn: '2026-12-01' }]);
    expect(await keptLosses()).toMatchObject([
      {
        outcome: 'in_house',
        reasonCode: reason,
        ownWords,
        competitor: null,
        lostOn: '2026-12-01',
        facts: {
          daysOpen: 8,
          steps: {
            buyer: { done: 1, asked: 2 },
            seller: { done: 0, asked: 1 },
            datesMissed: 1,
          },
        },
      },
    ]);
  });

  it.each([
    ['no reason', { own_words: ownWords }, 'reason'],
    ['no words of one’s own', { reason }, 'own_words'],
    ['words of spaces', { reason, own_words: '   ' }, 'own_words'],
  ])('refuses %s under its field', async (_what, values, field) => {
    await startLosing('none');
    const { ok, errors } = await submit(world, world.anna, values);
    expect({ ok, fields: Object.keys(errors ?? {}) }).toEqual({ ok: false, fields: [field] });
    expect(await keptLosses()).toEqual([]);
    expect(await allDeals(world)).toMatchObject([{ status: 'open' }]);
  });

  it.each([
    ['own_words', 'Your line has 3000 characters. Please keep it to 300.'],
    ['competitor', 'The supplier’s name has 3000 characters. Please keep it to 100.'],
  ])('refuses 3,000 characters in %s, whatever the client let through', async (field, words) => {
    await startLosing('rival');
    await submit(world, world.anna, { competitor: 'Initech', reason, own_words: '\u200f' });
    const body = await resubmit(world, { own_words: ownWords, [field]: 'x'.repeat(3_000) });
    expect(body).toEqual({ response_action: 'errors', errors: { [field]: words } });
    expect(await keptLosses()).toEqual([]);
  });

  it.each([
    ['reason', 'no.such', 'Pick the reason that comes closest.'],
    ['outcome', 'fate', 'Pick how it ended.'],
  ])('refuses a %s that nobody offered', async (field, value, words) => {
    await startLosing('none');
    await submit(world, world.anna, { reason, own_words: '\u200f' });
    const body = await resubmit(world, { own_words: ownWords, [field]: { value } });
    expect(body).toEqual({ response_action: 'errors', errors: { [field]: words } });
    expect(await keptLosses()).toEqual([]);
  });

  it('forgets a supplier that was typed before the outcome changed', async () => {
    await startLosing('rival');
    await submit(world, world.anna, { competitor: 'Initech', reason, own_words: '\u200f' });
    await resubmit(world, { outcome: { value: 'none' }, own_words: ownWords });
    expect(await keptLosses()).toMatchObject([{ outcome: 'none', competitor: null }]);
  });

  it('shows what the last of two quick choices asks for', async () => {
    await startLosing('none');
    await resend(world, 'block_actions', { values: { outcome: { value: 'rival' } } });
    expect(inputsOn(world.anna.topView())).toContain('competitor');
  });
});

describe('a deal that was never one', () => {
  it('closes without a reason and leaves no loss', async () => {
    await startLosing('invalid');
    expect(inputsOn(world.anna.topView())).toEqual(['outcome']);
    expect(wordsOn(world.anna.topView())).toContain('It leaves every count');
    await submit(world, world.anna);
    expect(wordsOn(world.anna.topView())).toContain('is closed as invalid');
    expect(await allDeals(world)).toMatchObject([{ status: 'invalid' }]);
    expect(await keptLosses()).toEqual([]);
    const log = await rowsOf(world.app.store, 'events');
    expect(log.map(({ kind }) => kind)).toEqual(['deal_opened', 'deal_invalidated']);
  });
});

describe('a deal that ended already', () => {
  it('is not found by /deal lost', async () => {
    await startLosing('invalid');
    await submit(world, world.anna);
    await runDeal(world, world.anna, 'lost acme');
    expect(answer(world.anna).text).toMatch(/^No open deal is called “acme”/);
  });

  it('keeps the form with what was typed when it ended meanwhile', async () => {
    await startLosing('none');
    await winAsAdmin(world, 'acme');
    const { errors } = await submit(world, world.anna, { reason, own_words: ownWords });
    expect(errors).toEqual({
      own_words: expect.stringContaining('Acme · Core platform was won on Mon 23 Nov'),
    });
    const form = world.anna.topView();
    expect(inputsOn(form)).toContain('own_words');
    expect(await keptLosses()).toEqual([]);
  });

  it('is lost once when Slack delivers the form twice', async () => {
    await startLosing('none');
    await submit(world, world.anna, { reason, own_words: ownWords });
    await resubmit(world, { own_words: 'Other words' });
    expect(await keptLosses()).toMatchObject([{ ownWords }]);
  });
});
