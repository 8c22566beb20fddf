import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { day } from '../../../src/domain/calendar.ts';
import type { Deal } from '../../../src/domain/deal.ts';
import type { Homework } from '../../../src/domain/homework.ts';
import type { Person } from '../../../src/domain/person.ts';
import { changeHomework } from '../../../src/store/homework.ts';
import { know, resend, runDeal, settle, stepsOf } from '../../support/deals.ts';
import { startWorld, type World } from '../../support/homeroom.ts';
import { addSteps, plantDeal } from '../../support/planted.ts';
import { actionsOn, answer, inputsOn, wordsOn } from '../../support/shown.ts';

let world: World;
let anna: Person;
beforeEach(async () => {
  world = await startWorld();
  anna = await know(world, world.anna);
});
afterEach(() => world.stop());

const plant = (changes: Parameters<typeof plantDeal>[2] = {}) => plantDeal(world, anna, changes);
const next = (name = '') => runDeal(world, world.anna, `next ${name}`);
const press = (id: string, value?: string) =>
  settle(world, world.anna.press(answer(world.anna), id, value ? { value } : {}));

describe('/deal next on a deal', () => {
  it('gives a move of ours and an ask of theirs, each with its reason', async () => {
    await plant({ phase: 'interest' });
    await next('acme');
    const words = wordsOn(answer(world.anna));
    expect(words).toContain('Acme · Core platform');
    expect(words).toContain(
      'Our move: Write the problem back in their words, with a guess at its cost\nThe plan has no step yet.',
    );
    expect(words).toContain(
      'Ask of them: Ask what would have to be true to decide sooner\nIt shows what the plan needs.',
    );
    expect(answer(world.anna).text).toContain('decides Fri 18 Dec');
    expect(answer(world.anna).text).toContain('Our move: Write the problem back');
  });

  it('takes the deal of the channel it is typed in', async () => {
    await plant({ channelId: 'C0ACME' as Deal['channelId'] });
    await plant({ account: 'Globex' });
    await runDeal(world, world.anna, 'next', { channel: 'C0ACME' });
    const words = wordsOn(answer(world.anna, 'C0ACME'));
    expect(words).toContain('Acme · Core platform');
    expect(words).not.toContain('Globex');
  });

  it('asks which deal when a name fits several', async () => {
    await plant();
    await plant({ name: 'Add-on' });
    await next('acme');
    const asked = answer(world.anna);
    await settle(world, world.anna.choose(asked, 'deals_pick', 'Acme · Add-on'));
    expect(wordsOn(answer(world.anna))).toContain('Acme · Add-on\nIn awareness');
  });

  it('says that nobody is reminded while the deal is paused', async () => {
    await plant({ pausedUntil: day('2026-12-14') });
    await next('acme');
    expect(wordsOn(answer(world.anna))).toContain('This deal is paused');
    expect(wordsOn(answer(world.anna))).toContain('Our move: ');
  });

  it('opens the step that a move names', async () => {
    const deal = await plant();
    const [step] = await addSteps(world, deal, [{ side: 'seller', title: 'Send the pack' }]);
    await next();
    await press('plan_step', step?.id);
    expect(wordsOn(world.anna.topView())).toContain('Send the pack');
  });

  it('makes a move a step, with what it says filled in', async () => {
    const deal = await plant();
    await next();
    await press('next_assign');
    const form = world.anna.topView();
    expect(inputsOn(form)).toContain('due_on');
    expect(JSON.stringify(form.blocks)).toContain('Write the problem back in their words');
    await settle(world, world.anna.submit(form, { person: 'U0ANNA' }));
    expect(await stepsOf(world, deal.id)).toMatchObject([
      {
        side: 'seller',
        title: 'Write the problem back in their words',
        dueOn: '2026-11-25',
        doneWhen: 'They have read it and corrected one thing.',
      },
    ]);
  });

  it('shows words to send, and logs that they were sent', async () => {
    await plant();
    await next();
    await press('next_draft');
    expect(JSON.stringify(world.anna.topView().blocks)).toContain(
      'What would have to be true on your side to decide sooner than planned?',
    );
    await settle(world, world.anna.submit(world.anna.topView()));
    expect(world.anna.topView().title.text).toBe('We wrote');
  });

  it('asks for the date when it has passed', async () => {
    await plant({ decisionOn: day('2026-11-20'), originalDecisionOn: day('2026-11-20') });
    await next('acme');
    expect(wordsOn(answer(world.anna))).toContain('Choose how it ended, or a new date');
    const buttons = JSON.stringify(answer(world.anna).blocks);
    expect(buttons).toContain('"value":"date Acme · Core platform"');
    expect(actionsOn(answer(world.anna))).toContain('deals_run_date');
  });

  it('shows what is next by now when a button is older than the plan', async () => {
    const deal = await plant();
    await next();
    const old = answer(world.anna);
    await addSteps(world, deal, [{ side: 'seller', title: 'Send the pack' }]);
    await settle(world, world.anna.press(old, 'next_assign'));
    expect(world.anna.modals()).toHaveLength(0);
    expect(wordsOn(answer(world.anna))).toContain('Our move: Send the pack');
  });

  it('answers nothing on a deal that has ended since', async () => {
    const deal = await plant();
    await next();
    const old = answer(world.anna);
    await runDeal(world, world.anna, 'won acme');
    await settle(world, world.anna.submit(world.anna.topView()));
    await world.anna.close(world.anna.topView());
    await settle(world, world.anna.press(old, 'next_assign', { value: `${deal.id}:ours` }));
    expect(wordsOn(answer(world.anna))).toBe(
      'Acme · Core platform has ended, so nothing is next on it.',
    );
  });

  it('lets nobody make a step on a deal they only see', async () => {
    const deal = await plant();
    await runDeal(world, world.ben, 'next acme');
    await settle(world, world.ben.press(answer(world.ben), 'next_assign'));
    expect(world.ben.modals()).toHaveLength(0);
    expect(wordsOn(answer(world.ben))).toContain('belongs to Anna Snelling');
    expect(await stepsOf(world, deal.id)).toEqual([]);
  });

  it('tells nobody of a restricted deal', async () => {
    const deal = await plant({ privacy: 'restricted', account: 'Secret' });
    await runDeal(world, world.ben, 'next secret');
    expect(wordsOn(answer(world.ben))).toContain('No open deal is called “secret”');
    await plantDeal(world, await know(world, world.ben), { account: 'Globex' });
    await runDeal(world, world.ben, 'next globex');
    await settle(world, world.ben.press(answer(world.ben), 'next_assign'));
    await world.ben.close(world.ben.topView());
    await resend(world, 'block_actions', { pressed: `${deal.id}:ours` });
    expect(wordsOn(answer(world.ben))).not.toContain('Secret');
    expect(world.ben.modals()).toHaveLength(0);
  });
});

describe('/deal next on all of mine', () => {
  it('puts the most urgent first, then the one that decides soonest', async () => {
    await plant({ account: 'Later', decisionOn: day('2027-01-15') });
    await plant({ account: 'Sooner', decisionOn: day('2026-12-01') });
    const late = await plant({ account: 'Owing', decisionOn: day('2027-01-29') });
    await addSteps(world, late, [{ side: 'seller', dueOn: day('2026-11-20') }]);
    await next();
    const words = wordsOn(answer(world.anna));
    expect(words).toContain('What is next on 3 open deals, the most urgent first.');
    const order = ['Owing', 'Sooner', 'Later'].map((name) => words.indexOf(name));
    expect(order).toEqual([...order].sort((a, b) => a - b));
    expect(order[0]).toBeGreaterThan(0);
  });

  it('shows eight and counts the rest and the paused ones', async () => {
    for (let n = 1; n <= 10; n += 1) await plant({ account: `Buyer ${n}` });
    await plant({ account: 'Resting', pausedUntil: day('2026-12-14') });
    await next();
    const shown = answer(world.anna);
    expect(actionsOn(shown)).toHaveLength(16);
    expect(wordsOn(shown)).toContain(
      '2 more deals: /deal next with a name shows any. 1 deal is paused.',
    );
    expect(wordsOn(shown)).not.toContain('Resting');
  });

  it('offers a new deal to whoever has none', async () => {
    await next();
    expect(wordsOn(answer(world.anna))).toContain('You have no open deals');
    await press('deals_run_next_new');
    expect(inputsOn(world.anna.topView())).toContain('account');
  });

  it('names a step at the buyer that nobody does any more', async () => {
    const deal = await plant();
    const [step] = await addSteps(world, deal, [{ title: 'List who signs' }]);
    const doer = { name: '—', contactId: undefined, personId: undefined };
    await world.app.store.transaction((tx) =>
      changeHomework(tx, deal.workspaceId, step as Homework, { doer }),
    );
    await next();
    expect(wordsOn(answer(world.anna))).toContain('It needs a new name');
  });
});
