import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { day } from '../../../src/domain/calendar.ts';
import type { OpenDeal } from '../../../src/domain/deal.ts';
import { newId } from '../../../src/domain/ids.ts';
import { sendCrafted } from '../../support/crafted.ts';
import { allDeals, openDealFor, runDeal, settle, submit } from '../../support/deals.ts';
import { startWorld, type World } from '../../support/homeroom.ts';
import { addSteps } from '../../support/planted.ts';
import { rowsOf } from '../../support/rows.ts';
import { answer, wordsOn } from '../../support/shown.ts';

let world: World;

/** A deal of Anna's whose buyer said yes to a step, with a date that was set a moment ago. */
beforeEach(async () => {
  world = await startWorld();
  const acme = (await openDealFor(world, world.anna)) as OpenDeal;
  await addSteps(world, acme, [{ status: 'agreed', agreedOn: day('2026-11-23') }]);
});
afterEach(() => world.stop());

const top = () => world.anna.topView();
const now = async () => (await allDeals(world))[0] as OpenDeal;
const kinds = async () => (await rowsOf(world.app.store, 'dateRevisions')).map(({ kind }) => kind);

async function openMove(): Promise<void> {
  await runDeal(world, world.anna, 'date Acme');
  await settle(world, world.anna.press(top(), 'deals_date_move_it'));
}

async function move(to: string): Promise<void> {
  await openMove();
  const why = { side: 'us', reason: 'Their board meets later', tried: ['help'] };
  await submit(world, world.anna, { decision_on: to, ...why });
}

async function correct(to: string): Promise<void> {
  await openMove();
  await submit(world, world.anna, { decision_on: to, correction: ['correction'] });
}

async function agree(): Promise<void> {
  await runDeal(world, world.anna, 'date Acme');
  await settle(world, world.anna.press(top(), 'deals_date_agreed'));
}

async function planText(): Promise<string> {
  await runDeal(world, world.anna, 'plan Acme');
  return wordsOn(answer(world.anna));
}

describe('a correction of the date', () => {
  it('leaves the buyer’s yes alone: the plan stays mutual', async () => {
    await agree();
    await correct('2026-12-21');
    expect(wordsOn(top())).toContain('It does not count as a slip, and their yes stands.');
    expect(wordsOn(top())).not.toContain('The plan is ours');
    expect(await now()).toMatchObject({ decisionOn: '2026-12-21', dateAgreedOn: '2026-11-23' });
    expect(await planText()).toContain('A plan of both sides');
    expect(await planText()).toContain('no slips, net +3 days');
  });

  it('gives nobody’s yes to a date that had none', async () => {
    await correct('2026-12-21');
    expect(wordsOn(top())).toContain('The plan is ours until they say yes to this date.');
    expect((await now()).dateAgreedOn).toBeUndefined();
  });

  it('brings the yes back when it undoes the move that took it', async () => {
    await agree();
    world.clock.set('2026-11-24T14:00:00Z');
    await move('2026-12-21');
    expect((await now()).dateAgreedOn).toBeUndefined();
    await correct('2026-12-18');
    expect(await now()).toMatchObject({ decisionOn: '2026-12-18', dateAgreedOn: '2026-11-23' });
  });

  it('does not bring it back for a third date', async () => {
    await agree();
    await move('2026-12-21');
    await correct('2026-12-22');
    expect(await now()).toMatchObject({ decisionOn: '2026-12-22' });
    expect((await now()).dateAgreedOn).toBeUndefined();
  });

  it('is refused a second time when the form is sent by hand', async () => {
    await correct('2026-12-21');
    const ack = await sendCrafted(world, 'view_submission', ({ view }) => {
      if (!view) throw new Error('The submission had no view.');
      const fresh = { revisionId: newId(world.clock.now()), fromOn: '2026-12-21' };
      const meta = { ...JSON.parse(view.private_metadata), ...fresh };
      view.private_metadata = JSON.stringify(meta);
      const chosen = { type: 'datepicker', selected_date: '2026-12-22' };
      view.state.values['decision_on'] = { decision_on: chosen };
    });
    expect(ack).toMatchObject({
      errors: { correction: expect.stringContaining('within a day, and once a deal') },
    });
    expect(await kinds()).toEqual(['correction']);
    expect(await now()).toMatchObject({ decisionOn: '2026-12-21' });
  });

  it('is refused to whoever comes a day later', async () => {
    world.clock.set('2026-11-23T14:40:00Z');
    await openMove();
    world.clock.set('2026-11-24T14:31:00Z');
    const late = await submit(world, world.anna, {
      decision_on: '2026-12-21',
      correction: ['correction'],
    });
    expect(late).toMatchObject({
      errors: { correction: expect.stringContaining('within a day, and once a deal') },
    });
    expect(await kinds()).toEqual([]);
  });
});
