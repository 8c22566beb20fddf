import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Fault } from '../../../sandbox/server/faults.ts';
import {
  allDeals,
  goodDeal,
  openDealFor,
  runDeal,
  settle,
  submit,
  submitNew,
} from '../../support/deals.ts';
import { startWorld, type World } from '../../support/homeroom.ts';
import { openStepForm, theirs } from '../../support/homework.ts';
import { addSteps } from '../../support/planted.ts';
import { rowsOf } from '../../support/rows.ts';
import { answer, inputsOn, wordsOn } from '../../support/shown.ts';

const trouble =
  /^Something broke on our side and nothing was changed\. Please try again in a minute\. \(Reference [0-9a-f]{8}\)$/;

let world: World;
beforeEach(async () => {
  world = await startWorld();
});
afterEach(() => world.stop());

/** Lets the clock run on while Slack answers a call, as when that call is slow; it spoils none. */
function slow(method: string, ms: number): Fault {
  return {
    method,
    kind: 'server_error',
    when: () => {
      world.clock.advance(ms);
      return false;
    },
  };
}

const broken: [string, Fault][] = [
  ['down', { method: 'views.open', kind: 'server_error' }],
  ['busy', { method: 'views.open', kind: 'rate_limited' }],
  ['refusing', { method: 'views.open', kind: 'platform', error: 'internal_error' }],
];

describe.each(broken)('when Slack is %s and a form cannot be opened', (_name, fault) => {
  beforeEach(async () => {
    await openDealFor(world, world.anna);
    world.sandbox.faults.add(fault);
  });

  it.each(['new', 'homework', 'won', 'lost'])(
    '/deal %s says so, with a reference',
    async (word) => {
      await runDeal(world, world.anna, word);
      expect(answer(world.anna).text).toMatch(trouble);
      expect(world.anna.modals()).toEqual([]);
      expect(await allDeals(world)).toMatchObject([{ status: 'open', version: 1 }]);
    },
  );

  it('a button says so, and works once Slack is back', async () => {
    const [acme] = await allDeals(world);
    if (acme) await addSteps(world, acme, [{}]);
    await runDeal(world, world.anna, 'plan');
    const card = answer(world.anna);
    for (const what of ['plan_move', 'plan_drop', 'plan_add']) {
      await settle(world, world.anna.press(card, what));
      expect(answer(world.anna).text).toMatch(trouble);
    }
    world.sandbox.faults.clear();
    await settle(world, world.anna.press(card, 'plan_move'));
    expect(inputsOn(world.anna.topView())).toEqual(['due_on']);
  });

  it('a choice says so and leaves the question to choose again', async () => {
    await openAnother();
    await runDeal(world, world.anna, 'homework acme');
    const question = answer(world.anna);
    await settle(world, world.anna.choose(question, 'deals_pick', 'Acme · Support'));
    expect(answer(world.anna).text).toMatch(trouble);
    expect(world.anna.ephemerals()).toHaveLength(2);
    world.sandbox.faults.clear();
    await settle(world, world.anna.choose(question, 'deals_pick', 'Acme · Support'));
    expect(wordsOn(world.anna.topView())).toContain('Acme · Support');
  });

  async function openAnother() {
    world.sandbox.faults.clear();
    await openDealFor(world, world.anna, { name: 'Support' });
    world.sandbox.faults.add(fault);
  }
});

describe('when a trigger has expired', () => {
  it('/deal says so instead of nothing', async () => {
    world.sandbox.faults.add(slow('users.info', 4_000));
    await runDeal(world, world.anna, 'new');
    expect(world.sandbox.calls.at(-2)).toMatchObject({ error: 'expired_trigger_id' });
    expect(answer(world.anna).text).toMatch(trouble);
    world.sandbox.faults.clear();
    await runDeal(world, world.anna, 'new');
    expect(inputsOn(world.anna.topView())).toContain('decision_on');
  });

  it('a button says so instead of nothing', async () => {
    await openDealFor(world, world.anna);
    await runDeal(world, world.anna, 'plan');
    // A day later the app asks Slack again who Anna is.
    world.clock.set('2026-11-24T15:00:00Z');
    await runDeal(world, world.anna, 'plan');
    world.clock.set('2026-11-25T15:30:00Z');
    const [card] = world.anna.ephemerals();
    world.sandbox.faults.add(slow('users.info', 4_000));
    if (card) await settle(world, world.anna.press(card, 'plan_add'));
    expect(answer(world.anna).text).toMatch(trouble);
    expect(world.anna.modals()).toEqual([]);
  });
});

describe('when Slack does not tell who somebody is', () => {
  it('a command says so, and does nothing', async () => {
    world.sandbox.faults.add({ method: 'users.info', kind: 'platform', error: 'internal_error' });
    await runDeal(world, world.anna, 'new');
    expect(answer(world.anna).text).toMatch(trouble);
    expect(world.anna.modals()).toEqual([]);
  });

  it('a form with a colleague in it stays open with a sentence, and is saved the next time', async () => {
    await openDealFor(world, world.anna);
    await openStepForm(world, world.anna, { side: 'seller' });
    world.sandbox.faults.add({ method: 'users.info', kind: 'server_error' });
    const ours = { title: 'Send it', person: 'U0BEN', due_on: '2026-11-27', done_when: 'Sent' };
    const { errors } = await submit(world, world.anna, ours);
    expect(errors).toEqual({ done_when: expect.stringMatching(trouble) });
    world.sandbox.faults.clear();
    expect(await submit(world, world.anna)).toEqual({ ok: true });
    const rows = await rowsOf(world.app.store, 'homework');
    expect(rows).toHaveLength(1);
  });
});

describe('when Slack takes no answers', () => {
  it('what was saved stays saved, and the form closes', async () => {
    await openDealFor(world, world.anna);
    await openStepForm(world, world.anna);
    await submit(world, world.anna, theirs);
    await runDeal(world, world.anna, 'plan');
    const card = answer(world.anna);
    world.sandbox.faults.add({ method: 'response_url', kind: 'server_error' });
    expect(await settle(world, world.anna.press(card, 'plan_done'))).toEqual({ ok: true });
    const rows = await rowsOf(world.app.store, 'homework');
    expect(rows).toMatchObject([{ status: 'done' }]);
  });

  it('a form is saved though Slack answers none of our calls', async () => {
    await runDeal(world, world.anna, 'new');
    world.sandbox.faults.add({ method: '*', kind: 'server_error' });
    expect(await submitNew(world, world.anna, goodDeal)).toEqual({ ok: true });
    expect(await allDeals(world)).toHaveLength(1);
  });
});
