import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { day } from '../../../src/domain/calendar.ts';
import type { OpenDeal } from '../../../src/domain/deal.ts';
import type { Homework } from '../../../src/domain/homework.ts';
import type { Person } from '../../../src/domain/person.ts';
import { closeDeal } from '../../../src/store/deals.ts';
import { changeHomework, type HomeworkChange } from '../../../src/store/homework.ts';
import { keepCalm } from '../../support/calm.ts';
import { startWorld, type World } from '../../support/homeroom.ts';
import { rowsOf } from '../../support/rows.ts';
import { createSeed, type Seed } from '../../support/seed.ts';

let world: World;
let seed: Seed;
let anna: Person;
let acme: OpenDeal;

beforeEach(async () => {
  world = await startWorld();
  seed = createSeed(world.app, world.clock);
  anna = await seed.person('U0ANNA', 'Anna Snelling');
  acme = await seed.deal({ account: 'Acme', owner: anna });
  await keepCalm(world, seed, acme);
});
afterEach(() => world.stop());

const tuesday = '2026-11-24T14:00:00Z';

function pack(dueOn: string, doer: Person | string = anna): Promise<Homework> {
  return seed.step(acme, { title: 'Send the pack', dueOn, doer });
}

function change(step: Homework, to: HomeworkChange): Promise<boolean> {
  return world.app.store.transaction((tx) => changeHomework(tx, world.app.workspaceId, step, to));
}

describe('nobody is asked', () => {
  it.each<[string, HomeworkChange]>([
    ['done', { status: 'done', doneOn: day('2026-11-23') }],
    ['dropped', { status: 'dropped', dropReason: 'Their legal team does it' }],
    ['moved to a later day', { dueOn: day('2026-12-10') }],
  ])('about a step that was %s', async (_name, to) => {
    await change(await pack('2026-11-24'), to);
    await world.goTo(tuesday);
    expect(world.anna.dm()).toEqual([]);
  });

  it.each(['won', 'lost', 'invalid'] as const)('about a deal that is %s', async (status) => {
    await pack('2026-11-24');
    const end = { status, closedOn: day('2026-11-23'), closedAt: world.clock.now() };
    await world.app.store.transaction((tx) => closeDeal(tx, acme, end));
    await world.goTo(tuesday);
    expect(world.anna.dm()).toEqual([]);
  });

  it('about a step of theirs that somebody still has to word better', async () => {
    await change(await pack('2026-11-24', 'Dana Lee'), { status: 'needs_rewrite' });
    await world.goTo(tuesday);
    expect(world.anna.dm()).toEqual([]);
  });

  it('about a step that was due the day before: it has until the day after', async () => {
    await pack('2026-11-23');
    await world.goTo(tuesday);
    expect(world.anna.dm()).toEqual([]);
  });

  it('about a step whose day is more than two business days ahead', async () => {
    await pack('2026-11-27');
    await world.goTo(tuesday);
    expect(world.anna.dm()).toEqual([]);
  });

  it('when everything was answered between planning and sending', async () => {
    const step = await pack('2026-11-24');
    world.clock.set(tuesday);
    await world.app.heartbeat.tick();
    await change(step, { status: 'done', doneOn: day('2026-11-24') });
    expect(await world.app.dispatcher.runUntilIdle()).toMatchObject({ sent: 0, dropped: 1 });
    expect(world.anna.dm()).toEqual([]);
    const rows = await rowsOf(world.app.store, 'outbox');
    expect(rows).toMatchObject([{ state: 'dropped', detail: 'nothing left to ask' }]);
  });

  it('twice about a step that is still ahead', async () => {
    await pack('2026-11-26');
    await world.goTo(tuesday);
    await world.goTo('2026-11-25T14:00:00Z');
    expect(world.anna.dm()).toHaveLength(1);
    await world.goTo('2026-11-26T14:00:00Z');
    expect(world.anna.dm()).toHaveLength(2);
    expect(world.anna.dm()[1]?.text).toContain('Today: “Send the pack” for Acme.');
  });
});

describe('a step that was announced', () => {
  it('is announced again ahead of its new day', async () => {
    const step = await pack('2026-11-26');
    await world.goTo(tuesday);
    await change(step, { dueOn: day('2026-12-03') });
    await world.goTo('2026-11-30T14:00:00Z');
    expect(world.anna.dm()).toHaveLength(1);
    await world.goTo('2026-12-01T14:00:00Z');
    expect(world.anna.dm()[1]?.text).toContain(
      'Thu 3 Dec is the day for “Send the pack”. All set for it?',
    );
  });

  it('is announced the next morning when the announcement was never sent', async () => {
    await pack('2026-11-26');
    world.sandbox.faults.add({ method: 'chat.postMessage', kind: 'platform', error: 'no_text' });
    await world.goTo(tuesday);
    world.sandbox.faults.clear();
    expect(world.anna.dm()).toEqual([]);
    await world.goTo('2026-11-25T14:00:00Z');
    expect(world.anna.dm()).toHaveLength(1);
  });
});

describe('the person who is asked', () => {
  it('is the deal’s owner about the buyer’s step, and the doer about ours', async () => {
    const ben = await seed.person('U0BEN', 'Ben Okafor');
    await pack('2026-11-24', 'Dana Lee');
    await seed.step(acme, { title: 'Draft the contract', dueOn: '2026-11-24', doer: ben });
    await world.goTo(tuesday);
    expect(world.anna.dm().map(({ text }) => text.includes('Send the pack'))).toEqual([true]);
    expect(world.ben.dm().map(({ text }) => text.includes('Draft the contract'))).toEqual([true]);
    expect(world.ben.dm()[0]?.text).not.toContain('Send the pack');
  });

  it('is the owner about the step of a colleague who left or has no Slack account', async () => {
    const lou = await seed.person('U0LEFT', 'Lou Left', { active: false });
    const sam = await seed.person(undefined, 'Sam Crm');
    await pack('2026-11-24', lou);
    await seed.step(acme, { title: 'Draft the contract', dueOn: '2026-11-24', doer: sam });
    await world.goTo(tuesday);
    expect(world.anna.dm()).toHaveLength(1);
    expect(world.anna.dm()[0]?.text).toMatch(/Send the pack.*\n.*Draft the contract/);
  });

  it('is nobody when the owner has left as well', async () => {
    const lou = await seed.person('U0LEFT', 'Lou Left', { active: false });
    const globex = await seed.deal({ account: 'Globex', owner: lou });
    await seed.step(globex, { title: 'Send the pack', dueOn: '2026-11-24', doer: lou });
    await world.goTo(tuesday);
    expect(world.sandbox.calls.filter(({ method }) => method === 'chat.postMessage')).toEqual([]);
  });
});
