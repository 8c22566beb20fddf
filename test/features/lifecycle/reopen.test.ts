import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { allDeals, know, resubmit, runDeal, submit } from '../../support/deals.ts';
import { startWorld, type World } from '../../support/homeroom.ts';
import { plantDeal } from '../../support/planted.ts';
import { rowsOf } from '../../support/rows.ts';
import { createSeed, type Seed } from '../../support/seed.ts';
import { answer, inputsOn, wordsOn } from '../../support/shown.ts';
import { released, startRitual, thursdays } from '../reviews/ritual-world.ts';

let world: World;
let seed: Seed;
beforeEach(async () => {
  world = await startWorld();
  seed = createSeed(world.app, world.clock);
});
afterEach(() => world.stop());

const again = { decision_on: '2026-12-18', what_changed: 'Their rollout failed' };

async function loseAcme(lostOn = '2026-11-10', facts: { privacy?: 'restricted' } = {}) {
  const anna = await know(world, world.anna);
  const acme = await seed.deal({ account: 'Acme', owner: anna, ...facts });
  await seed.loss(acme, {
    loggedAt: `${lostOn}T16:00:00Z`,
    outcome: 'rival',
    competitor: 'Initech',
    reasonCode: 'fit.no_problem',
    ownWords: 'We met her late',
  });
  return acme;
}

describe('/deal reopen', () => {
  it('begins a new deal with last time’s lesson, and leaves the old one and its loss alone', async () => {
    const old = await loseAcme('2026-09-01');
    const before = await rowsOf(world.app.store, 'losses');
    await runDeal(world, world.anna, 'reopen acme');
    expect(inputsOn(world.anna.topView())).toEqual(['decision_on', 'what_changed']);
    expect(await submit(world, world.anna, again)).toEqual({ ok: true });
    expect(wordsOn(world.anna.topView())).toContain(
      'Last time: They chose another supplier, Initech · No problem they would spend on · “We met her late” (Tue 1 Sep).',
    );
    expect(await allDeals(world)).toMatchObject([
      { id: old.id, status: 'lost', closedOn: '2026-09-01' },
      {
        status: 'open',
        reopenedFromId: old.id,
        decisionOn: '2026-12-18',
        originalDecisionOn: '2026-12-18',
        ownerId: old.ownerId,
      },
    ]);
    expect(await rowsOf(world.app.store, 'losses')).toEqual(before);
    const log = await rowsOf(world.app.store, 'events');
    expect(log.map(({ kind }) => kind)).toEqual(['deal_reopened']);
    await runDeal(world, world.anna, 'plan acme');
    expect(wordsOn(answer(world.anna))).toContain(
      'Last time: They chose another supplier, Initech',
    );
    expect(answer(world.anna).text).toContain('“We met her late” (Tue 1 Sep).');
  });

  it('asks within thirty days whether it was a real loss, and marks the loss', async () => {
    const old = await loseAcme('2026-11-10');
    await runDeal(world, world.anna, 'reopen acme');
    expect(inputsOn(world.anna.topView())).toContain('was_real');
    await submit(world, world.anna, { ...again, was_real: 'no' });
    const log = await rowsOf(world.app.store, 'events');
    expect(log.find(({ kind }) => kind === 'reopened_soon')).toMatchObject({
      dealId: old.id,
      payload: { wasReal: false },
    });
    expect(await rowsOf(world.app.store, 'losses')).toHaveLength(1);
  });

  it('asks that up to the thirtieth day, and not on the thirty-first', async () => {
    await loseAcme('2026-11-10');
    world.clock.set('2026-12-10T15:00:00Z');
    await runDeal(world, world.anna, 'reopen acme');
    expect(inputsOn(world.anna.topView())).toContain('was_real');
    const later = { ...again, decision_on: '2027-01-29' };
    expect((await submit(world, world.anna, later)).ok).toBe(false);
    await world.anna.close(world.anna.topView());
    world.clock.set('2026-12-11T15:00:00Z');
    await runDeal(world, world.anna, 'reopen acme');
    expect(inputsOn(world.anna.topView())).not.toContain('was_real');
  });

  it('leaves the loss counted where it was counted', async () => {
    await loseAcme('2026-11-10');
    await runDeal(world, world.anna, 'losses 90d');
    const before = wordsOn(answer(world.anna));
    await runDeal(world, world.anna, 'reopen acme');
    await submit(world, world.anna, { ...again, was_real: 'no' });
    await runDeal(world, world.anna, 'losses 90d');
    expect(wordsOn(answer(world.anna))).toBe(before);
  });

  it('marks it as reopened under its week in the loss channel, once it was told there', async () => {
    const ritual = await startRitual();
    try {
      await ritual.lose('Acme', released);
      await ritual.goTo(thursdays[0]);
      const line = () => ritual.under(ritual.tops()[0]).at(-1)?.text;
      expect(line()).toContain('Acme');
      expect(line()).not.toContain('reopened since');
      await runDeal(ritual, ritual.anna, 'reopen acme');
      await submit(ritual, ritual.anna, { ...again, was_real: 'yes' });
      await ritual.deliver();
      expect(line()).toContain('reopened since');
      expect((await rowsOf(ritual.app.store, 'losses')).length).toBe(1);
    } finally {
      await ritual.stop();
    }
  });

  it('begins once when the form comes twice', async () => {
    await loseAcme('2026-09-01');
    await runDeal(world, world.anna, 'reopen acme');
    await submit(world, world.anna, again);
    await resubmit(world);
    expect(await allDeals(world)).toHaveLength(2);
    expect(await rowsOf(world.app.store, 'events')).toHaveLength(1);
  });

  it('is refused while a deal of that name is open', async () => {
    const old = await loseAcme('2026-09-01');
    await plantDeal(world, await know(world, world.anna), { name: old.name });
    await runDeal(world, world.anna, 'reopen acme');
    expect(answer(world.anna).text).toContain('is open already. /deal plan Acme shows it.');
    expect(world.anna.modals()).toEqual([]);
  });

  it('finds nothing of that name among lost deals when none was lost', async () => {
    await plantDeal(world, await know(world, world.anna));
    await runDeal(world, world.anna, 'reopen acme');
    expect(answer(world.anna).text).toMatch(/^No lost deal is called “acme”/);
  });

  it('is for those on the deal: a colleague is told whom to ask', async () => {
    await loseAcme('2026-09-01');
    await runDeal(world, world.ben, 'reopen acme');
    expect(answer(world.ben).text).toContain('belongs to Anna Snelling');
  });

  it('does not know a restricted deal for those who are not on it', async () => {
    await loseAcme('2026-09-01', { privacy: 'restricted' });
    for (const word of ['reopen', 'invalid']) {
      await runDeal(world, world.ben, `${word} acme`);
      expect(answer(world.ben).text).toMatch(/^No (lost )?deal is called “acme”/);
    }
    await runDeal(world, world.anna, 'reopen acme');
    await submit(world, world.anna, again);
    expect((await allDeals(world))[1]).toMatchObject({ privacy: 'restricted', status: 'open' });
  });

  it('refuses a date that has passed under its input', async () => {
    await loseAcme('2026-09-01');
    await runDeal(world, world.anna, 'reopen acme');
    const { errors } = await submit(world, world.anna, { ...again, decision_on: '2026-11-20' });
    expect(Object.keys(errors ?? {})).toEqual(['decision_on']);
    expect(await allDeals(world)).toHaveLength(1);
  });
});
