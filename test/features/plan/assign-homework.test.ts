import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Deal } from '../../../src/domain/deal.ts';
import { know, openDealFor, runDeal, settle, stepsOf, submit } from '../../support/deals.ts';
import { startWorld, type World } from '../../support/homeroom.ts';
import { openStepForm, ours, theirs } from '../../support/homework.ts';
import { rowsOf } from '../../support/rows.ts';
import { inputsOn, wordsOn } from '../../support/shown.ts';

let world: World;
let acme: Deal;
beforeEach(async () => {
  world = await startWorld();
  acme = await openDealFor(world, world.anna);
});
afterEach(() => world.stop());

const openForm = (side?: 'buyer' | 'seller') =>
  openStepForm(world, world.anna, side ? { side } : {});

describe('their step', () => {
  it('is saved with a new contact, and our step in return with it', async () => {
    await openForm();
    expect(inputsOn(world.anna.topView())).toEqual([
      'title',
      'contact',
      'due_on',
      'done_when',
      'unlocks',
      'why_for_them',
      'return_title',
    ]);
    await settle(world, world.anna.press(world.anna.topView(), 'plan_assign_more'));
    await submit(world, world.anna, {
      ...theirs,
      return_title: 'Draft the approval map',
      return_due_on: '2026-11-25',
    });

    const [back, main] = await stepsOf(world, acme.id);
    expect(main).toMatchObject({
      side: 'buyer',
      title: 'List who signs',
      doer: { name: 'Dana Lee', personId: undefined },
      dueOn: '2026-11-27',
      originalDueOn: '2026-11-27',
      doneWhen: 'Names are in the document',
      status: 'proposed',
    });
    expect(back).toMatchObject({
      side: 'seller',
      title: 'Draft the approval map',
      doer: { name: 'Anna Snelling', personId: (await know(world, world.anna)).id },
      dueOn: '2026-11-25',
    });
    const rows = await rowsOf(world.app.store, 'homework');
    expect(rows.map(({ id, pairId }) => [id, pairId])).toEqual(
      expect.arrayContaining([
        [main?.id, back?.id],
        [back?.id, main?.id],
      ]),
    );
    const log = await rowsOf(world.app.store, 'events');
    expect(log.map(({ kind, side }) => [kind, side])).toEqual([
      ['deal_opened', 'seller'],
      ['homework_assigned', 'buyer'],
      ['homework_assigned', 'seller'],
    ]);
  });

  it('may stand alone, and the answer says what would help', async () => {
    await openForm();
    await submit(world, world.anna, theirs);
    expect(await stepsOf(world, acme.id)).toHaveLength(1);
    expect(wordsOn(world.anna.topView())).toContain('A step of ours in return');
  });

  it('has our step due with it when that day is left empty', async () => {
    await openForm();
    await submit(world, world.anna, { ...theirs, return_title: 'Draft' });
    expect((await stepsOf(world, acme.id)).map(({ dueOn }) => dueOn)).toEqual([
      '2026-11-27',
      '2026-11-27',
    ]);
  });

  it('offers the contact by name the next time, with the role, and keeps one of them', async () => {
    await openForm();
    await submit(world, world.anna, theirs);
    await openForm();
    const offered = (typed: string) =>
      world.anna
        .options(world.anna.topView(), 'contact', typed)
        .then((options) => options.map(({ text }) => text.text));
    expect(await offered('')).toEqual(['Dana Lee, CFO']);
    expect(await offered('dána lee')).toEqual(['Dana Lee, CFO', 'Add dána lee']);
    expect(await offered('dana lee, cfo')).toEqual(['Dana Lee, CFO']);
    expect(await offered('%')).toEqual(['Add %']);
    await offered('dana');
    await submit(world, world.anna, { ...theirs, contact: 'Dana Lee, CFO' });
    await openForm();
    await world.anna.options(world.anna.topView(), 'contact', 'DANA LEE, Finance lead');
    await submit(world, world.anna, { ...theirs, contact: 'Add DANA LEE, Finance lead' });

    const kept = await rowsOf(world.app.store, 'contacts');
    expect(kept).toMatchObject([{ name: 'Dana Lee', title: 'Finance lead' }]);
    expect(await stepsOf(world, acme.id)).toHaveLength(3);
  });

  it('offers nobody of another account', async () => {
    await openForm();
    await submit(world, world.anna, theirs);
    await openDealFor(world, world.anna, { account: 'Globex' });
    await runDeal(world, world.anna, 'homework globex');
    expect(await world.anna.options(world.anna.topView(), 'contact', '')).toEqual([]);
  });

  it('starts with a day that is near, and no later than the decision', async () => {
    await openDealFor(world, world.anna, { account: 'Soon', decision_on: '2026-11-24' });
    const dayOf = async (line: string) => {
      await runDeal(world, world.anna, line);
      const due = world.anna.topView().blocks.find(({ block_id }) => block_id === 'due_on');
      return due && 'element' in due && due.element;
    };
    expect(await dayOf('homework acme')).toMatchObject({ initial_date: '2026-11-26' });
    expect(await dayOf('homework soon')).toMatchObject({ initial_date: '2026-11-24' });
  });
});

describe('our step', () => {
  it('goes to a colleague, who may change the plan from then on', async () => {
    await openForm('seller');
    expect(inputsOn(world.anna.topView())).toEqual(['title', 'person', 'due_on', 'done_when']);
    await submit(world, world.anna, ours);
    expect(await stepsOf(world, acme.id)).toMatchObject([
      { side: 'seller', doer: { name: 'Ben Okafor', personId: (await know(world, world.ben)).id } },
    ]);
    await runDeal(world, world.ben, 'homework acme');
    expect(wordsOn(world.ben.topView())).toContain('Acme · Core platform');
  });

  it('is mine unless I pick somebody', async () => {
    await openForm('seller');
    const { person, ...others } = ours;
    await submit(world, world.anna, others);
    expect(await stepsOf(world, acme.id)).toMatchObject([{ doer: { name: 'Anna Snelling' } }]);
  });
});
