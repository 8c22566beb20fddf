import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { SandboxMessage } from '../../../sandbox/server/contract.ts';
import { day } from '../../../src/domain/calendar.ts';
import type { Deal } from '../../../src/domain/deal.ts';
import type { Homework } from '../../../src/domain/homework.ts';
import type { Person } from '../../../src/domain/person.ts';
import { declineModalIds } from '../../../src/features/help/decline-modal.ts';
import { helpIds } from '../../../src/features/help/help-messages.ts';
import { helpModalIds } from '../../../src/features/help/help-modal.ts';
import { nudgeIds } from '../../../src/features/nudges/nudge-buttons.ts';
import { closeDeal } from '../../../src/store/deals.ts';
import { askAbout } from '../../support/asked.ts';
import { know, resend, resubmit, runDeal, settle, submit } from '../../support/deals.ts';
import { startWorld, type World } from '../../support/homeroom.ts';
import { addSteps, plantDeal } from '../../support/planted.ts';
import { rowsOf } from '../../support/rows.ts';
import { actionsOn, answer, wordsOn } from '../../support/shown.ts';

let world: World;
let anna: Person;
let ben: Person;
let acme: Deal;

beforeEach(async () => {
  world = await startWorld();
  anna = await know(world, world.anna);
  ben = await know(world, world.ben);
  acme = await plantDeal(world, anna);
});
afterEach(() => world.stop());

const wish = {
  person: 'U0BEN',
  role: 'specialist',
  what: 'Join 15 minutes with their security team',
  due_on: '2026-11-27',
};
const requests = () => rowsOf(world.app.store, 'helpRequests');
const kinds = async () => (await rowsOf(world.app.store, 'events')).map(({ kind }) => kind);
const toBen = () => world.ben.dm().at(-1) as SandboxMessage;

async function askBen(values: Record<string, string> = {}) {
  await runDeal(world, world.anna, 'ask Acme');
  const result = await submit(world, world.anna, { ...wish, ...values });
  await world.deliver();
  return result;
}

async function press(id: string): Promise<void> {
  await settle(world, world.ben.press(toBen(), id));
  await world.deliver();
}

describe('/deal ask', () => {
  it('tells the colleague who asks, for which deal, what and by when, and puts them on it', async () => {
    expect(await askBen()).toMatchObject({ ok: true });
    expect(world.anna.topView().title.text).toBe('Asked');
    expect(toBen().text).toBe(
      'Anna Snelling asks for your help with Acme · Core platform by Fri 27 Nov.\nJoin 15 minutes with their security team',
    );
    expect(actionsOn(toBen())).toEqual([helpIds.take, helpIds.decline, 'deals_run_plan']);
    expect(await requests()).toMatchObject([
      { dealId: acme.id, askedById: anna.id, askedId: ben.id, state: 'asked', role: 'specialist' },
    ]);
    expect(await rowsOf(world.app.store, 'dealPeople')).toMatchObject([{ personId: ben.id }]);
    expect(await kinds()).toEqual(['help_asked']);
  });

  it('asks once, however often the submission comes', async () => {
    await askBen();
    await resubmit(world);
    await world.deliver();
    expect(await requests()).toHaveLength(1);
    expect(world.ben.dm()).toHaveLength(1);
  });

  it('names what would help with what holds the deal up, in two business days', async () => {
    await addSteps(world, acme, [{ side: 'seller', title: 'Pack', dueOn: day('2026-11-10') }]);
    await runDeal(world, world.anna, 'ask Acme');
    const view = JSON.stringify(world.anna.topView().blocks);
    expect(view).toContain('"initial_date":"2026-11-25"');
    expect(view).toContain(
      '"initial_value":"Sit down with me for 15 minutes and find the smallest next step"',
    );
  });

  it.each([
    ['oneself', 'U0ANNA', 'That is you. Pick the colleague you ask.'],
    ['a guest', 'U0GUEST', 'Gus Guest is a guest here and sees no deals. Pick a full member.'],
    [
      'a colleague who left',
      'U0LEFT',
      'Lou Left is no longer in this workspace. Pick somebody else.',
    ],
    ['an app', 'U0ROBOT', 'Robo is an app. Pick a colleague.'],
  ])('refuses %s, and says what to do', async (_name, person, words) => {
    await runDeal(world, world.anna, 'ask Acme');
    await submit(world, world.anna, { ...wish, what: ' ' });
    const refused = await resubmit(world, { what: wish.what, person });
    expect(refused).toMatchObject({ errors: { person: words } });
    expect(await requests()).toEqual([]);
    expect(await rowsOf(world.app.store, 'dealPeople')).toEqual([]);
  });

  it('refuses a day that has passed', async () => {
    const result = await askBen({ due_on: '2026-11-20' });
    expect(result.errors).toEqual({ due_on: 'Pick a day from today to Sun 21 Feb 2027.' });
    expect(await requests()).toEqual([]);
  });

  it('says of a private deal that whoever is asked will see it, and lets them', async () => {
    await plantDeal(world, anna, { account: 'Initech', privacy: 'restricted' });
    await runDeal(world, world.anna, 'ask Initech');
    expect(wordsOn(world.anna.topView())).toContain('Whoever you ask will be able to see it');
    await submit(world, world.anna, wish);
    await world.deliver();
    expect(toBen().text).toContain('Initech · Core platform');
    await runDeal(world, world.ben, 'plan Initech');
    expect(wordsOn(answer(world.ben))).toContain('Initech');
  });

  it('is not for a colleague who may only look at the deal', async () => {
    await runDeal(world, world.ben, 'ask Acme');
    expect(world.ben.modals()).toEqual([]);
    expect(answer(world.ben).text).toContain('belongs to Anna Snelling');
  });

  it('tells nobody about a deal that ended before the message went out', async () => {
    await runDeal(world, world.anna, 'ask Acme');
    await submit(world, world.anna, wish);
    const end = { status: 'lost', closedOn: acme.openedOn, closedAt: world.clock.now() } as const;
    await world.app.store.transaction((tx) => closeDeal(tx, acme, end));
    await world.deliver();
    expect(world.ben.dm()).toEqual([]);
  });
});

describe('the colleague who was asked', () => {
  it('takes it: the message changes in place and the asker hears of it', async () => {
    await askBen();
    await press(helpIds.take);
    expect(world.ben.dm()).toHaveLength(1);
    expect(wordsOn(toBen())).toContain('You took it, and they know.');
    expect(actionsOn(toBen())).toEqual([helpIds.done, 'deals_run_plan']);
    expect(world.anna.dm().map(({ text }) => text)).toEqual([
      'Ben Okafor takes it: Join 15 minutes with their security team (Acme · Core platform), by Fri 27 Nov.',
    ]);
    await press(helpIds.done);
    expect(actionsOn(toBen())).toEqual([]);
    expect(world.anna.dm().at(-1)?.text).toContain('Ben Okafor is done with it');
    expect(await requests()).toMatchObject([{ state: 'done' }]);
    expect(await kinds()).toEqual(['help_asked', 'help_taken', 'help_given']);
  });

  it('says no with a word who could, and the asker can ask somebody else', async () => {
    await askBen();
    await press(helpIds.decline);
    await submit(world, world.ben, { [declineModalIds.note]: 'Mia knows <!channel> their team' });
    await world.deliver();
    expect(world.ben.modals()).toEqual([]);
    expect(wordsOn(toBen())).toContain('You said no, and they know.');
    const [told] = world.anna.dm();
    expect(told?.text).toContain('Ben Okafor cannot take it');
    expect(told?.text).not.toContain('<!channel>');
    expect(wordsOn(told as SandboxMessage)).toContain('Mia knows');
    expect(actionsOn(told as SandboxMessage)).toEqual(['deals_run_ask']);
    await settle(world, world.anna.press(told as SandboxMessage, 'deals_run_ask'));
    expect(world.anna.topView().callback_id).toBe(helpModalIds.view);
    expect(await requests()).toMatchObject([
      { state: 'declined', note: 'Mia knows <!channel> their team' },
    ]);
  });

  it('answers once: a second tap and a form from before change nothing', async () => {
    await askBen();
    await press(helpIds.decline);
    await press(helpIds.take);
    await resend(world, 'block_actions');
    await submit(world, world.ben, { [declineModalIds.note]: 'Too late' });
    await world.deliver();
    expect(world.ben.modals()).toEqual([]);
    expect(await requests()).toMatchObject([{ state: 'taken' }]);
    expect(world.anna.dm()).toHaveLength(1);
  });

  it('is the only one who can answer', async () => {
    await askBen();
    const [asked] = await requests();
    await runDeal(world, world.ben, 'ask Acme');
    await submit(world, world.ben, { ...wish, person: 'U0ANNA' });
    await world.deliver();
    await settle(world, world.anna.press(world.anna.dm()[0] as SandboxMessage, helpIds.take));
    await resend(world, 'block_actions', { pressed: String(asked?.id) });
    expect(await requests()).toMatchObject([{ state: 'asked' }, { state: 'taken' }]);
    expect(answer(world.anna).text).toContain('not yours');
  });
});

describe('asking from a bundle', () => {
  async function pack(): Promise<Homework> {
    const step = { side: 'seller', title: 'Send the pack', dueOn: day('2026-11-23') } as const;
    const [made] = await addSteps(world, acme, [step]);
    return made as Homework;
  }

  it('fills in the step, answers the question and shows the bundle again', async () => {
    const step = await pack();
    const about = { kind: 'item_soon', deal: acme, step } as const;
    const bundle = await askAbout(world, world.anna, anna, about);
    await settle(world, world.anna.press(bundle, nudgeIds.help));
    expect(JSON.stringify(world.anna.topView().blocks)).toContain(
      '“Send the pack” is due Mon 23 Nov',
    );
    await submit(world, world.anna, { ...wish, what: 'Read it before it goes out' });
    await world.deliver();
    expect(world.anna.modals()).toEqual([]);
    expect(world.anna.dm().at(-1)?.text).toBe('All answered. Thank you.');
    expect(await rowsOf(world.app.store, 'nudgeItems')).toMatchObject([
      { answer: 'help_asked', nextCheckOn: '2026-11-26' },
    ]);
    expect(toBen().text).toContain('Read it before it goes out');
  });

  it('names the manager of the owner when a manager is wanted', async () => {
    await know(world, world.anna, { managerId: ben.id });
    await pack();
    const about = { kind: 'alone', deal: acme } as const;
    const bundle = await askAbout(world, world.anna, anna, about);
    await settle(world, world.anna.press(bundle, `${nudgeIds.help}_manager`));
    const view = JSON.stringify(world.anna.topView().blocks);
    expect(view).toContain('"initial_user":"U0BEN"');
    expect(view).toMatch(/"initial_option":\{[^}]*"text":"A manager"/);
  });
});
