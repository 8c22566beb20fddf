import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { day } from '../../../src/domain/calendar.ts';
import { newModalIds } from '../../../src/features/deals/new-modal.ts';
import { know, openDealFor, runDeal, settle } from '../../support/deals.ts';
import { startWorld, type World } from '../../support/homeroom.ts';
import { addSteps, plantDeal } from '../../support/planted.ts';
import { actionsOn, answer, wordsOn } from '../../support/shown.ts';

let world: World;
beforeEach(async () => {
  world = await startWorld();
});
afterEach(() => world.stop());

describe('/deal list', () => {
  it('says how to start when there is none, and opens the form', async () => {
    await openDealFor(world, world.ben);
    await runDeal(world, world.anna, 'list');
    expect(answer(world.anna).text).toBe('You have no open deals here. Start one with /deal new.');
    await settle(world, world.anna.press(answer(world.anna), 'deals_run_new'));
    expect(world.anna.topView().callback_id).toBe(newModalIds.view);
  });

  it('shows my open deals, the one deciding soonest first, and one without a date last', async () => {
    const anna = await know(world, world.anna);
    await plantDeal(world, anna, { account: 'Undated', decisionOn: undefined });
    await openDealFor(world, world.anna, { account: 'Later', decision_on: '2026-12-18' });
    await openDealFor(world, world.anna, { account: 'Sooner', decision_on: '2026-11-30' });
    await openDealFor(world, world.ben, { account: 'Not mine' });
    await runDeal(world, world.anna, 'list');
    const [opening, ...lines] = answer(world.anna).text.split('\n');
    expect(opening).toBe('You have 3 open deals.');
    expect(lines).toEqual([
      'Sooner · Core platform: $12,000 · decides Mon 30 Nov. No step planned.',
      'Later · Core platform: $12,000 · decides Fri 18 Dec. No step planned.',
      'Undated · Core platform: no decision date yet. No step planned.',
    ]);
    expect(wordsOn(answer(world.anna))).toContain('$12,000 · decides Mon 30 Nov');
  });

  it('names the next step of each side, and says when it is late', async () => {
    const first = await openDealFor(world, world.anna, { decision_on: '2026-11-30' });
    const second = await openDealFor(world, world.anna, { account: 'Globex' });
    await addSteps(world, first, [
      { title: 'Later step', dueOn: day('2026-11-27') },
      { title: 'Done step', dueOn: day('2026-11-16'), status: 'done', doneOn: day('2026-11-16') },
      { title: 'List who signs', dueOn: day('2026-11-19') },
    ]);
    await addSteps(world, second, [{ title: 'Send the pack', side: 'seller' }]);
    await runDeal(world, world.anna, 'list');
    const shown = wordsOn(answer(world.anna));
    expect(shown).toContain('Theirs: List who signs, late since Thu 19 Nov');
    expect(shown).toContain('Ours: Send the pack, by Fri 27 Nov');
    expect(shown).not.toContain('Later step');
    expect(shown).not.toContain('Done step');
  });

  it('says when the decision date has passed', async () => {
    await openDealFor(world, world.anna, { decision_on: '2026-11-24' });
    world.clock.set('2026-11-30T15:00:00Z');
    await runDeal(world, world.anna, 'list');
    expect(answer(world.anna).text).toContain('decision date passed Tue 24 Nov');
  });

  it('shows twelve and counts the rest', async () => {
    const anna = await know(world, world.anna);
    for (let n = 10; n < 25; n += 1) await plantDeal(world, anna, { name: `Site ${n}` });
    await runDeal(world, world.anna, 'list');
    const list = answer(world.anna);
    expect(list.text).toContain('You have 15 open deals.');
    expect(actionsOn(list)).toHaveLength(12);
    expect(wordsOn(list)).toContain('3 more deals. /deal plan with a name finds any of them.');
  });

  it('shows the plan of a deal below itself when its button is pressed', async () => {
    const acme = await openDealFor(world, world.anna);
    await openDealFor(world, world.anna, { account: 'Globex' });
    await runDeal(world, world.anna, 'list');
    const list = answer(world.anna);
    await settle(world, world.anna.press(list, 'plan_show', { value: acme.id }));
    expect(answer(world.anna).text).toContain('Acme · Core platform: decision');
    expect(world.anna.ephemerals()).toHaveLength(2);
    expect(list.text).toContain('You have 2 open deals.');
  });

  it('still shows the plan of a deal that ended meanwhile, without a button', async () => {
    const acme = await openDealFor(world, world.anna);
    await addSteps(world, acme, [{ dueOn: day('2026-11-19') }]);
    await runDeal(world, world.anna, 'list');
    const list = answer(world.anna);
    await runDeal(world, world.anna, 'won');
    await settle(world, world.anna.submit(world.anna.topView()));
    await settle(world, world.anna.press(list, 'plan_show'));
    expect(wordsOn(answer(world.anna))).toContain('Won on Mon 23 Nov');
    expect(answer(world.anna).text.split('\n')).toEqual([
      'Acme · Core platform: Won on Mon 23 Nov. 0 steps done.',
      'Their steps 0 of 1 done · our steps 0 of 0 done · $12,000 · owner Anna Snelling',
      'Left open',
      '• List who signs — Theirs · Dana Lee · due Thu 19 Nov · not asked',
    ]);
    expect(wordsOn(answer(world.anna))).not.toContain('Late');
    expect(actionsOn(answer(world.anna))).toEqual([]);
  });
});
