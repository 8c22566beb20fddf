import { afterEach, describe, expect, it } from 'vitest';
import type { SandboxMessage } from '../../../sandbox/server/contract.ts';
import { addDays, type Day, day } from '../../../src/domain/calendar.ts';
import { followUpIds } from '../../../src/slack/follow-up-actions.ts';
import { know, resubmit, runDeal, settle, submit } from '../../support/deals.ts';
import { startWorld, type World } from '../../support/homeroom.ts';
import { loseDealFor } from '../../support/losses.ts';
import { addContact } from '../../support/lost.ts';
import { plantDeal } from '../../support/planted.ts';
import { rowsOf } from '../../support/rows.ts';
import { actionsOn, inputsOn, wordsOn } from '../../support/shown.ts';

let world: World;

afterEach(() => world.stop());

interface Week {
  readonly workDays: readonly number[];
  readonly env: Readonly<Record<string, string>>;
  readonly lostOn: Day;
  readonly draftedOn: string;
  readonly sendFrom: Day;
  readonly remindOn: Day;
  readonly closesOn: Day;
}

const mondays: Week = {
  workDays: [1, 2, 3, 4, 5],
  // Thursday the 26th is Thanksgiving.
  env: { HOLIDAYS: 'US' },
  lostOn: day('2026-11-23'),
  draftedOn: '2026-11-24',
  sendFrom: day('2026-12-01'),
  remindOn: day('2026-12-08'),
  closesOn: day('2026-12-22'),
};

const sundays: Week = {
  workDays: [0, 1, 2, 3, 4],
  env: { DAYS_OFF: '2026-12-08' },
  // A Thursday: Friday and Saturday are their weekend.
  lostOn: day('2026-12-03'),
  draftedOn: '2026-12-06',
  sendFrom: day('2026-12-13'),
  remindOn: day('2026-12-20'),
  closesOn: day('2027-01-03'),
};

const weeks: readonly [string, Week][] = [
  ['from Monday to Friday, with a holiday of ours', mondays],
  ['from Sunday to Thursday, with a day off of ours', sundays],
];

async function lose({ workDays, env, lostOn }: Week, contact = true): Promise<void> {
  world = await startWorld({ env });
  const ben = await know(world, world.ben, { role: 'manager', workDays });
  const anna = await know(world, world.anna, { managerId: ben.id, workDays });
  const acme = await plantDeal(world, anna, { decisionOn: day('2027-02-26') });
  if (contact) await addContact(world, acme);
  world.clock.set(`${lostOn}T15:00:00Z`);
  await loseDealFor(world, world.anna, 'Acme');
}

const request = async () => (await rowsOf(world.app.store, 'feedbackRequests'))[0];
const asked = async () =>
  (await rowsOf(world.app.store, 'nudgeItems'))
    .filter(({ kind }) => kind.startsWith('feedback'))
    .map(({ kind, on, personId }) => ({ kind, on, personId }));

/** Nine in New York, and two hours later again: what was done in a run is not done in the next. */
async function live(from: Day, to: Day): Promise<void> {
  for (let on = from; on <= to; on = addDays(on, 1)) {
    await world.goTo(`${on}T14:05:00Z`);
    await world.goTo(`${on}T16:05:00Z`);
  }
}

const bundle = () =>
  world.ben
    .dm()
    .findLast((one) => actionsOn(one).includes(followUpIds.feedbackNote)) as SandboxMessage;

async function sendIt(): Promise<void> {
  await settle(world, world.ben.press(bundle(), followUpIds.feedbackNote));
  expect(world.ben.topView().submit?.text).toBe('I sent it');
  await submit(world, world.ben);
  await resubmit(world);
}

/** What the form offers on this day, without giving it back. */
async function offered(): Promise<string | undefined> {
  await runDeal(world, world.anna, 'feedback Acme');
  const { submit: button } = world.anna.topView();
  await world.anna.close(world.anna.topView());
  return button?.text;
}

describe.each(weeks)('the question to a buyer, in weeks %s', (_name, week) => {
  const { draftedOn, sendFrom, remindOn, closesOn } = week;
  const eve = (on: Day) => addDays(on, -1);

  it('is drafted at +1, sent by a person from +5, reminded of once at +10 and closed at +20', async () => {
    await lose(week);
    const ben = await know(world, world.ben);
    expect(await request()).toMatchObject({ state: 'drafted', draftedOn, senderId: ben.id });

    await live(addDays(week.lostOn, 1), eve(sendFrom));
    expect(await asked()).toEqual([]);
    expect(await offered()).toBe('Keep it');
    await live(sendFrom, sendFrom);
    const sent = { kind: 'feedback_send', on: sendFrom, personId: ben.id };
    expect(await asked()).toEqual([sent]);
    await sendIt();
    expect(await request()).toMatchObject({ state: 'sent', sentOn: sendFrom });

    await live(addDays(sendFrom, 1), eve(remindOn));
    expect(await asked()).toEqual([sent]);
    expect(await offered()).toBeUndefined();
    await live(remindOn, remindOn);
    const reminded = { kind: 'feedback_remind', on: remindOn, personId: ben.id };
    expect(await asked()).toEqual([sent, reminded]);
    await sendIt();
    expect(await request()).toMatchObject({ state: 'reminded', remindedOn: remindOn });

    await live(addDays(remindOn, 1), eve(closesOn));
    expect(await request()).toMatchObject({ state: 'reminded', closedOn: null });
    await live(closesOn, addDays(closesOn, 3));
    expect(await request()).toMatchObject({ state: 'closed', closedOn: closesOn });
    expect(await asked()).toEqual([sent, reminded]);
    await expectNothingToTheBuyer();
  });

  it('closes unsent at +20 what nobody sent, though it was asked about', async () => {
    await lose(week);
    await live(addDays(week.lostOn, 1), eve(closesOn));
    expect(await request()).toMatchObject({ state: 'drafted' });
    expect((await asked()).map(({ kind }) => kind)).toEqual(Array(3).fill('feedback_send'));
    await live(closesOn, closesOn);
    expect(await request()).toMatchObject({ state: 'closed', sentOn: null, closedOn: closesOn });
    await expectNothingToTheBuyer();
  });
});

/** The note is in forms, which their reader alone sees; it is in no message, and none left Slack. */
async function expectNothingToTheBuyer(): Promise<void> {
  const targets = (await rowsOf(world.app.store, 'outbox')).map(({ target }) => target);
  const ours = /^(?:[UD]0(?:ANNA|BEN|MIA|ADMIN)|#?closed-lost|C0LOST)$/;
  expect(targets.filter((target) => !ours.test(target))).toEqual([]);
  for (const who of [world.anna, world.ben]) {
    const messages = [...who.dm(), ...who.messages('C0LOST')];
    const notes = messages.filter((one) => /soften|last try|Hi Dana/.test(JSON.stringify(one)));
    expect(notes).toEqual([]);
  }
}

describe('a draft', () => {
  it('is kept, not sent, by a form that was opened the day before its time', async () => {
    await lose(mondays);
    world.clock.set('2026-11-30T20:00:00Z');
    await runDeal(world, world.anna, 'feedback Acme');
    expect(world.anna.topView().submit?.text).toBe('Keep it');
    world.clock.set('2026-12-01T15:00:00Z');
    await submit(world, world.anna);
    expect(await request()).toMatchObject({ state: 'drafted', sentOn: null });
  });

  it('is sent, as the person said, by a form that was open when the day ended', async () => {
    await lose(mondays);
    world.clock.set('2026-12-21T15:00:00Z');
    await runDeal(world, world.anna, 'feedback Acme');
    world.clock.set('2026-12-22T05:30:00Z');
    await submit(world, world.anna);
    expect(await request()).toMatchObject({ state: 'sent', sentOn: '2026-12-22' });
  });

  it('asks for a name where nobody at their end is known, and takes one that became known', async () => {
    await lose(mondays, false);
    await live(day('2026-11-24'), day('2026-12-01'));
    expect(bundle().text).toContain('asks somebody at Acme what we should do better');
    await settle(world, world.ben.press(bundle(), followUpIds.feedbackNote));
    expect(inputsOn(world.ben.topView())).toContain('contact');
    expect((await submit(world, world.ben)).ok).toBe(false);
    await world.ben.close(world.ben.topView());
    const [acme] = await rowsOf(world.app.store, 'deals');
    await addContact(world, acme as never, 'Rosa Diaz');
    await live(day('2026-12-02'), day('2026-12-04'));
    expect(bundle().text).toContain('Rosa Diaz at Acme');
  });

  it('goes to another colleague when its sender has left', async () => {
    await lose(mondays);
    const ben = await know(world, world.ben);
    const mia = await know(world, world.mia, { managerId: ben.id });
    await know(world, world.ben, { active: false });
    await live(day('2026-11-24'), day('2026-12-01'));
    expect(await request()).toMatchObject({ senderId: mia.id, state: 'drafted' });
    expect((await asked()).map(({ personId }) => personId)).toEqual([mia.id]);
  });

  it('thanks for an early yes, in the words of who was not selling', async () => {
    world = await startWorld({ env: mondays.env });
    const ben = await know(world, world.ben, { role: 'manager' });
    const anna = await know(world, world.anna, { managerId: ben.id });
    await addContact(world, await plantDeal(world, anna));
    await runDeal(world, world.anna, 'feedback Acme');
    expect(wordsOn(world.anna.topView())).toContain('Whichever way you go');
    await submit(world, world.anna, { agreed: 'yes' });
    await world.anna.close(world.anna.topView());
    await loseDealFor(world, world.anna, 'Acme');
    expect(await request()).toMatchObject({ agreed: true, senderId: ben.id });
    await live(day('2026-11-24'), day('2026-12-01'));
    await settle(world, world.ben.press(bundle(), followUpIds.feedbackNote));
    const note = JSON.stringify(world.ben.topView().blocks);
    expect(note).toContain('At the start you kindly said you would tell us straight.');
    expect(note).toContain('I work with Anna Snelling');
  });
});
