import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { addDays, day, plainCalendars } from '../../../src/domain/calendar.ts';
import type { ChannelId } from '../../../src/domain/ids.ts';
import { isRefusal } from '../../../src/domain/refusal.ts';
import { showPlan } from '../../../src/features/plan/show-plan.ts';
import { know, openDealFor, runDeal, winAsAdmin } from '../../support/deals.ts';
import { startWorld, type World } from '../../support/homeroom.ts';
import { addSteps, plantDeal } from '../../support/planted.ts';
import { actionsOn, answer, wordsOn } from '../../support/shown.ts';

let world: World;
beforeEach(async () => {
  world = await startWorld();
});
afterEach(() => world.stop());

describe('the plan card', () => {
  it('groups the steps by when they are due, late ones first, with who, when and the yes', async () => {
    const acme = await openDealFor(world, world.anna);
    await addSteps(world, acme, [
      { title: 'Sign', dueOn: day('2026-12-17'), gate: true },
      { title: 'Agree the test', dueOn: day('2026-12-07'), askedOn: day('2026-11-20') },
      { title: 'Draft the paper', dueOn: day('2026-12-16'), status: 'in_progress' },
      { title: 'Send the pack', side: 'seller', dueOn: day('2026-11-23') },
      {
        title: 'List who signs',
        dueOn: day('2026-11-19'),
        originalDueOn: day('2026-11-16'),
        agreedOn: day('2026-11-12'),
      },
      { title: 'Kick-off', dueOn: day('2026-11-12'), status: 'done', doneOn: day('2026-11-13') },
      { title: 'Not needed', dueOn: day('2026-11-25'), status: 'dropped' },
      { title: 'Unclear', dueOn: day('2026-12-01'), status: 'needs_rewrite', confusing: true },
    ]);
    await runDeal(world, world.anna, 'plan');
    const card = answer(world.anna);
    const { text } = card;
    expect(text.split('\n')[0]).toMatch(
      /^Acme · Core platform: decision Fri 18 Dec .* 1 step done\.$/,
    );
    expect(text.split('\n').slice(text.split('\n').indexOf('Now'))).toEqual([
      'Now',
      '• Late by 2 days: List who signs — Theirs · Dana Lee · due Thu 19 Nov (first Mon 16 Nov) · said yes',
      '• Today: Send the pack — Ours · Anna Snelling · due Mon 23 Nov',
      '• Draft the paper — Theirs · Dana Lee · due Wed 16 Dec · under way',
      'Next',
      '• Unclear — Theirs · Dana Lee · due Tue 1 Dec · confused them, reword it',
      '• Agree the test — Theirs · Dana Lee · due Mon 7 Dec · asked',
      'Later',
      '• Sign — Theirs · Dana Lee · due Thu 17 Dec · not asked · gate',
      'Done (1)',
      '• Kick-off — Theirs · Dana Lee, Fri 13 Nov',
    ]);
    const shown = wordsOn(card);
    for (const line of linesOf(text)) expect(shown).toContain(line);
    expect(shown).not.toContain('Not needed');
  });

  it('counts each side’s share without what was dropped, a partner’s apart, and names size and owner', async () => {
    const acme = await openDealFor(world, world.anna);
    await addSteps(world, acme, [
      { status: 'done', doneOn: day('2026-11-20') },
      {},
      { status: 'dropped' },
      { side: 'seller' },
      { side: 'partner' },
    ]);
    await runDeal(world, world.anna, 'plan');
    const shown = wordsOn(answer(world.anna));
    expect(shown).toContain(
      'Their steps 1 of 2 done · our steps 0 of 1 done · partner 0 of 1 done, counted apart · $12,000 · owner Anna Snelling',
    );
    expect(shown).toContain('*Theirs 67% · ours 33%*\n▰▰▰▰▰▱▱▱  planned work');
    expect(shown).toContain('*Theirs 100% · ours 0%*\n▰▰▰▰▰▰▰▰  finished in 30 days');
    expect(answer(world.anna).text).toContain('Theirs 67% · ours 33%: planned work');
  });

  it('says how far the decision is and why that day matters', async () => {
    await openDealFor(world, world.anna);
    await runDeal(world, world.anna, 'plan');
    expect(wordsOn(answer(world.anna))).toMatch(
      /Decision Fri 18 Dec — \d+ business days from now\nTheir old contract ends/,
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

  it('is ours until they said yes to the date and to a step, then a plan of both sides', async () => {
    const anna = await know(world, world.anna);
    const acme = await plantDeal(world, anna);
    await addSteps(world, acme, [{ agreedOn: day('2026-11-20') }]);
    await runDeal(world, world.anna, 'plan acme');
    expect(wordsOn(answer(world.anna))).toContain('*Ours so far*\nno yes yet to the date');
    const globex = await plantDeal(world, anna, {
      account: 'Globex',
      dateAgreedOn: day('2026-11-20'),
    });
    await addSteps(world, globex, [{ agreedOn: day('2026-11-20') }]);
    await runDeal(world, world.anna, 'plan globex');
    expect(wordsOn(answer(world.anna))).toContain(
      '*A plan of both sides*\nthey said yes to the date and 1 step',
    );
  });

  it('warns who carries it alone and names two steps that could move', async () => {
    const acme = await openDealFor(world, world.anna);
    const ours = (title: string, effort: 1 | 2) => ({ side: 'seller' as const, title, effort });
    await addSteps(world, acme, [
      ours('Board paper', 2),
      ours('Name the team', 1),
      ours('Count the users', 1),
      ours('Write the case', 2),
      ours('Draft the law part', 2),
    ]);
    await runDeal(world, world.anna, 'plan');
    const { text } = answer(world.anna);
    expect(text).toContain('You are carrying this one. You hold 5 of 5 open steps.');
    expect(text).toContain('Could move to them: “Name the team” and “Count the users”.');
  });

  it('carries nothing alone with two of five steps theirs', async () => {
    const acme = await openDealFor(world, world.anna);
    await addSteps(world, acme, [
      {},
      {},
      ...Array.from({ length: 3 }, () => ({ side: 'seller' as const })),
    ]);
    await runDeal(world, world.anna, 'plan');
    expect(answer(world.anna).text).not.toContain('carrying');
  });

  it('warns of a long stretch without anything for them, with an ask that fits in', async () => {
    const acme = await openDealFor(world, world.anna);
    await addSteps(world, acme, [{ dueOn: day('2026-11-24') }, { dueOn: day('2026-12-18') }]);
    await runDeal(world, world.anna, 'plan');
    expect(answer(world.anna).text).toMatch(
      /Nothing for them to do for \d+ business days, up to Thu 17 Dec; \d+ is the most .* A small ask to fit in: “/,
    );
    await addSteps(
      world,
      acme,
      ['2026-12-01', '2026-12-07', '2026-12-11'].map((on) => ({ dueOn: day(on) })),
    );
    await runDeal(world, world.anna, 'plan');
    expect(answer(world.anna).text).not.toContain('Nothing for them');
  });

  it('flags a late entry', async () => {
    const anna = await know(world, world.anna);
    await plantDeal(world, anna, { entryPhase: 'preference' });
    await runDeal(world, world.anna, 'plan acme');
    expect(answer(world.anna).text).toContain(
      'Late entry. They let us in when they were comparing already.',
    );
  });

  it('has buttons for who may change it, and none for who may only look', async () => {
    const acme = await openDealFor(world, world.anna);
    await addSteps(world, acme, [{}, { side: 'seller' }, { dueOn: day('2026-12-17') }]);
    await runDeal(world, world.anna, 'plan');
    const card = answer(world.anna);
    const each = actionsOn(card).filter((id) => id === 'plan_done');
    expect(each).toHaveLength(2);
    const whole = [
      'plan_why',
      'plan_step',
      'plan_add',
      'deals_run_next',
      'touch_ours',
      'touch_theirs',
      'plan_copy',
    ];
    const offered = new Set(actionsOn(card));
    expect([...offered].filter((id) => whole.includes(id))).toEqual(whole);
    await runDeal(world, world.ben, 'plan acme');
    expect(wordsOn(answer(world.ben))).toContain('List who signs');
    expect(actionsOn(answer(world.ben))).toEqual([]);
  });

  it('shows a deal that ended with its steps, no health and no buttons', async () => {
    const acme = await openDealFor(world, world.anna);
    await addSteps(world, acme, [
      { status: 'done', doneOn: day('2026-11-20') },
      { title: 'Open still' },
    ]);
    await winAsAdmin(world, 'acme');
    const anna = await know(world, world.anna);
    const shown = await showPlan(
      { ...world.app, clock: world.clock, calendars: plainCalendars },
      anna,
      acme.id,
    );
    if (isRefusal(shown)) throw new Error(shown.message);
    expect(shown.text).toContain('Won on Mon 23 Nov');
    expect(shown.text).toContain('Left open\n• Open still');
    expect(shown.text).not.toMatch(/Health|Late|Today/);
    expect(actionsOn({ blocks: shown.blocks as never })).toEqual([]);
  });

  it('stays within Slack’s limits with forty long steps, each one tap away', async () => {
    const names = { account: 'A'.repeat(100), name: 'N'.repeat(100) };
    const acme = await openDealFor(world, world.anna, { ...names, date_driver: 'd'.repeat(300) });
    const long = { title: '&<>'.repeat(50), doneWhen: 'w'.repeat(300), gate: true };
    const from = (at: number) => addDays(day('2026-11-20'), at);
    await addSteps(world, acme, [
      ...Array.from({ length: 30 }, (_, at) => ({
        ...long,
        dueOn: from(at),
        originalDueOn: from(-9),
      })),
      ...Array.from({ length: 10 }, () => ({
        ...long,
        status: 'done' as const,
        doneOn: day('2026-11-20'),
      })),
    ]);
    await runDeal(world, world.anna, 'plan');
    const card = answer(world.anna);
    expect(card.blocks.length).toBeLessThanOrEqual(50);
    expect(wordsOn(card).length).toBeLessThanOrEqual(12_000);
    expect(wordsOn(card)).not.toMatch(/and \d+ steps? more/);
    expect(wordsOn(card)).toContain('Their steps 10 of 40 done');
    expect(actionsOn(card).filter((id) => id === 'plan_done')).toHaveLength(6);
    const select = card.blocks.flatMap((block) => (block.type === 'actions' ? block.elements : []));
    const options = select.flatMap((element) =>
      'options' in element ? (element.options ?? []) : [],
    );
    expect(options).toHaveLength(24);
  });

  it('says how many steps it leaves out of a plan that is longer still', async () => {
    const acme = await openDealFor(world, world.anna);
    await addSteps(world, acme, [
      ...Array.from({ length: 60 }, () => ({ dueOn: day('2026-12-18') })),
      ...Array.from({ length: 13 }, () => ({ status: 'done' as const, doneOn: day('2026-11-20') })),
    ]);
    await runDeal(world, world.anna, 'plan');
    expect(wordsOn(answer(world.anna))).toContain('and 20 steps more');
    expect(wordsOn(answer(world.anna))).toContain('and 7 steps done before');
  });
});

/** The lines of the steps, without their bullets. */
function linesOf(text: string): string[] {
  return text.split('\n').flatMap((line) => (line.startsWith('• ') ? [line.slice(2)] : []));
}

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
