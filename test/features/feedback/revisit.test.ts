import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { SandboxMessage } from '../../../sandbox/server/contract.ts';
import type { Deal } from '../../../src/domain/deal.ts';
import type { Person } from '../../../src/domain/person.ts';
import { followUpIds } from '../../../src/slack/follow-up-actions.ts';
import { allDeals, know, resubmit, runDeal, settle, submit } from '../../support/deals.ts';
import { startWorld, type World } from '../../support/homeroom.ts';
import { asked, goodLoss, startLosing } from '../../support/losses.ts';
import { loseAs } from '../../support/lost.ts';
import { plantDeal } from '../../support/planted.ts';
import { rowsOf } from '../../support/rows.ts';
import { answer, wordsOn } from '../../support/shown.ts';

let world: World;
let anna: Person;
let acme: Deal;

beforeEach(async () => {
  world = await startWorld();
  anna = await know(world, world.anna);
  acme = await plantDeal(world, anna);
});
afterEach(() => world.stop());

const revisit = async () => (await rowsOf(world.app.store, 'revisits'))[0];

describe('coming back', () => {
  it('is planned with the loss, with the trigger to look for', async () => {
    await loseAs(world, anna, acme);
    expect(await revisit()).toMatchObject({
      dealId: acme.id,
      on: '2027-03-23',
      trigger: 'Trouble in the rollout, or their sponsor changes',
      state: 'waiting',
    });
  });

  it.each<[string, Parameters<typeof loseAs>[3], string, RegExp]>([
    ['a rival', {}, '2027-03-23', /rollout.*sponsor/],
    ['an incumbent', { outcome: 'incumbent' }, '2027-05-23', /renewal notice/],
    ['fear', { outcome: 'none', noDecisionKind: 'fear' }, '2027-01-22', /something new/i],
    ['a rational no', { outcome: 'none', noDecisionKind: 'rational' }, '2027-05-23', /priorities/],
    ['a budget withdrawn', { outcome: 'budget_withdrawn' }, '2027-12-01', /budget round/],
    ['a must-have', { reasonCode: 'prd.must_have' }, '2027-05-23', /has shipped/],
    ['an outside event', { reasonCode: 'out.merger' }, '2027-02-23', /organisation is announced/],
    ['nobody knows what', { outcome: 'unknown', reasonCode: 'unk.silent' }, '2027-02-23', /reply/],
  ])('follows the table: %s', async (_name, story, on, trigger) => {
    await loseAs(world, anna, acme, story);
    expect(await revisit()).toMatchObject({ on, state: 'waiting' });
    expect((await revisit())?.trigger).toMatch(trigger);
    await runDeal(world, world.anna, 'revisit Acme');
    const shown = JSON.stringify(world.anna.topView().blocks);
    expect(shown).toContain(`"initial_date":"${on}"`);
  });

  it('offers the second look of a rival’s, six months before their contract ends', async () => {
    await loseAs(world, anna, acme);
    world.clock.set('2027-03-23T15:00:00Z');
    await runDeal(world, world.anna, 'revisit Acme');
    expect(JSON.stringify(world.anna.topView().blocks)).toContain('"initial_date":"2027-05-23"');
  });

  it('is never planned where we ought not to have been, until somebody sets a day', async () => {
    await loseAs(world, anna, acme, { whyClass: 'not_there', reasonCode: 'fit.wrong_type' });
    expect(await revisit()).toBeUndefined();
    await runDeal(world, world.anna, 'revisit Acme');
    await submit(world, world.anna, { on: '2027-06-01', trigger: 'A new team', never: [] });
    expect(await revisit()).toMatchObject({ on: '2027-06-01', trigger: 'A new team' });
  });

  it('takes another day and trigger, and refuses one that has passed', async () => {
    await loseAs(world, anna, acme);
    await runDeal(world, world.anna, 'revisit Acme');
    await submit(world, world.anna, { on: '2027-02-01', trigger: 'Their new CFO starts' });
    await resubmit(world);
    expect(await revisit()).toMatchObject({ on: '2027-02-01', trigger: 'Their new CFO starts' });
    expect(wordsOn(world.anna.topView())).toContain('comes back on Mon 1 Feb 2027');
    await runDeal(world, world.anna, 'revisit Acme');
    const result = await submit(world, world.anna, { on: '2026-11-01' });
    expect(result.errors?.['on']).toContain('Pick a day from tomorrow to');
  });

  it('can be changed where the loss was saved', async () => {
    await startLosing(world, world.anna, 'Acme');
    await settle(world, world.anna.choose(world.anna.topView(), 'outcome', 'rival'));
    await submit(world, world.anna, asked(world.anna, { ...goodLoss, competitor: 'Globex' }));
    await settle(world, world.anna.press(world.anna.topView(), followUpIds.comeBack));
    await submit(world, world.anna, { on: '2027-02-01', trigger: 'Their new CFO starts' });
    expect(await revisit()).toMatchObject({ on: '2027-02-01', trigger: 'Their new CFO starts' });
  });

  it('is let go with a tick', async () => {
    await loseAs(world, anna, acme);
    await runDeal(world, world.anna, 'revisit Acme');
    await submit(world, world.anna, { never: ['never'] });
    expect(await revisit()).toMatchObject({ state: 'dropped' });
  });

  it('is over when the deal begins again', async () => {
    await loseAs(world, anna, acme);
    await runDeal(world, world.anna, 'reopen Acme');
    await submit(world, world.anna, {
      decision_on: '2027-01-29',
      what_changed: 'A new CFO',
      was_real: 'yes',
    });
    const fresh = (await allDeals(world)).at(-1);
    expect(fresh?.reopenedFromId).toBe(acme.id);
    expect(await revisit()).toMatchObject({ state: 'started', newDealId: fresh?.id });
    expect(await rowsOf(world.app.store, 'feedbackRequests')).toMatchObject([
      { state: 'not_agreed' },
    ]);
  });

  it('is dropped, with the question to the buyer, when the deal never was one', async () => {
    await loseAs(world, anna, acme);
    await runDeal(world, world.anna, 'invalid Acme');
    await submit(world, world.anna, { why: 'duplicate' });
    expect(await revisit()).toMatchObject({ state: 'dropped' });
    expect(await rowsOf(world.app.store, 'feedbackRequests')).toMatchObject([
      { state: 'not_agreed' },
    ]);
  });

  it('moves or rests from a morning’s question', async () => {
    await loseAs(world, anna, acme);
    await world.goTo('2027-03-23T13:05:00Z');
    const asked = world.anna.dm().at(-1) as SandboxMessage;
    expect(asked.text).toContain('Acme');
    await settle(world, world.anna.press(asked, followUpIds.revisitLater));
    await submit(world, world.anna, { on: '2027-05-03' });
    expect(await revisit()).toMatchObject({ on: '2027-05-03', state: 'waiting' });
  });

  it('is no matter of a deal that is open, nor of somebody else’s', async () => {
    await runDeal(world, world.anna, 'revisit Acme');
    expect(answer(world.anna).text).toContain('No lost deal is called “Acme”');
    await loseAs(world, anna, acme);
    await know(world, world.ben);
    await runDeal(world, world.ben, 'revisit Acme');
    expect(answer(world.ben).text).toContain('belongs to Anna Snelling');
  });
});
