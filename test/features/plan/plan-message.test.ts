import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { day } from '../../../src/domain/calendar.ts';
import type { ChannelId } from '../../../src/domain/ids.ts';
import { know, openDealFor, runDeal } from '../../support/deals.ts';
import { startWorld, type World } from '../../support/homeroom.ts';
import { addSteps, plantDeal } from '../../support/planted.ts';
import { actionsOn, answer, wordsOn } from '../../support/shown.ts';

let world: World;
beforeEach(async () => {
  world = await startWorld();
});
afterEach(() => world.stop());

describe('the plan card', () => {
  it('shows both sides’ steps in due order, with who, when and how it is known to be done', async () => {
    const acme = await openDealFor(world, world.anna);
    await addSteps(world, acme, [
      { title: 'Sign', dueOn: day('2026-12-17') },
      { title: 'Send the pack', side: 'seller', dueOn: day('2026-11-23') },
      { title: 'List who signs', dueOn: day('2026-11-19') },
      { title: 'Kick-off', dueOn: day('2026-11-12'), status: 'done', doneOn: day('2026-11-13') },
      { title: 'Not needed', dueOn: day('2026-11-25'), status: 'dropped' },
    ]);
    await runDeal(world, world.anna, 'plan');
    const card = answer(world.anna);
    expect(card.text.split('\n')).toEqual([
      'Acme · Core platform: decision Fri 18 Dec. 1 step done.',
      'Late: List who signs — Theirs · Dana Lee · due Thu 19 Nov',
      'Today: Send the pack — Ours · Anna Snelling · due Mon 23 Nov',
      'Sign — Theirs · Dana Lee · due Thu 17 Dec',
    ]);
    const shown = wordsOn(card);
    const order = ['Late · List who signs', 'Today · Send the pack', 'Sign', 'Done: Kick-off'];
    const places = order.map((words) => shown.indexOf(words));
    expect(places).toEqual(places.toSorted((a, b) => a - b));
    expect(places).not.toContain(-1);
    expect(shown).toContain('Done when: Names are in the document');
    expect(shown).toContain('Kick-off — Dana Lee, Fri 13 Nov');
    expect(shown).not.toContain('Not needed');
  });

  it('counts each side’s share without what was dropped, and names size and owner', async () => {
    const acme = await openDealFor(world, world.anna);
    await addSteps(world, acme, [
      { status: 'done', doneOn: day('2026-11-20') },
      {},
      { status: 'dropped' },
      { side: 'seller' },
    ]);
    await runDeal(world, world.anna, 'plan');
    expect(wordsOn(answer(world.anna))).toContain(
      'Their steps 1 of 2 done · our steps 0 of 1 done · $12,000 · owner Anna Snelling',
    );
  });

  it('says how far the decision is and why that day matters', async () => {
    await openDealFor(world, world.anna);
    await runDeal(world, world.anna, 'plan');
    expect(wordsOn(answer(world.anna))).toContain(
      'Decision Fri 18 Dec — 19 business days from now\nTheir old contract ends',
    );
    expect(wordsOn(answer(world.anna))).toContain('No steps yet. Give both sides one.');
    world.clock.set('2026-12-18T15:00:00Z');
    await runDeal(world, world.anna, 'plan');
    expect(wordsOn(answer(world.anna))).toContain('Fri 18 Dec — that is today');
    world.clock.set('2026-12-21T15:00:00Z');
    await runDeal(world, world.anna, 'plan');
    expect(wordsOn(answer(world.anna))).toContain('Fri 18 Dec — that day has passed');
  });

  it('keeps the first decision date visible, and says when there is none', async () => {
    const anna = await know(world, world.anna);
    await plantDeal(world, anna, { originalDecisionOn: day('2026-11-30') });
    await plantDeal(world, anna, { account: 'Globex', decisionOn: undefined });
    await runDeal(world, world.anna, 'plan acme');
    expect(wordsOn(answer(world.anna))).toContain('from now, first set for Mon 30 Nov');
    await runDeal(world, world.anna, 'plan globex');
    expect(wordsOn(answer(world.anna))).toContain('No decision date yet');
    expect(answer(world.anna).text).toContain('no decision date yet');
  });

  it('has buttons for who may change it, and none for who may only look', async () => {
    const acme = await openDealFor(world, world.anna);
    await addSteps(world, acme, [{}, { side: 'seller' }]);
    await runDeal(world, world.anna, 'plan');
    const each = ['plan_done', 'plan_move', 'plan_drop'];
    expect(actionsOn(answer(world.anna))).toEqual([...each, ...each, 'plan_add']);
    await runDeal(world, world.ben, 'plan acme');
    expect(wordsOn(answer(world.ben))).toContain('List who signs');
    expect(actionsOn(answer(world.ben))).toEqual([]);
  });

  it('stays within Slack’s limits with forty long steps, and says how many it leaves out', async () => {
    const names = { account: 'A'.repeat(100), name: 'N'.repeat(100) };
    const acme = await openDealFor(world, world.anna, { ...names, date_driver: 'd'.repeat(300) });
    const long = { title: '&<>'.repeat(50), doneWhen: 'w'.repeat(300) };
    await addSteps(world, acme, [
      ...Array.from({ length: 25 }, () => ({ ...long })),
      ...Array.from({ length: 15 }, () => ({
        ...long,
        status: 'done' as const,
        doneOn: day('2026-11-20'),
      })),
    ]);
    await runDeal(world, world.anna, 'plan');
    const card = answer(world.anna);
    expect(card.blocks.length).toBeLessThanOrEqual(50);
    expect(wordsOn(card)).toContain('7 later steps not shown.');
    expect(wordsOn(card)).toContain('and 3 steps before');
    expect(wordsOn(card)).toContain('Their steps 15 of 40 done');
  });
});

describe('where the plan is shown', () => {
  it('is the deal’s channel for everybody there', async () => {
    await openDealFor(world, world.anna, { channel: 'deal-acme' });
    await runDeal(world, world.anna, 'plan', { channel: 'deal-acme' });
    expect(world.ben.lastMessage('deal-acme').text).toContain('Acme · Core platform: decision');
    expect(world.anna.ephemerals('deal-acme')).toEqual([]);
  });

  it('is only the person who asked anywhere else', async () => {
    await openDealFor(world, world.anna, { channel: 'deal-acme' });
    await runDeal(world, world.anna, 'plan acme', { channel: 'general' });
    expect(answer(world.anna, 'general').text).toContain('Acme · Core platform: decision');
    expect(world.ben.messages('general')).toEqual([]);
  });

  it('is only the person who asked when the deal is secret, even in its channel', async () => {
    const anna = await know(world, world.anna);
    const channelId = 'C0ACME' as ChannelId;
    await plantDeal(world, anna, { channelId, privacy: 'restricted' });
    await runDeal(world, world.anna, 'plan', { channel: 'deal-acme' });
    expect(answer(world.anna, 'deal-acme').text).toContain('Acme · Core platform: decision');
    expect(world.ben.messages('deal-acme')).toEqual([]);
  });
});
