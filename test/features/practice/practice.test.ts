import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { SandboxMessage } from '../../../sandbox/server/contract.ts';
import { day, weekdays } from '../../../src/domain/calendar.ts';
import type { Person } from '../../../src/domain/person.ts';
import type { Practice } from '../../../src/domain/practice.ts';
import type { Review } from '../../../src/domain/review.ts';
import { startPractice, startSystemChange } from '../../../src/features/practice/start-practice.ts';
import { followUpIds } from '../../../src/slack/follow-up-actions.ts';
import { savePerson } from '../../../src/store/people.ts';
import { runDeal, settle, submit } from '../../support/deals.ts';
import { rowsOf } from '../../support/rows.ts';
import { actionsOn, answer, wordsOn } from '../../support/shown.ts';
import { type RitualWorld, released, startRitual } from '../reviews/ritual-world.ts';

let world: RitualWorld;

beforeEach(async () => {
  world = await startRitual();
});
afterEach(() => world.stop());

const practices = () => rowsOf(world.app.store, 'practices');
const promises = () => rowsOf(world.app.store, 'commitments');

async function choose(
  review: Review,
  given: Partial<Parameters<typeof startPractice>[1]> = {},
): Promise<Practice> {
  return world.app.store.transaction((tx) =>
    startPractice(tx, {
      workspaceId: review.workspaceId,
      reviewId: review.id,
      personId: world.rep.id,
      skill: 'negotiate',
      behaviour: 'Ask who signs in the first call',
      today: day('2026-11-23'),
      now: world.clock.now(),
      calendar: weekdays,
      ...given,
    }),
  );
}

async function show(who = world.anna): Promise<SandboxMessage> {
  await runDeal(world, who, 'practice');
  return answer(who);
}

async function press(
  who: RitualWorld['anna'],
  on: SandboxMessage,
  id: string,
  value?: string,
): Promise<void> {
  await settle(world, who.press(on, id, value === undefined ? {} : { value }));
  await world.deliver();
}

describe('the one thing', () => {
  it('is one at a time: the next one waits, and begins when the first was tried three times', async () => {
    await choose(await world.lose('Acme', released));
    const second = await choose(await world.lose('Globex', released), {
      behaviour: 'Count to five',
    });
    expect(second.state).toBe('queued');
    const shown = await show();
    expect(wordsOn(shown)).toContain('Ask who signs in the first call');
    expect(wordsOn(shown)).toContain('0 of 3 tries');
    expect(wordsOn(shown)).toContain('Waits its turn: Count to five');
    for (const _ of [1, 2, 3]) await press(world.anna, await show(), followUpIds.practiceTried);
    const rows = await practices();
    expect(rows.map(({ state, tries }) => [state, tries])).toEqual([
      ['done', 3],
      ['active', 0],
    ]);
    const tried = (await promises()).filter(({ kind }) => kind === 'try');
    expect(tried.map(({ state }) => state)).toEqual(['done', 'open']);
  });

  it('stays one when reviews end at the same moment', async () => {
    const reviews = await Promise.all(
      ['Acme', 'Globex', 'Initech', 'Hooli'].map((account) => world.lose(account, released)),
    );
    await Promise.all(reviews.map((review) => choose(review)));
    const states = (await practices()).map(({ state }) => state);
    expect(states.filter((state) => state === 'active')).toHaveLength(1);
    expect(states.filter((state) => state === 'queued')).toHaveLength(3);
  });

  it('stays one when two waiting areas are begun at the same moment', async () => {
    await choose(await world.lose('Acme', released));
    await choose(await world.lose('Globex', released), { behaviour: 'Two' });
    await choose(await world.lose('Hooli', released), { behaviour: 'Three' });
    world.clock.set('2027-01-04T14:30:00Z');
    const shown = await show();
    const [, two, three] = await practices();
    await settle(
      world,
      Promise.all([
        world.anna.press(shown, 'practice_switch', { value: two?.id ?? '' }),
        world.anna.press(shown, 'practice_switch', { value: three?.id ?? '' }),
      ]),
    );
    const active = (await practices()).filter(({ state }) => state === 'active');
    expect(active).toHaveLength(1);
  });

  it('chosen twice in one review is the same', async () => {
    const review = await world.lose('Acme', released);
    await choose(review, { observerId: world.peer.id });
    await choose(review, { observerId: world.peer.id, behaviour: 'Ask who pays' });
    expect((await practices()).map(({ behaviour }) => behaviour)).toEqual(['Ask who pays']);
    expect((await promises()).map(({ kind }) => kind)).toEqual(['try', 'observed_call']);
  });

  it('counts a click that is sent twice once', async () => {
    await choose(await world.lose('Acme', released));
    await press(world.anna, await show(), followUpIds.practiceTried);
    await world.sandbox.redeliverLast('block_actions');
    await world.sandbox.settled();
    expect((await practices())[0]?.tries).toBe(1);
  });

  it('gives way before its twenty business days only with the manager’s yes', async () => {
    await choose(await world.lose('Acme', released));
    await choose(await world.lose('Globex', released), { behaviour: 'Count to five' });
    await press(world.anna, await show(), 'practice_switch');
    expect((await practices()).map(({ state }) => state)).toEqual(['active', 'queued']);
    const asked = world.mia.dm().at(-1) as SandboxMessage;
    expect(asked.text).toContain('Anna Snelling would like to work on something else');
    await press(world.mia, asked, 'practice_allow');
    expect((await practices()).map(({ state }) => state)).toEqual(['switched', 'active']);
    const open = (await promises()).filter(({ state }) => state === 'open');
    expect(open).toHaveLength(1);
  });

  it('gives way by itself after twenty business days', async () => {
    await choose(await world.lose('Acme', released));
    await choose(await world.lose('Globex', released), { behaviour: 'Count to five' });
    world.clock.set('2026-12-21T14:30:00Z');
    await press(world.anna, await show(), 'practice_switch');
    expect((await practices()).map(({ state }) => state)).toEqual(['switched', 'active']);
  });

  it('takes a link and how they find it, for them and their manager alone', async () => {
    await choose(await world.lose('Acme', released));
    await press(world.anna, await show(), 'practice_edit');
    const bad = await submit(world, world.anna, { link: 'nowhere' });
    expect(bad.ok).toBe(false);
    await submit(world, world.anna, { link: 'https://example.com/silence', occasion: 'Tuesdays' });
    const shown = await show();
    expect(wordsOn(shown)).toContain('https://example.com/silence');
    const [row] = await practices();
    await settle(world, world.anna.choose(shown, 'practice_rate', `${row?.id} 2`));
    const manager = wordsOn(await show(world.mia));
    expect(manager).toContain('Anna Snelling: Ask who signs in the first call (“Mostly”)');
    const peer = wordsOn(await show(world.ben));
    expect(peer).not.toMatch(/Anna|Mostly/);
    expect(manager).not.toMatch(/\d (of|tries)/);
  });

  it('of somebody who left is closed as such', async () => {
    await choose(await world.lose('Acme', released), { observerId: world.peer.id });
    const gone: Person = { ...world.rep, active: false };
    await world.app.store.transaction((tx) => savePerson(tx, gone, world.clock.now()));
    await world.goTo('2026-11-24T12:00:00Z');
    expect((await practices()).map(({ state }) => state)).toEqual(['switched']);
    expect(new Set((await promises()).map(({ state }) => state))).toEqual(new Set(['cancelled']));
  });
});

describe('a call that is watched', () => {
  it('closes with the observer’s note alone, which asks what comes next and counts as a try', async () => {
    await choose(await world.lose('Acme', released), { observerId: world.peer.id });
    await world.deliver();
    const asked = world.ben.dm().at(-1) as SandboxMessage;
    expect(asked.text).toContain('Anna Snelling asks you to join a call of theirs by');
    const own = await show();
    expect(wordsOn(own)).toContain('To be watched (Ben Okafor)');
    expect(actionsOn(own)).not.toContain(followUpIds.commitmentNote);
    await press(world.ben, asked, followUpIds.commitmentNote);
    await submit(world, world.ben, { note: 'You asked, then filled the silence' });
    await world.deliver();
    const told = world.anna.dm().at(-1) as SandboxMessage;
    expect(told.text).toContain('You asked, then filled the silence');
    expect(actionsOn(told)).toEqual(['practice_next']);
    expect((await practices())[0]?.tries).toBe(1);
    await press(world.anna, told, 'practice_next');
    await submit(world, world.anna, { note: 'Count to five' });
    const call = (await promises()).find(({ kind }) => kind === 'observed_call');
    expect(call).toMatchObject({ state: 'done', nextTry: 'Count to five' });
    expect(wordsOn(world.ben.dm().at(-1) as SandboxMessage)).toContain('Your note is with them');
  });

  it('is arranged from the overview, and another observer takes the first one’s place', async () => {
    await choose(await world.lose('Acme', released));
    for (const person of ['U0BEN', 'U0MIA']) {
      await press(world.anna, await show(), followUpIds.practiceWatched);
      await submit(world, world.anna, { person, due_on: '2026-11-24' });
      await world.deliver();
    }
    const calls = (await promises()).filter(({ kind }) => kind === 'observed_call');
    expect(calls.map(({ observerId }) => observerId)).toEqual([world.boss.id]);
    expect(world.mia.dm().at(-1)?.text).toContain('asks you to join a call');
  });
});

describe('other promises', () => {
  it('shadowing closes with a phrase that is borrowed', async () => {
    await choose(await world.lose('Acme', released), { shadowId: world.peer.id });
    const shown = await show();
    await press(world.anna, shown, 'practice_close');
    expect((await submit(world, world.anna, { note: '' })).ok).toBe(false);
    await submit(world, world.anna, { note: 'What would have to be true?' });
    const shadow = (await promises()).find(({ kind }) => kind === 'shadow');
    expect(shadow).toMatchObject({ state: 'done', doneNote: 'What would have to be true?' });
  });

  it('a change of the system is the manager’s own, once a review', async () => {
    const review = await world.lose('Acme', released);
    const { workspaceId, id: reviewId } = review;
    const promise = { workspaceId, reviewId, personId: world.boss.id, what: 'Answer within a day' };
    const when = { dueOn: day('2026-12-10'), now: world.clock.now() };
    for (const _ of [1, 2]) {
      await world.app.store.transaction((tx) => startSystemChange(tx, { ...promise, ...when }));
    }
    expect(await promises()).toHaveLength(1);
    const shown = await show(world.mia);
    expect(wordsOn(shown)).toContain('Yours to change in how we are set up: Answer within a day');
    await press(world.mia, shown, 'practice_close');
    await submit(world, world.mia, { note: 'Ben answers for it now' });
    expect((await promises())[0]?.state).toBe('done');
  });
});

describe('a skill that comes up again', () => {
  it('after it was worked on is shown to its owner and their manager, and nobody else', async () => {
    const reasonCode = 'fit.no_problem';
    const before = { reasonCode, loggedAt: '2026-11-20T16:00:00Z' };
    await choose(await world.lose('Acme', released, {}, before), { skill: 'qualify' });
    for (const _ of [1, 2, 3]) await press(world.anna, await show(), followUpIds.practiceTried);
    expect(wordsOn(await show())).not.toContain('Came up again');
    await world.lose('Globex', released, {}, { reasonCode, loggedAt: '2026-12-14T16:00:00Z' });
    expect(wordsOn(await show())).toContain('Came up again in a later loss: qualifying.');
    expect(wordsOn(await show(world.mia))).toContain('Came up again: qualifying');
    expect(wordsOn(await show(world.ben))).not.toContain('qualifying');
  });

  it('in a quarter of finished reviews stands on the card beside the reason', async () => {
    const reasonCode = 'fit.no_problem';
    const complete = { ...released, state: 'complete', completedAt: world.clock.now() } as const;
    for (const account of ['Acme', 'Globex', 'Hooli']) {
      await world.lose(account, complete, {}, { reasonCode });
    }
    await world.lose('Initech', released, {}, { reasonCode });
    await world.goTo('2026-11-26T15:00:00Z');
    const card = world.tops().find(({ text }) => text.includes('Initech'));
    expect(wordsOn(card as SandboxMessage)).toContain(
      'Named in 3 of 3 finished reviews in 90 days: qualifying',
    );
  });
});
