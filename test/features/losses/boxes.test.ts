import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { changeDeal } from '../../../src/store/deals.ts';
import { openDealFor, settle, submit } from '../../support/deals.ts';
import { startWorld, type World } from '../../support/homeroom.ts';
import { asked, goodLoss, loseDealFor, startLosingBy } from '../../support/losses.ts';
import { addSteps } from '../../support/planted.ts';
import { rowsOf } from '../../support/rows.ts';
import { wordsOn } from '../../support/shown.ts';

let world: World;
beforeEach(async () => {
  world = await startWorld();
});
afterEach(() => world.stop());

async function start(outcome = 'unknown'): Promise<void> {
  await openDealFor(world, world.anna);
  await startLosingBy(world, world.anna, outcome);
}

const block = (field: string) =>
  world.anna.topView().blocks.find(({ block_id }) => block_id === field) as unknown as {
    element: { initial_option?: { value: string } };
    hint?: { text: string };
  };

async function pick(reason: string): Promise<void> {
  await settle(world, world.anna.choose(world.anna.topView(), 'reason', reason));
}

async function save(values: Record<string, string> = {}): Promise<void> {
  const { reason: _, why_class: __, ...rest } = goodLoss;
  const result = await submit(world, world.anna, { ...asked(world.anna, rest), ...values });
  expect(result).toMatchObject({ ok: true });
}

describe('the two boxes', () => {
  it('are chosen from what the reason usually is, again with every other reason', async () => {
    await start();
    expect(block('why_class').element.initial_option).toBeUndefined();
    await pick('com.price_value');
    expect(block('why_class').element.initial_option?.value).toBe('outsold');
    await pick('fit.wrong_type');
    expect(block('why_class').element.initial_option?.value).toBe('not_there');
    await save();
    expect(await rowsOf(world.app.store, 'losses')).toMatchObject([
      { reasonCode: 'fit.wrong_type', whyClass: 'not_there' },
    ]);
  });

  it('stay what somebody chose, whatever the reason', async () => {
    await start();
    await pick('fit.wrong_type');
    await settle(world, world.anna.choose(world.anna.topView(), 'why_class_not_there', 'outsold'));
    await pick('fit.no_route');
    await save();
    expect(await rowsOf(world.app.store, 'losses')).toMatchObject([
      { reasonCode: 'fit.no_route', whyClass: 'outsold' },
    ]);
  });

  it('are left to them where a reason may be either', async () => {
    await start();
    await pick('nod.no_date');
    expect(block('why_class').element.initial_option).toBeUndefined();
    const { why_class: _, reason: __, ...rest } = goodLoss;
    const { errors } = await submit(world, world.anna, asked(world.anna, rest));
    expect(Object.keys(errors ?? {})).toEqual(['why_class']);
  });
});

describe('a reason', () => {
  it('that is often the kind answer asks one more question, and accuses nobody', async () => {
    await start();
    await pick('com.price_value');
    expect(block('reason').hint?.text).toMatch(/^Price is often the kind answer\. What did they/);
    await pick('us.slow');
    expect(block('reason').hint).toBeUndefined();
  });

  it.each([
    [
      'com.terms',
      'It opens one question: Which term, who could have bent it, and when did we ask?',
    ],
    ['cmp.trusted', 'It opens one question: What proof did they want'],
    ['prd.must_have', 'It opens one question: When did we know it was a must'],
    ['out.merger', 'It opens one question: What would have let us hear it'],
  ])('%s is kept as a fact and opens its question', async (reason, words) => {
    await openDealFor(world, world.anna);
    await loseDealFor(world, world.anna, 'Acme', { outcome: 'unknown', reason });
    expect(wordsOn(world.anna.topView())).toContain(words);
    expect(await rowsOf(world.app.store, 'losses')).toMatchObject([{ reasonCode: reason }]);
  });

  it('that is ours to begin with opens none', async () => {
    await openDealFor(world, world.anna);
    await loseDealFor(world, world.anna, 'Acme', { reason: 'us.slow' });
    expect(wordsOn(world.anna.topView())).not.toContain('It opens one question');
  });

  it('about the price says how much of the work was theirs', async () => {
    const acme = await openDealFor(world, world.anna);
    await addSteps(world, acme, [{}, { side: 'seller' }, { side: 'seller' }]);
    await loseDealFor(world, world.anna, 'Acme', { reason: 'com.price_value' });
    const words = wordsOn(world.anna.topView());
    expect(words).toContain('Their share of the work was 33%: 0 of 1 of their steps done');
    expect(words).toContain('Which piece could have been theirs?');
  });

  it('about the price says so when the plan had nothing for them to do', async () => {
    await openDealFor(world, world.anna);
    await loseDealFor(world, world.anna, 'Acme', { reason: 'com.price_value' });
    expect(wordsOn(world.anna.topView())).toContain(
      'The plan had no step for them. Which piece could have been theirs?',
    );
  });
});

it('begins with the rival that the deal names', async () => {
  const acme = await openDealFor(world, world.anna);
  if (acme.status === 'open') {
    await world.app.store.transaction((tx) => changeDeal(tx, acme, { rival: 'Hooli' }));
  }
  await startLosingBy(world, world.anna, 'incumbent');
  await submit(world, world.anna, asked(world.anna, { ...goodLoss, competitor: 'Hooli' }));
  expect(await rowsOf(world.app.store, 'losses')).toMatchObject([{ competitor: 'Hooli' }]);
});

it('keeps what no decision was, and what they do when we stepped away', async () => {
  await openDealFor(world, world.anna);
  await loseDealFor(world, world.anna, 'Acme', { outcome: 'none', no_decision_kind: 'fear' });
  await world.anna.close(world.anna.topView());
  await openDealFor(world, world.anna, { account: 'Globex' });
  const withdrew = { outcome: 'we_withdrew', underlying_outcome: 'none' };
  await loseDealFor(world, world.anna, 'Globex', withdrew);
  expect(await rowsOf(world.app.store, 'losses')).toMatchObject([
    { outcome: 'none', noDecisionKind: 'fear', underlyingOutcome: null },
    { outcome: 'we_withdrew', noDecisionKind: 'unknown', underlyingOutcome: 'none' },
  ]);
});
