import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { elementsIn, optionsOf } from '../../../sandbox/server/blocks.ts';
import type { SandboxMessage } from '../../../sandbox/server/contract.ts';
import type { Deal } from '../../../src/domain/deal.ts';
import type { Person } from '../../../src/domain/person.ts';
import { readIds } from '../../../src/features/feedback/withdrawal-messages.ts';
import { withdrawalIds } from '../../../src/features/feedback/withdrawal-results.ts';
import { know, resend, resubmit, runDeal, settle, submit } from '../../support/deals.ts';
import { startWorld, type World } from '../../support/homeroom.ts';
import { addContact } from '../../support/lost.ts';
import { plantDeal } from '../../support/planted.ts';
import { rowsOf } from '../../support/rows.ts';
import { actionsOn, inputsOn, wordsOn } from '../../support/shown.ts';

let world: World;
let anna: Person;
let ben: Person;
let acme: Deal;

beforeEach(async () => {
  world = await startWorld();
  ben = await know(world, world.ben, { role: 'manager' });
  anna = await know(world, world.anna, { managerId: ben.id });
  acme = await plantDeal(world, anna, {
    problem: 'Invoices leave a week late',
    costOfMissing: 'about €40,000 a year',
  });
  await addContact(world, acme);
});
afterEach(() => world.stop());

const gate = {
  ticks: ['problem', 'issues', 'power', 'picture'],
  kind: 'nod.outcome',
  lighter: ['one_option', 'end_search', 'less_risk'],
};
const ours =
  'First, on us: we did not give you enough to feel safe saying yes. What was missing: a talk with a customer like you.';

const view = () => world.anna.topView();
const toBen = () => world.ben.dm().at(-1) as SandboxMessage;
const losses = () => rowsOf(world.app.store, 'losses');

async function openNote(values: Record<string, unknown> = {}) {
  await runDeal(world, world.anna, 'note Acme');
  return submit(world, world.anna, { ...gate, ...values } as Parameters<typeof submit>[2]);
}

async function write(values: Record<string, string> = {}) {
  await openNote();
  const result = await submit(world, world.anna, { ours, ...values });
  await world.deliver();
  return result;
}

async function pressed(id: string): Promise<void> {
  await settle(world, world.ben.press(toBen(), id));
  await world.deliver();
}

describe('the gate of the withdrawal note', () => {
  it('needs all four ticks, and says what is not true yet', async () => {
    const result = await openNote({ ticks: ['problem', 'picture'] });
    expect(result.errors?.['ticks']).toContain(
      'Not yet true: what stands in the way is named; people with power are involved.',
    );
  });

  it('needs fear: who decided for good reasons is thanked, and that is all', async () => {
    await openNote({ kind: 'rational' });
    expect(view().title.text).toBe('Thank them');
    expect(JSON.stringify(view().blocks)).toContain('Thank you for telling us plainly.');
    expect(wordsOn(view())).toContain('/deal lost Acme keeps how it ended');
  });

  it('sends who does not know why to ask them', async () => {
    expect((await openNote({ kind: 'unknown' })).errors?.['kind']).toContain('Ask them first');
  });

  it('goes over the three lighter moves first', async () => {
    const result = await openNote({ lighter: ['one_option'] });
    expect(result.errors?.['lighter']).toContain('Lighter, so first: end the searching');
  });

  it('opens three parts, begun in their words and figures', async () => {
    await openNote();
    expect(inputsOn(view())).toEqual(['contact_name', 'ours', 'figures', 'theirs', 'away']);
    const words = JSON.stringify(view().blocks);
    expect(words).toContain('you wanted to fix this: Invoices leave a week late.');
    expect(words).toContain('By your own figures: about €40,000 a year.');
    expect(words).toContain('"initial_value":"Dana Lee"');
  });

  it('offers to walk away and to go higher up beside the note', async () => {
    await runDeal(world, world.anna, 'note Acme');
    const ways = elementsIn(view().blocks).find(({ actionId }) => actionId === 'way');
    const values = ways ? optionsOf(ways.element).map(({ value }) => value) : [];
    expect(values).toEqual(['note', 'higher', 'leave']);
  });

  it('says that leaving without a word helps nobody', async () => {
    await openNote({ way: 'leave', ticks: [] });
    expect(wordsOn(view())).toContain('helps nobody at Acme');
  });
});

describe('going higher up', () => {
  it('needs the manager’s yes', async () => {
    await openNote({ way: 'higher', higher: 'Their COO, with their own figures' });
    await world.deliver();
    expect(wordsOn(view())).toContain('Nothing goes to anybody higher up before their yes.');
    expect(toBen().text).toContain('would like to go to somebody higher up on Acme');
    await pressed(readIds.fine);
    expect(world.anna.dm().at(-1)?.text).toBe('Ben says yes on Acme · Core platform: go to them.');
    expect(await losses()).toEqual([]);
  });

  it('goes nowhere while the manager has not answered, or would like to talk', async () => {
    await openNote({ way: 'higher', higher: 'Their COO, with their own figures' });
    await world.deliver();
    await runDeal(world, world.anna, 'note Acme');
    expect(wordsOn(view())).toContain('Ben has it to read.');
    expect(view().submit).toBeUndefined();
    await pressed(readIds.talk);
    await runDeal(world, world.anna, 'note Acme');
    expect(wordsOn(view())).toContain('Ben would like to talk about it first.');
    expect(await losses()).toEqual([]);
  });

  it('asks to whom and with what', async () => {
    const result = await openNote({ way: 'higher' });
    expect(result.errors?.['higher']).toContain('To whom, and with what is missing.');
  });

  it('is refused where nobody can say yes', async () => {
    await know(world, world.anna, { managerId: undefined });
    const result = await openNote({ way: 'higher', higher: 'Their COO' });
    expect(result.errors?.['way']).toContain('Nobody is above you to say yes to that.');
  });
});

describe('the withdrawal note', () => {
  it('shows every fault under its own part, and is kept only without one', async () => {
    const result = await write({
      ours: 'You were not ready.',
      theirs: 'It costs 90,000 and there is a discount.',
      away: 'Let me know by Friday.',
    });
    expect(new Set(Object.keys(result.errors ?? {}))).toEqual(new Set(['ours', 'theirs', 'away']));
    expect(result.errors?.['theirs']).toContain('“discount” is about price');
    expect(result.errors?.['theirs']).toContain('90000 is not a figure of theirs');
    expect(toBen()).toBeUndefined();
  });

  it('is read by the manager before anybody sends it', async () => {
    await write();
    expect(wordsOn(view())).toContain('Ben has it to read.');
    expect(view().submit).toBeUndefined();
    expect(toBen().text).toContain('What was missing: a talk with a customer like you.');
    expect(actionsOn(toBen())).toEqual([readIds.fine, readIds.talk]);
    await pressed(readIds.talk);
    expect(world.anna.dm().at(-1)?.text).toContain('would like to talk first');
    await pressed(readIds.fine);
    expect(actionsOn(toBen())).toEqual([]);
    expect(actionsOn(world.anna.dm().at(-1) as SandboxMessage)).toEqual([withdrawalIds.open]);
  });

  it('ends the deal once a person has sent it: we stepped away, with quiet for 60 days', async () => {
    await write();
    await pressed(readIds.fine);
    const told = world.anna.dm().at(-1) as SandboxMessage;
    await settle(world, world.anna.press(told, withdrawalIds.open));
    expect(view().submit?.text).toBe('I sent it');
    await submit(world, world.anna);
    await resubmit(world);
    expect(await losses()).toMatchObject([
      {
        outcome: 'we_withdrew',
        underlyingOutcome: 'none',
        noDecisionKind: 'fear',
        reasonCode: 'nod.outcome',
      },
    ]);
    expect(await rowsOf(world.app.store, 'revisits')).toMatchObject([{ on: '2027-01-22' }]);
    expect(await rowsOf(world.app.store, 'feedbackRequests')).toEqual([]);
  });

  it('keeps what held them back with the loss, and the line that is ours to learn from', async () => {
    await know(world, world.anna, { managerId: undefined });
    await openNote({ fear_tags: ['standing', 'accountable'] });
    await submit(world, world.anna, { ours });
    expect(wordsOn(view())).not.toContain('standing');
    await submit(world, world.anna);
    expect(await losses()).toMatchObject([
      {
        noDecisionKind: 'fear',
        fearTags: ['accountable', 'standing'],
        ownWords: 'What was missing: a talk with a customer like you.',
      },
    ]);
  });

  it('keeps the ticks of the last gate alone', async () => {
    await know(world, world.anna, { managerId: undefined });
    await openNote({ fear_tags: ['new'] });
    await submit(world, world.anna, { ours });
    world.clock.set('2026-11-23T15:30:00Z');
    await settle(world, world.anna.press(view(), withdrawalIds.again));
    await submit(world, world.anna, { ...gate, fear_tags: ['change'] });
    await submit(world, world.anna, { ours });
    await submit(world, world.anna);
    expect(await losses()).toMatchObject([{ noDecisionKind: 'fear', fearTags: ['change'] }]);
  });

  it('tells the manager that it waits for them, when they open it', async () => {
    await write();
    await runDeal(world, world.ben, 'note Acme');
    expect(wordsOn(world.ben.topView())).toContain('It waits for you to read it');
  });

  it('goes on without a reader where nobody is above the owner', async () => {
    await know(world, world.anna, { managerId: undefined });
    await write();
    expect(view().submit?.text).toBe('I sent it');
    await submit(world, world.anna);
    expect(await losses()).toHaveLength(1);
    expect(world.ben.dm()).toEqual([]);
  });

  it('is not sent as an older one that was rewritten since', async () => {
    await write();
    await pressed(readIds.fine);
    await runDeal(world, world.anna, 'note Acme');
    await settle(world, world.anna.press(view(), withdrawalIds.again));
    await submit(world, world.anna, gate);
    await submit(world, world.anna, { ours: `${ours} And we came too late.` });
    await world.deliver();
    expect(view().submit).toBeUndefined();
    expect(wordsOn(view())).toContain('Ben has it to read.');
  });

  it('is answered by its own reader alone', async () => {
    await write();
    await know(world, world.admin, { role: 'admin' });
    await pressed(readIds.talk);
    const { payload } = world.sandbox.deliveries.findLast(
      ({ type }) => type === 'block_actions',
    ) as unknown as { payload: { user: { id: string }; actions: { action_id: string }[] } };
    payload.user.id = world.admin.id;
    Object.assign(payload.actions[0] ?? {}, { action_id: readIds.fine });
    await resend(world, 'block_actions');
    const read = (await rowsOf(world.app.store, 'events')).filter(
      ({ kind }) => kind === 'withdrawal_read',
    );
    expect(read.map(({ actorId }) => actorId)).toEqual([ben.id]);
  });
});
