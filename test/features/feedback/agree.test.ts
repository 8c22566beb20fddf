import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Deal } from '../../../src/domain/deal.ts';
import type { Person } from '../../../src/domain/person.ts';
import { planCardIds } from '../../../src/features/plan/plan-buttons.ts';
import { allDeals, know, resubmit, runDeal, settle, submit } from '../../support/deals.ts';
import { startWorld, type World } from '../../support/homeroom.ts';
import { plantDeal } from '../../support/planted.ts';
import { rowsOf } from '../../support/rows.ts';
import { answer, wordsOn } from '../../support/shown.ts';

let world: World;
let anna: Person;

beforeEach(async () => {
  world = await startWorld();
  anna = await know(world, world.anna);
  await plantDeal(world, anna);
});
afterEach(() => world.stop());

const deal = async () => (await allDeals(world))[0] as Deal;
const events = async () => (await rowsOf(world.app.store, 'events')).map(({ kind }) => kind);

describe('/deal feedback on an open deal', () => {
  it('shows the line to ask, and keeps a yes once', async () => {
    await runDeal(world, world.anna, 'feedback Acme');
    expect(wordsOn(world.anna.topView())).toContain(
      '“Whichever way you go, will you tell us plainly what we should do better?”',
    );
    expect(await submit(world, world.anna, { agreed: 'yes' })).toMatchObject({ ok: true });
    await resubmit(world);
    expect((await deal()).feedbackAgreed).toBe(true);
    expect(await events()).toEqual(['feedback_agreed']);
  });

  it('has the line in the plan that is copied for the buyer, until they answered it', async () => {
    const line = 'Whichever way you go, will you tell us plainly';
    const copied = async () => {
      await runDeal(world, world.anna, 'plan Acme');
      await settle(world, world.anna.press(answer(world.anna), planCardIds.copy));
      const shown = JSON.stringify(world.anna.topView().blocks);
      await world.anna.close(world.anna.topView());
      return shown;
    };
    expect(await copied()).toContain(line);
    expect(await copied()).toContain('/deal feedback keeps what they say');
    await runDeal(world, world.anna, 'feedback Acme');
    await submit(world, world.anna, { agreed: 'yes' });
    await world.anna.close(world.anna.topView());
    expect(await copied()).not.toMatch(/Whichever way|\/deal feedback/);
  });

  it('keeps a no, after which nobody is to ask them', async () => {
    await runDeal(world, world.anna, 'feedback Acme');
    await submit(world, world.anna, { agreed: 'no' });
    expect(wordsOn(world.anna.topView())).toContain('nobody will ask them');
    expect((await deal()).feedbackAgreed).toBe(false);
  });

  it('takes another answer later, and asks for one when none was picked', async () => {
    await runDeal(world, world.anna, 'feedback Acme');
    expect(await submit(world, world.anna)).toMatchObject({ ok: false });
    await submit(world, world.anna, { agreed: 'yes' });
    await runDeal(world, world.anna, 'feedback Acme');
    await submit(world, world.anna, { agreed: 'no' });
    expect((await deal()).feedbackAgreed).toBe(false);
  });

  it('is for those who work on the deal', async () => {
    await know(world, world.ben);
    await runDeal(world, world.ben, 'feedback Acme');
    expect(answer(world.ben).text).toContain('belongs to Anna Snelling');
  });

  it('says what to type when nothing fits', async () => {
    await runDeal(world, world.anna, 'feedback Nowhere');
    expect(answer(world.anna).text).toContain('No open or lost deal is called “Nowhere”');
  });
});
