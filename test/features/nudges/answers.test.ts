import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { SandboxMessage } from '../../../sandbox/server/contract.ts';
import { plainCalendars } from '../../../src/domain/calendar.ts';
import type { OpenDeal } from '../../../src/domain/deal.ts';
import type { Homework } from '../../../src/domain/homework.ts';
import type { NudgeItemId } from '../../../src/domain/ids.ts';
import type { Person } from '../../../src/domain/person.ts';
import { answerNudge } from '../../../src/features/nudges/answer-nudge.ts';
import { nudgeIds } from '../../../src/features/nudges/nudge-buttons.ts';
import { finishHomework } from '../../../src/features/plan/change-homework.ts';
import { moveModalIds } from '../../../src/features/plan/change-modals.ts';
import { stepIds } from '../../../src/slack/step-actions.ts';
import { closeDeal } from '../../../src/store/deals.ts';
import { listHomework } from '../../../src/store/homework.ts';
import { keepCalm } from '../../support/calm.ts';
import { startWorld, type World } from '../../support/homeroom.ts';
import { rowsOf } from '../../support/rows.ts';
import { createSeed, type Seed } from '../../support/seed.ts';
import { wordsOn } from '../../support/shown.ts';

let world: World;
let seed: Seed;
let anna: Person;
let acme: OpenDeal;
let pack: Homework;
let signers: Homework;

beforeEach(async () => {
  world = await startWorld();
  seed = createSeed(world.app, world.clock);
  anna = await seed.person('U0ANNA', 'Anna Snelling');
  acme = await seed.deal({ account: 'Acme', owner: anna });
  await keepCalm(world, seed, acme);
  pack = await seed.step(acme, { title: 'Send the pack', dueOn: '2026-11-24', doer: anna });
  signers = await seed.step(acme, { title: 'Name signers', dueOn: '2026-11-26', doer: 'Dana Lee' });
  await world.goTo('2026-11-24T14:00:00Z');
});
afterEach(() => world.stop());

const bundle = (): SandboxMessage => world.anna.dm()[0] as SandboxMessage;
const shown = () => wordsOn(bundle());

async function press(action: string, step: Homework): Promise<void> {
  await world.anna.press(bundle(), action, { value: step.id });
  await world.sandbox.settled();
}

/** The two steps, in the order of their days. */
const saved = async () => {
  const all = await world.app.store.read((tx) => listHomework(tx, acme.id));
  return all.filter(({ id }) => id === pack.id || id === signers.id);
};
const items = () => rowsOf(world.app.store, 'nudgeItems');

/** The question about a step. */
async function itemOf(step: Homework): Promise<string> {
  const item = (await items()).find(({ homeworkId }) => homeworkId === step.id);
  if (!item) throw new Error(`Nobody is asked about ${step.title}.`);
  return item.id;
}

async function say(answer: string, step: Homework): Promise<void> {
  await world.anna.press(bundle(), `${nudgeIds.say}_${answer}`, { value: await itemOf(step) });
  await world.sandbox.settled();
}

describe('a bundle', () => {
  it('changes in place when a step is done', async () => {
    await press(stepIds.done, pack);
    expect(await saved()).toMatchObject([
      { id: pack.id, status: 'done', doneOn: '2026-11-24' },
      { id: signers.id, status: 'proposed' },
    ]);
    expect(world.anna.dm()).toHaveLength(1);
    expect(bundle().text).toMatch(
      /^One question for today\.\nAcme · Core platform: “Name signers” is meant for Dana Lee/,
    );
    expect(shown()).toContain('Done: Send the pack · Acme · Core platform');
    expect(bundle().blocks.filter(({ type }) => type === 'actions')).toHaveLength(1);
  });

  it('says thank you when everything is answered', async () => {
    await press(stepIds.done, pack);
    await press(stepIds.asked, signers);
    expect((await saved()).find(({ id }) => id === signers.id)).toMatchObject({
      status: 'proposed',
      askedOn: '2026-11-24',
    });
    expect(bundle().text).toBe('All answered. Thank you.');
    expect(bundle().blocks.filter(({ type }) => type === 'actions')).toEqual([]);
  });

  it('takes a tap on a step that somebody else has done as no error, and shows it', async () => {
    const deps = { store: world.app.store, clock: world.clock };
    const ben = await seed.person('U0BEN', 'Ben Okafor', { role: 'admin' });
    await finishHomework(deps, ben, pack.id);
    await press(stepIds.done, pack);
    expect(world.anna.ephemerals()).toEqual([]);
    expect(shown()).toContain('Done: Send the pack');
    const history = await rowsOf(world.app.store, 'events');
    expect(history.map(({ kind, actorId }) => [kind, actorId])).toEqual([
      ['homework_done', ben.id],
    ]);
  });

  it('counts a step pressed twice at once as done once', async () => {
    const message = bundle();
    await Promise.all([
      world.anna.press(message, stepIds.done, { value: pack.id }),
      world.anna.press(message, stepIds.done, { value: pack.id }),
    ]);
    await world.sandbox.settled();
    const history = await rowsOf(world.app.store, 'events');
    expect(history.map(({ kind }) => kind)).toEqual(['homework_done']);
    expect(world.anna.ephemerals()).toEqual([]);
  });

  it('changes in place when a step gets another date', async () => {
    await press(stepIds.move, signers);
    const modal = world.anna.topView();
    expect(await world.anna.submit(modal, { [moveModalIds.dueOn]: '2026-12-01' })).toEqual({
      ok: true,
    });
    await world.sandbox.settled();
    expect(world.anna.modals()).toEqual([]);
    expect(world.anna.dm()).toHaveLength(1);
    expect(shown()).toContain(
      'Another date: Name signers · Acme · Core platform, now due Tue 1 Dec',
    );
    expect(bundle().text).toMatch(/^One question for today\.\n.*“Send the pack”/);
    expect((await saved()).find(({ id }) => id === signers.id)).toMatchObject({
      dueOn: '2026-12-01',
      originalDueOn: '2026-11-26',
    });
  });

  it('stays as it is when the other date is in the past', async () => {
    await press(stepIds.move, signers);
    const modal = world.anna.topView();
    const result = await world.anna.submit(modal, { [moveModalIds.dueOn]: '2026-11-20' });
    expect(result.errors?.[moveModalIds.dueOn]).toMatch(/\S/);
    expect(world.anna.modals()).toHaveLength(1);
    expect(shown()).not.toContain('now due');
    expect(bundle().text).toMatch(/^2 questions for today/);
  });

  it('says why nothing changes when the deal was closed meanwhile', async () => {
    const end = { status: 'won', closedOn: acme.openedOn, closedAt: world.clock.now() } as const;
    await world.app.store.transaction((tx) => closeDeal(tx, acme, end));
    await press(stepIds.done, pack);
    const [told, ...more] = world.anna.ephemerals();
    expect(more).toEqual([]);
    expect(told?.text).toMatch(
      /^Acme · Core platform was won on .*, so its plan no longer changes/,
    );
    expect((await saved()).map(({ status }) => status)).toEqual(['proposed', 'proposed']);
  });
});

describe('an answer that changes nothing in the plan', () => {
  it('is kept with its day and with when to look again, and stays as a line', async () => {
    await say('by_tonight', pack);
    expect((await items()).find(({ homeworkId }) => homeworkId === pack.id)).toMatchObject({
      answer: 'by_tonight',
      answeredById: anna.id,
      answeredAt: world.clock.now(),
      nextCheckOn: '2026-11-25',
    });
    expect(shown()).toContain('By tonight: Send the pack · Acme · Core platform');
    expect(bundle().text).toMatch(/^One question for today\.\n.*“Name signers”/);
    expect((await saved()).map(({ status }) => status)).toEqual(['proposed', 'proposed']);
  });

  it('stands as it was given first, however often it is pressed', async () => {
    const message = bundle();
    const value = await itemOf(pack);
    const action = `${nudgeIds.say}_by_tonight`;
    await Promise.all([1, 2].map(() => world.anna.press(message, action, { value })));
    await world.sandbox.settled();
    const deps = { store: world.app.store, clock: world.clock, calendars: plainCalendars };
    await answerNudge(deps, anna, value as NudgeItemId, 'on_track');
    expect((await items()).find(({ homeworkId }) => homeworkId === pack.id)).toMatchObject({
      answer: 'by_tonight',
      nextCheckOn: '2026-11-25',
    });
    expect(world.anna.ephemerals()).toEqual([]);
  });

  it('is refused to whoever it was not asked of', async () => {
    const ben = await seed.person('U0BEN', 'Ben Okafor', { role: 'admin' });
    const deps = { store: world.app.store, clock: world.clock, calendars: plainCalendars };
    const value = (await itemOf(pack)) as NudgeItemId;
    expect(await answerNudge(deps, ben, value, 'on_track')).toMatchObject({
      code: 'item_not_found',
    });
    expect((await items()).map(({ answer }) => answer)).toEqual([null, null]);
  });

  it('of what was done or asked is kept as a change', async () => {
    await press(stepIds.done, pack);
    await press(stepIds.asked, signers);
    expect((await items()).map(({ answer, nextCheckOn }) => [answer, nextCheckOn])).toEqual([
      ['changed', null],
      ['changed', null],
    ]);
  });

  it('is no answer to the other questions', async () => {
    await say('by_tonight', pack);
    expect((await items()).find(({ homeworkId }) => homeworkId === signers.id)).toMatchObject({
      answer: null,
      answeredAt: null,
    });
  });
});
