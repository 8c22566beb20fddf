import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { addDays, day } from '../../../src/domain/calendar.ts';
import type { OpenDeal } from '../../../src/domain/deal.ts';
import { listRevisions } from '../../../src/store/revisions.ts';
import {
  allDeals,
  know,
  openDealFor,
  resubmit,
  runDeal,
  settle,
  stepsOf,
  submit,
} from '../../support/deals.ts';
import { startWorld, type World } from '../../support/homeroom.ts';
import { addSteps } from '../../support/planted.ts';
import { actionsOn, answer, wordsOn } from '../../support/shown.ts';

let world: World;
let acme: OpenDeal;

beforeEach(async () => {
  world = await startWorld();
  acme = (await openDealFor(world, world.anna)) as OpenDeal;
});
afterEach(() => world.stop());

const good = { side: 'buyer', reason: 'Their board meets later', tried: ['squeeze', 'help'] };

async function openMove(actor = world.anna): Promise<void> {
  await runDeal(world, actor, 'date Acme');
  await settle(world, actor.press(actor.topView(), 'deals_date_move_it'));
}

async function move(to: string, values: Record<string, unknown> = {}, actor = world.anna) {
  await openMove(actor);
  await settle(world, actor.choose(actor.topView(), 'decision_on', to));
  return submit(world, actor, { decision_on: to, ...good, ...values });
}

async function now(): Promise<OpenDeal> {
  return (await allDeals(world)).find(({ id }) => id === acme.id) as OpenDeal;
}

async function revisions() {
  const all = await world.app.store.read((tx) =>
    listRevisions(tx, world.app.workspaceId, [acme.id]),
  );
  return all.get(acme.id) ?? [];
}

/** A day after the clock stood still the date can no longer be corrected. */
const nextDay = () => world.clock.set('2026-11-25T14:30:00Z');

describe('/deal date', () => {
  it('shows the ways to keep the date first and the button that moves it last', async () => {
    await addSteps(world, acme, [
      { title: 'Legal review', gate: true, leadBd: 5, durationBd: 3, dueOn: day('2026-11-30') },
      { title: 'Workshop', leadBd: 8, durationBd: 1, dueOn: day('2026-12-01') },
    ]);
    await runDeal(world, world.anna, 'date Acme');
    const words = wordsOn(world.anna.topView());
    for (const way of ['Squeeze', 'Side by side', 'Drop', 'Fast lane', 'Help']) {
      expect(words).toContain(way);
    }
    expect(words).toContain('Legal review: Mon 30 Nov → Fri 11 Dec');
    expect(actionsOn(world.anna.topView()).at(-1)).toBe('deals_date_move_it');
  });

  it('squeezes and drops right there, once, and leaves the date and what is done alone', async () => {
    const steps = await addSteps(world, acme, [
      { title: 'Done', status: 'done', doneOn: day('2026-11-20'), leadBd: 9 },
      { title: 'Legal review', gate: true, leadBd: 5, durationBd: 3, dueOn: day('2026-11-30') },
      { title: 'Workshop', leadBd: 8, durationBd: 1, dueOn: day('2026-12-01') },
    ]);
    const workshop = steps.find(({ title }) => title === 'Workshop');
    await runDeal(world, world.anna, 'date Acme');
    await submit(world, world.anna, { squeeze: ['squeeze'], drop: [workshop?.id] });
    expect(wordsOn(world.anna.topView())).toContain('Dropped: Workshop.');
    const after = await stepsOf(world, acme.id);
    const of = (title: string) => after.find((step) => step.title === title);
    expect(of('Legal review')).toMatchObject({ dueOn: '2026-12-11', version: 2 });
    expect(of('Workshop')).toMatchObject({ status: 'dropped', dropReason: 'to keep the date' });
    expect(of('Done')).toMatchObject({ dueOn: '2026-11-27', version: 1 });
    await resubmit(world);
    expect(await stepsOf(world, acme.id)).toEqual(after);
    expect(await revisions()).toEqual([]);
  });

  it('previews and moves the steps that are counted back, and says what stays', async () => {
    nextDay();
    await addSteps(world, acme, [
      { title: 'Legal review', gate: true, leadBd: 5, durationBd: 3, dueOn: day('2026-12-11') },
      { title: 'By hand', dueOn: day('2026-12-01') },
    ]);
    await openMove();
    await settle(world, world.anna.choose(world.anna.topView(), 'decision_on', '2027-01-08'));
    const words = wordsOn(world.anna.topView());
    expect(words).toContain('Legal review: Fri 11 Dec → Fri 1 Jan');
    expect(words).toContain('Not moved: 1 step added by hand.');
    const result = await submit(world, world.anna, { ...good, decision_on: '2027-01-08' });
    expect(result.ok).toBe(true);
    expect(await now()).toMatchObject({
      decisionOn: '2027-01-08',
      originalDecisionOn: '2026-12-18',
    });
    expect(await revisions()).toMatchObject([
      { kind: 'slip', fromOn: '2026-12-18', side: 'buyer', tried: ['squeeze', 'help'] },
    ]);
    const due = (await stepsOf(world, acme.id)).map(({ title, dueOn }) => [title, dueOn]);
    expect(due).toEqual([
      ['By hand', '2026-12-01'],
      ['Legal review', '2027-01-01'],
    ]);
    await resubmit(world);
    expect(await revisions()).toHaveLength(1);
  });

  it.each([
    ['without what was tried', { tried: [] }, 'tried'],
    ['to the day it stands on', { decision_on: '2026-12-18' }, 'decision_on'],
    ['to a day that has passed', { decision_on: '2026-11-02' }, 'decision_on'],
    ['more than five years ahead', { decision_on: '2036-11-02' }, 'decision_on'],
  ])('does not move it %s', async (_name, values, field) => {
    await openMove();
    await submit(world, world.anna, { ...good, decision_on: '2027-01-08', ...values });
    const result = await submit(world, world.anna, {});
    expect(Object.keys((!result.ok && result.errors) || {})).toEqual([field]);
    expect(await revisions()).toEqual([]);
    expect(await now()).toMatchObject({ decisionOn: '2026-12-18' });
  });

  it('celebrates an earlier date and counts no slip', async () => {
    await move('2026-12-11');
    expect(wordsOn(world.anna.topView())).toContain('Well done, both sides.');
    expect(await revisions()).toMatchObject([{ kind: 'pull_in' }]);
    await runDeal(world, world.anna, 'list');
    expect(answer(world.anna).text).toContain(
      'decides Fri 11 Dec (first Fri 18 Dec, 0 slips, −7 d)',
    );
  });

  it('lets whoever set the date correct it once, within a day', async () => {
    await openMove();
    await submit(world, world.anna, { decision_on: '2026-12-21', correction: ['correction'] });
    expect(await revisions()).toMatchObject([{ kind: 'correction', tried: [] }]);
    await openMove();
    expect(world.anna.topView().blocks.map(({ block_id }) => block_id)).not.toContain('correction');
  });

  it('turns the yes of the buyer off again when the date moves, until they say it again', async () => {
    await runDeal(world, world.anna, 'date Acme');
    await settle(world, world.anna.press(world.anna.topView(), 'deals_date_agreed'));
    expect((await now()).dateAgreedOn).toBe('2026-11-23');
    await move('2027-01-08');
    expect((await now()).dateAgreedOn).toBeUndefined();
    await settle(world, world.anna.press(world.anna.topView(), 'deals_date_agreed'));
    expect((await now()).dateAgreedOn).toBe('2026-11-23');
  });

  it('refuses a form whose date somebody else moved meanwhile', async () => {
    await know(world, world.admin, { role: 'admin' });
    await openMove(world.admin);
    await move('2027-01-08');
    const late = await submit(world, world.admin, { ...good, decision_on: '2027-02-05' });
    expect(JSON.stringify(late)).toContain('The date changed while you looked');
    expect(await now()).toMatchObject({ decisionOn: '2027-01-08' });
  });
});

describe('a second slip', () => {
  it('waits for the manager’s tap, which does not cover a third', async () => {
    const ben = await know(world, world.ben, { role: 'manager' });
    await know(world, world.anna, { managerId: ben.id });
    await move('2026-12-23');
    expect(world.ben.dm()).toHaveLength(0);
    await move('2026-12-30');
    await world.deliver();
    const [news] = world.ben.dm();
    expect(news?.text).toContain(
      'moved its decision a second time: from Wed 23 Dec to Wed 30 Dec. Why: Their board meets later.',
    );
    expect(news?.text).toContain('What was tried: squeeze, help.');
    await runDeal(world, world.anna, 'plan Acme');
    expect(answer(world.anna).text).toContain('2 slips, net +12 days, not yet seen by manager');
    world.clock.set('2026-11-23T14:31:00Z');
    await move('2027-01-06');
    if (news) await settle(world, world.ben.press(news, 'deals_date_seen'));
    expect((await revisions()).map(({ acknowledged }) => acknowledged)).toEqual([
      true,
      true,
      false,
    ]);
    await world.deliver();
    const third = world.ben.dm().at(-1);
    expect(third?.text).toContain('a third time');
    if (third) await settle(world, world.ben.press(third, 'deals_date_seen'));
    await runDeal(world, world.anna, 'plan Acme');
    expect(answer(world.anna).text).not.toContain('not yet seen by manager');
  });
});

describe('a date that passed', () => {
  it('is written down on the next business day, once, and asks for an ending or a new date', async () => {
    await world.goTo('2026-12-19T14:00:00Z');
    expect(await revisions()).toEqual([]);
    await world.goTo('2026-12-21T14:00:00Z');
    await world.goTo('2026-12-22T14:00:00Z');
    expect(await revisions()).toMatchObject([
      { kind: 'missed', fromOn: '2026-12-18', toOn: '2026-12-18', byId: undefined },
    ]);
    const asked = world.anna.dm().filter(({ text }) => text.includes('has passed'));
    expect(asked).toHaveLength(1);
    expect(asked[0]?.text).toContain('Fri 18 Dec has passed for Acme. How did it end?');
    const [question] = asked;
    if (!question) throw new Error('Nobody asked.');
    await settle(world, world.anna.press(question, 'deals_run_date'));
    const view = world.anna.topView();
    expect(view.callback_id).toBe('deals_date_move');
    await submit(world, world.anna, { ...good, decision_on: addDays(day('2026-12-22'), 10) });
    expect((await revisions()).map(({ kind }) => kind)).toEqual(['missed', 'slip']);
    await settle(world, world.anna.press(question, 'deals_run_won'));
    expect(world.anna.topView().callback_id).toBe('deals_won');
  });

  it('waits while the deal is paused', async () => {
    await world.app.store.transaction(async (tx) => {
      await tx.update(tx.tables.deals).set({ pausedUntil: day('2027-01-11') });
    });
    await world.goTo('2026-12-21T14:00:00Z');
    expect(await revisions()).toEqual([]);
    await world.goTo('2027-01-11T14:00:00Z');
    expect(await revisions()).toHaveLength(1);
  });
});
