import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { PlainValues } from '../../../sandbox/server/actor.ts';
import { elementsIn, optionsOf } from '../../../sandbox/server/blocks.ts';
import { day } from '../../../src/domain/calendar.ts';
import { lossReasons } from '../../../src/domain/loss-reasons.ts';
import {
  allDeals,
  openDealFor,
  resend,
  resubmit,
  runDeal,
  submit,
  winAsAdmin,
} from '../../support/deals.ts';
import { startWorld, type World } from '../../support/homeroom.ts';
import { asked, goodLoss, startLosing, startLosingBy } from '../../support/losses.ts';
import { addSteps } from '../../support/planted.ts';
import { rowsOf } from '../../support/rows.ts';
import { answer, inputsOn, wordsOn } from '../../support/shown.ts';

const reason = 'ppl.no_decider';
const ownWords = 'We met her in the last week';
const common = ['why_class', 'reason', 'evidence', 'own_words', 'fixable'];

let world: World;
beforeEach(async () => {
  world = await startWorld();
});
afterEach(() => world.stop());

function keptLosses() {
  return rowsOf(world.app.store, 'losses');
}

async function startWith(outcome: string): Promise<void> {
  await openDealFor(world, world.anna);
  await startLosingBy(world, world.anna, outcome);
}

/** What the page on top asks, filled in well but for these. */
function filled(values: PlainValues = {}): PlainValues {
  return { ...asked(world.anna, goodLoss), reason, own_words: ownWords, ...values };
}

describe('/deal lost', () => {
  it('asks for the outcome alone before anything else', async () => {
    await openDealFor(world, world.anna);
    await startLosing(world, world.anna);
    expect(inputsOn(world.anna.topView())).toEqual(['outcome']);
    const result = await submit(world, world.anna);
    expect(Object.keys(result.errors ?? {})).toEqual(['outcome']);
  });

  it.each([
    ['rival', ['competitor']],
    ['incumbent', ['competitor']],
    ['in_house', []],
    ['none', ['no_decision_kind']],
    ['budget_withdrawn', []],
    ['we_withdrew', ['underlying_outcome']],
    ['unknown', []],
  ])('%s asks %j, what all ask, and seven things at most', async (outcome, own) => {
    await startWith(outcome);
    const inputs = inputsOn(world.anna.topView());
    expect(inputs).toEqual(['outcome', ...own, ...common]);
    expect(inputs.length).toBeLessThanOrEqual(7);
  });

  it('offers every reason of the list, in families', async () => {
    await startWith('none');
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
    await startLosingBy(world, world.anna, 'in_house');
    await submit(world, world.anna, filled({ own_words: `  ${ownWords}  ` }));

    expect(await allDeals(world)).toMatchObject([{ status: 'lost', closedOn: '2026-12-01' }]);
    expect(await keptLosses()).toMatchObject([
      {
        outcome: 'in_house',
        reasonCode: reason,
        ownWords,
        competitor: null,
        whyClass: 'outsold',
        evidence: 'said',
        fixable: 'partly',
        fairFight: [],
        lostAlone: true,
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
    ['no reason', 'reason'],
    ['no words of one’s own', 'own_words'],
    ['no box', 'why_class'],
    ['no answer to whether it could have been won', 'fixable'],
  ])('refuses %s under its field', async (_what, field) => {
    await startWith('none');
    const { [field]: _, ...rest } = filled();
    const { ok, errors } = await submit(world, world.anna, rest);
    expect({ ok, fields: Object.keys(errors ?? {}) }).toEqual({ ok: false, fields: [field] });
    expect(await keptLosses()).toEqual([]);
    expect(await allDeals(world)).toMatchObject([{ status: 'open' }]);
  });

  it('refuses words of spaces', async () => {
    await startWith('none');
    const { errors } = await submit(world, world.anna, filled({ own_words: '   ' }));
    expect(Object.keys(errors ?? {})).toEqual(['own_words']);
    expect(await keptLosses()).toEqual([]);
  });

  it.each([
    ['own_words', 'Your line has 3000 characters. Please keep it to 300.'],
    ['competitor', 'The supplier’s name has 3000 characters. Please keep it to 100.'],
  ])('refuses 3,000 characters in %s, whatever the client let through', async (field, words) => {
    await startWith('rival');
    await submit(world, world.anna, filled({ own_words: '\u200f' }));
    const body = await resubmit(world, { own_words: ownWords, [field]: 'x'.repeat(3_000) });
    expect(body).toEqual({ response_action: 'errors', errors: { [field]: words } });
    expect(await keptLosses()).toEqual([]);
  });

  it.each([
    ['reason', 'no.such', 'Pick the reason that comes closest.'],
    ['outcome', 'fate', 'Pick how it ended.'],
  ])('refuses a %s that nobody offered', async (field, value, words) => {
    await startWith('none');
    await submit(world, world.anna, filled({ own_words: '\u200f' }));
    const body = await resubmit(world, { own_words: ownWords, [field]: { value } });
    expect(body).toEqual({ response_action: 'errors', errors: { [field]: words } });
    expect(await keptLosses()).toEqual([]);
  });

  it('forgets a supplier that was typed before the outcome changed', async () => {
    await startWith('rival');
    await submit(world, world.anna, filled({ own_words: '\u200f' }));
    await resubmit(world, { outcome: { value: 'none' }, own_words: ownWords });
    expect(await keptLosses()).toMatchObject([{ outcome: 'none', competitor: null }]);
  });

  it('shows what the last of two quick choices asks for', async () => {
    await startWith('none');
    await resend(world, 'block_actions', { values: { outcome: { value: 'rival' } } });
    expect(inputsOn(world.anna.topView())).toContain('competitor');
  });
});

describe('a deal that was never one', () => {
  it('closes without a reason and leaves no loss', async () => {
    await startWith('invalid');
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
    await startWith('invalid');
    await submit(world, world.anna);
    await runDeal(world, world.anna, 'lost acme');
    expect(answer(world.anna).text).toMatch(/^No open deal is called “acme”/);
  });

  it('keeps the form with what was typed when it ended meanwhile', async () => {
    await startWith('none');
    await winAsAdmin(world, 'acme');
    const { errors } = await submit(world, world.anna, filled());
    expect(errors).toEqual({
      fixable: expect.stringContaining('Acme · Core platform was won on Mon 23 Nov'),
    });
    const form = world.anna.topView();
    expect(inputsOn(form)).toContain('own_words');
    expect(await keptLosses()).toEqual([]);
  });

  it('is lost once when Slack delivers the form twice', async () => {
    await startWith('none');
    await submit(world, world.anna, filled());
    await resubmit(world, { own_words: 'Other words' });
    expect(await keptLosses()).toMatchObject([{ ownWords }]);
  });
});
