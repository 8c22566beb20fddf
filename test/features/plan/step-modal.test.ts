import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { day } from '../../../src/domain/calendar.ts';
import type { Deal, OpenDeal } from '../../../src/domain/deal.ts';
import type { Homework } from '../../../src/domain/homework.ts';
import { changeDeal } from '../../../src/store/deals.ts';
import {
  know,
  openDealFor,
  resend,
  resubmit,
  runDeal,
  settle,
  stepsOf,
  submit,
  winAsAdmin,
} from '../../support/deals.ts';
import { startWorld, type World } from '../../support/homeroom.ts';
import { addSteps } from '../../support/planted.ts';
import { rowsOf } from '../../support/rows.ts';
import { actionsOn, answer, inputsOn, wordsOn } from '../../support/shown.ts';

let world: World;
let acme: Deal;
beforeEach(async () => {
  world = await startWorld();
  acme = await openDealFor(world, world.anna, { channel: 'deal-acme' });
});
afterEach(() => world.stop());

const hub = () => world.anna.topView();
const tap = (what: string) => settle(world, world.anna.press(hub(), `plan_${what}`));

/** Puts one step into the plan and opens it from the card. */
async function openStep(facts: Partial<Homework> = {}): Promise<void> {
  const steps = await addSteps(world, acme, [facts]);
  await openFromCard(steps.at(-1));
}

async function openFromCard(step: Homework | undefined): Promise<void> {
  await runDeal(world, world.anna, 'plan', { channel: 'deal-acme' });
  const card = world.anna.lastMessage('deal-acme');
  await settle(world, world.anna.press(card, 'plan_step', { value: step?.id ?? '' }));
}

async function step(): Promise<Homework> {
  const [only] = await stepsOf(world, acme.id);
  if (!only) throw new Error('There is no step in the plan.');
  return only;
}

async function history(): Promise<string[]> {
  const log = await rowsOf(world.app.store, 'events');
  return log.map(({ kind }) => kind).filter((kind) => kind.startsWith('homework'));
}

/** The buyer says yes to the date, as `/deal date` saves it. */
async function agreeTheDate(): Promise<void> {
  await world.app.store.transaction(async (tx) => {
    const changed = await changeDeal(tx, acme as OpenDeal, { dateAgreedOn: day('2026-11-23') });
    if (!changed) throw new Error('The deal has changed meanwhile.');
  });
}

async function sayYes(): Promise<void> {
  await tap('step_yes');
  await submit(world, world.anna, { via: 'call' });
}

describe('one step', () => {
  it('shows what, who, when, why and the dates it had', async () => {
    await openStep({ whyForThem: 'Nobody is asked twice', unlocks: 'The trial' });
    await tap('move');
    await submit(world, world.anna, { due_on: '2026-12-01' });
    expect(wordsOn(hub())).toContain('List who signs');
    expect(wordsOn(hub())).toContain('Their step · Dana Lee · due Tue 1 Dec');
    expect(wordsOn(hub())).toContain('Done when: Names are in the document');
    expect(wordsOn(hub())).toContain('Opens: The trial');
    expect(wordsOn(hub())).toContain('Worth their time: Nobody is asked twice');
    expect(wordsOn(hub())).toContain('Fri 27 Nov → Tue 1 Dec, moved on Mon 23 Nov');
  });

  it.each([
    ['proposed', {}, ['yes', 'asked', 'wont', 'confusing', 'pointless', 'reword', 'hand_over']],
    [
      'proposed',
      { askedOn: day('2026-11-20') },
      ['yes', 'not_yet', 'wont', 'confusing', 'pointless', 'reword', 'hand_over', 'took_keen'],
    ],
    ['agreed', {}, ['started', 'wont', 'confusing', 'pointless', 'reword', 'hand_over']],
    ['in_progress', {}, ['wont', 'confusing', 'pointless', 'reword', 'hand_over']],
    ['needs_rewrite', {}, ['reword']],
    ['done', {}, ['accepted', 'sent_back']],
    ['accepted', {}, []],
    ['declined', {}, []],
    ['dropped', {}, []],
    ['superseded', {}, []],
  ] as const)('that is %s offers what that state can take', async (status, facts, offered) => {
    await openStep();
    const card = world.anna.lastMessage('deal-acme');
    await world.anna.close(hub());
    const { id } = await step();
    await world.app.store.transaction(async (tx) => {
      await tx.update(tx.tables.homework).set({ status, ...facts });
    });
    await settle(world, world.anna.press(card, 'plan_step', { value: id }));
    const ids = actionsOn(hub()).filter((known) => known.startsWith('plan_step_'));
    const shown = ids.filter((known) => !/_took_(fine|blank|annoyed)$/.test(known));
    expect(shown).toEqual(offered.map((name) => `plan_step_${name}`));
  });

  it('of a plan nobody may change any more says so', async () => {
    await openStep();
    await world.anna.close(hub());
    const card = world.anna.lastMessage('deal-acme');
    await winAsAdmin(world, 'acme');
    await settle(world, world.anna.press(card, 'plan_step'));
    expect(answer(world.anna, 'deal-acme').text).toContain('its plan no longer changes');
    expect(world.anna.modals()).toEqual([]);
  });

  it('is not there for whoever is not on the deal', async () => {
    await openStep();
    await know(world, world.ben);
    const card = world.ben.lastMessage('deal-acme');
    await settle(world, world.ben.press(card, 'plan_step'));
    expect(answer(world.ben, 'deal-acme').text).toContain('belongs to Anna Snelling');
    expect(world.ben.modals()).toEqual([]);
  });
});

describe('a yes', () => {
  it('names who said it and how it came, and is attested by whoever heard it', async () => {
    await openStep();
    await tap('step_yes');
    expect(inputsOn(hub())).toEqual(['contact', 'via']);
    await submit(world, world.anna, { via: 'call' });
    expect(await step()).toMatchObject({
      status: 'agreed',
      agreedOn: '2026-11-23',
      askedOn: '2026-11-23',
      askedVia: 'call',
    });
    expect(wordsOn(hub())).toContain('State: agreed on Mon 23 Nov (call)');
    const log = await rowsOf(world.app.store, 'events');
    expect(log.at(-1)).toMatchObject({
      kind: 'homework_agreed',
      actorId: (await know(world, world.anna)).id,
      payload: { via: 'call', contactId: (await step()).doer.contactId },
    });
  });

  it('needs a contact and a way, whatever the client let through', async () => {
    const nobody = { name: '—', contactId: undefined, personId: undefined };
    await openStep({ doer: nobody });
    await tap('step_yes');
    const without = await submit(world, world.anna, { via: 'call' });
    expect(without.ok).toBe(false);
    expect(await step()).toMatchObject({ status: 'proposed', agreedOn: undefined });
    await world.anna.options(hub(), 'contact', 'Priya Rao, CIO');
    await submit(world, world.anna, { contact: 'Add Priya Rao, CIO', via: 'email' });
    expect(await step()).toMatchObject({ status: 'agreed', doer: { name: 'Priya Rao' } });
  });

  it('of somebody who left, of nobody on the account or without a way is refused', async () => {
    await openStep();
    await tap('step_yes');
    await world.app.store.transaction(async (tx) => {
      await tx.update(tx.tables.contacts).set({ leftOn: day('2026-11-20') });
    });
    const { errors } = await submit(world, world.anna, { via: 'call' });
    expect(errors).toEqual({ contact: 'Dana Lee no longer works there. Who does it now?' });
    const values = [
      [{ contact: { value: '01NOBODY' } }, 'contact', 'Who said yes? Pick a name, or type one.'],
      [{ via: { value: 'pigeon' } }, 'via', 'Pick how they said yes.'],
    ] as const;
    for (const [sent, field, words] of values) {
      expect(await resubmit(world, sent)).toMatchObject({ errors: { [field]: words } });
    }
    expect(await step()).toMatchObject({ status: 'proposed', agreedOn: undefined });
    expect(await history()).toEqual([]);
  });

  it('to the first step makes the plan mutual once the date is agreed, and says so', async () => {
    await agreeTheDate();
    await openStep();
    await sayYes();
    expect(wordsOn(hub())).toContain('Now it is a plan of both sides.');
    await world.anna.close(hub());
    const [, second] = await addSteps(world, acme, [
      { title: 'Name the reviewer', dueOn: day('2026-11-27') },
    ]);
    await openFromCard(second);
    await sayYes();
    expect(wordsOn(hub())).not.toContain('Now it is a plan of both sides.');
  });

  it('to a step alone leaves the plan ours', async () => {
    await openStep();
    await sayYes();
    expect(wordsOn(hub())).not.toContain('Now it is a plan of both sides.');
  });

  it('to a step of ours is one tap', async () => {
    await openStep({ side: 'seller' });
    await tap('step_yes');
    expect(await step()).toMatchObject({ status: 'agreed', agreedOn: '2026-11-23' });
  });

  it('that Slack delivers again after better words does not count for them', async () => {
    await openStep({ whyForThem: 'Nobody is asked twice' });
    await tap('step_yes');
    await submit(world, world.anna, { via: 'call' });
    const sent = world.sandbox.deliveries.findLast(({ type }) => type === 'view_submission');
    await tap('step_reword');
    await submit(world, world.anna, { title: 'Name who signs' });
    const again = sent ? await world.sandbox.redeliver(sent) : undefined;
    await world.sandbox.settled();
    expect(again?.ok).toBe(true);
    expect(await step()).toMatchObject({ status: 'proposed', agreedOn: undefined });
  });
});

describe('other answers', () => {
  it.each([
    ['confusing', 'it confused them', { confusing: true, pointless: false }],
    ['pointless', 'pointless', { confusing: false, pointless: true }],
  ] as const)(
    '%s is one tap, and stops the reminders until it is worded better',
    async (what, words, flags) => {
      await openStep({ dueOn: day('2026-11-24') });
      await tap(`step_${what}`);
      expect(wordsOn(hub())).toContain(`waits for better words (${words}); nobody is reminded`);
      expect(await step()).toMatchObject({ status: 'needs_rewrite', ...flags });
      await world.goTo('2026-11-24T14:30:00Z');
      expect(JSON.stringify(world.anna.dm())).not.toContain('List who signs');
      await tap('step_reword');
      await submit(world, world.anna, {
        title: 'Name who signs',
        done_when: 'Two names are in the document',
        why_for_them: 'Nobody is asked twice',
      });
      expect(await step()).toMatchObject({
        status: 'proposed',
        title: 'Name who signs',
        doneWhen: 'Two names are in the document',
        whyForThem: 'Nobody is asked twice',
        ...flags,
      });
      await world.goTo('2026-11-25T14:30:00Z');
      expect(world.anna.dm().at(-1)?.text).toContain('“Name who signs”');
      expect(await history()).toEqual([`homework_${what}`, 'homework_reworded']);
    },
  );

  it.each([
    [{ title: 'Review it', done_when: 'Done' }, 'title'],
    [{ done_when: 'ok' }, 'done_when'],
    [{ why_for_them: '\u200f ' }, 'why_for_them'],
  ])('better words are better: %j is refused', async (values, field) => {
    await openStep({ whyForThem: 'Nobody is asked twice' });
    await tap('step_reword');
    const { errors } = await submit(world, world.anna, values);
    expect(Object.keys(errors ?? {})).toEqual([field]);
    expect(await history()).toEqual([]);
  });

  it('they won’t ends the step with what they said', async () => {
    await openStep();
    await tap('step_wont');
    await submit(world, world.anna, { reason: 'No time this month' });
    expect(await step()).toMatchObject({ status: 'declined', dropReason: 'No time this month' });
    expect(wordsOn(hub())).toContain('they won’t: No time this month');
    expect(await history()).toEqual(['homework_declined']);
  });

  it('three declined in a row ask whether the deal fits', async () => {
    const declined = { status: 'declined', dueOn: day('2026-11-24') } as const;
    await addSteps(world, acme, [declined, declined]);
    await openStep();
    await tap('step_wont');
    await submit(world, world.anna, { reason: 'No time' });
    expect(wordsOn(hub())).toContain('They declined three steps in a row.');
    const asked = answer(world.anna, 'deal-acme');
    expect(wordsOn(asked)).toContain('Continue Lower priority Withdraw');
    await settle(world, world.anna.press(asked, 'deals_run_lost'));
    expect(wordsOn(world.anna.topView())).toContain('Acme · Core platform');
  });

  it('a yes in between keeps the question away', async () => {
    const facts = { dueOn: day('2026-11-24') } as const;
    await addSteps(world, acme, [
      { ...facts, status: 'declined' },
      { ...facts, status: 'declined' },
      { ...facts, dueOn: day('2026-11-25'), status: 'agreed', agreedOn: day('2026-11-23') },
    ]);
    await openStep();
    await tap('step_wont');
    await submit(world, world.anna, { reason: 'No time' });
    expect(wordsOn(hub())).not.toContain('They declined three steps in a row.');
  });

  it('asked, not yet and how they took it are kept apart from a yes', async () => {
    await openStep();
    await tap('step_asked');
    expect(wordsOn(hub())).toContain('State: asked on Mon 23 Nov, no yes yet');
    await tap('step_not_yet');
    expect(wordsOn(hub())).toContain('Not yet. A smaller ask');
    await tap('step_took_blank');
    expect(wordsOn(hub())).toContain('How they took it: Blank look');
    expect(await step()).toMatchObject({ status: 'proposed', reaction: 'blank' });
    expect(await history()).toEqual(['homework_asked', 'homework_reaction']);
  });
});

describe('from started to accepted', () => {
  it('goes through every state, and back when something is missing', async () => {
    await openStep();
    await sayYes();
    await tap('step_started');
    expect(await step()).toMatchObject({ status: 'in_progress' });
    await tap('done');
    expect(await step()).toMatchObject({ status: 'done', doneOn: '2026-11-23' });
    await tap('step_sent_back');
    await submit(world, world.anna, { note: 'One name is missing' });
    expect(await step()).toMatchObject({ status: 'in_progress', doneOn: undefined });
    await tap('done');
    await tap('step_accepted');
    expect(await step()).toMatchObject({ status: 'accepted', acceptedOn: '2026-11-23' });
    expect(await history()).toEqual([
      'homework_agreed',
      'homework_started',
      'homework_done',
      'homework_reopened',
      'homework_done',
      'homework_accepted',
    ]);
    const log = await rowsOf(world.app.store, 'events');
    const reopened = log.find(({ kind }) => kind === 'homework_reopened');
    expect(reopened?.payload).toMatchObject({ note: 'One name is missing' });
  });

  it('a step of ours is handed over to a colleague', async () => {
    await openStep({ side: 'seller' });
    await tap('step_hand_over');
    await submit(world, world.anna, { person: 'U0BEN' });
    expect(await step()).toMatchObject({ doer: { name: 'Ben Okafor' } });
    expect(wordsOn(hub())).toContain('Our step · Ben Okafor');
  });

  it('refreshes the card it was opened from', async () => {
    await openStep();
    await tap('done');
    expect(wordsOn(world.anna.lastMessage('deal-acme'))).toContain('Done (1)');
  });
});

describe('a screen that is older than the step', () => {
  it('tapped twice changes it once', async () => {
    await openStep();
    await tap('step_pointless');
    await resend(world, 'block_actions');
    expect(await history()).toEqual(['homework_pointless']);
  });

  it('tapped again after better words changes nothing', async () => {
    await openStep({ whyForThem: 'Nobody is asked twice' });
    await tap('step_pointless');
    const sent = world.sandbox.deliveries.findLast(({ type }) => type === 'block_actions');
    await tap('step_reword');
    await submit(world, world.anna, { title: 'Name who signs' });
    if (sent) await world.sandbox.redeliver(sent);
    await world.sandbox.settled();
    expect(await step()).toMatchObject({ status: 'proposed', title: 'Name who signs' });
    expect(await history()).toEqual(['homework_pointless', 'homework_reworded']);
  });
});
