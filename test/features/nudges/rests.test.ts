import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { SandboxMessage } from '../../../sandbox/server/contract.ts';
import type { OpenDeal } from '../../../src/domain/deal.ts';
import type { Homework } from '../../../src/domain/homework.ts';
import type { Person } from '../../../src/domain/person.ts';
import { type KeptRest, listRests } from '../../../src/store/nudge-rests.ts';
import { know, resend, runDeal, settle, submit } from '../../support/deals.ts';
import { startWorld, type World } from '../../support/homeroom.ts';
import { rowsOf } from '../../support/rows.ts';
import { createSeed, type Seed } from '../../support/seed.ts';
import { answer, inputsOn, wordsOn } from '../../support/shown.ts';

let world: World;
let seed: Seed;
let anna: Person;
let acme: OpenDeal;
let pack: Homework;
let terms: Homework;
let other: Homework;

/** Three steps of Anna's are due today, two of them on one deal. */
beforeEach(async () => {
  world = await startWorld();
  seed = createSeed(world.app, world.clock);
  anna = await seed.person('U0ANNA', 'Anna Snelling');
  acme = await seed.deal({ account: 'Acme', owner: anna });
  const hooli = await seed.deal({ account: 'Hooli', owner: anna });
  pack = await seed.step(acme, { title: 'Send the pack', dueOn: '2026-11-24', doer: anna });
  terms = await seed.step(acme, { title: 'Draft the terms', dueOn: '2026-11-24', doer: anna });
  other = await seed.step(hooli, { title: 'Book the room', dueOn: '2026-11-24', doer: anna });
  await world.goTo('2026-11-24T14:00:00Z');
});
afterEach(() => world.stop());

function bundle(): SandboxMessage {
  const newest = world.anna.dm().at(-1);
  if (!newest) throw new Error('Anna got no bundle.');
  return newest;
}

async function itemOf(step: Homework) {
  const items = await rowsOf(world.app.store, 'nudgeItems');
  const found = items.findLast(({ homeworkId }) => homeworkId === step.id);
  if (!found) throw new Error(`${step.title} was not asked about.`);
  return found;
}

async function snooze(step: Homework): Promise<void> {
  const { id } = await itemOf(step);
  await settle(world, world.anna.press(bundle(), 'nudge_more', { value: `${id} snooze` }));
}

function rests(): Promise<KeptRest[]> {
  const { app, clock } = world;
  return app.store.read((tx) => listRests(tx, app.workspaceId, [anna.id], clock.now()));
}

const answers = async () =>
  Promise.all([pack, terms, other].map(async (step) => (await itemOf(step)).answer));

describe('snoozing', () => {
  it('asks what and for how long, and for a day only when it is to be a day', async () => {
    await snooze(pack);
    const view = world.anna.topView();
    expect(wordsOn(view)).toContain('Acme · Core platform: a step of ours is due today');
    expect(inputsOn(view)).toEqual(['scope', 'length']);
    await settle(world, world.anna.choose(view, 'length', 'day'));
    expect(inputsOn(world.anna.topView())).toEqual(['scope', 'length', 'until']);
    await settle(world, world.anna.choose(world.anna.topView(), 'length', '4'));
    expect(inputsOn(world.anna.topView())).toEqual(['scope', 'length']);
  });

  it.each([
    ['4', '2026-11-24T19:00:00Z'],
    ['8', '2026-11-24T23:00:00Z'],
    ['24', '2026-11-26T21:00:00Z'],
    ['48', '2026-12-01T18:00:00Z'],
  ])('rests a question for %s business hours', async (length, until) => {
    world.clock.set('2026-11-24T15:00:00Z');
    await snooze(pack);
    await submit(world, world.anna, { length });
    expect(await rests()).toMatchObject([
      { scope: 'item', about: `step:${pack.id}`, untilAt: new Date(until) },
    ]);
  });

  it('shows the bundle again in place, with the others still open', async () => {
    await snooze(pack);
    await submit(world, world.anna);
    expect(world.anna.modals()).toEqual([]);
    expect(world.anna.dm()).toHaveLength(1);
    expect(wordsOn(bundle())).toContain('Snoozed: Send the pack · Acme · Core platform');
    expect(await answers()).toEqual(['snoozed', null, null]);
  });

  it('rests a question until a day begins where the reader is', async () => {
    await snooze(pack);
    await settle(world, world.anna.choose(world.anna.topView(), 'length', 'day'));
    await submit(world, world.anna, { until: '2026-12-01' });
    expect(await rests()).toMatchObject([{ untilAt: new Date('2026-12-01T05:00:00Z') }]);
  });

  it.each([
    [undefined, 'Pick the day you want to be asked again.'],
    ['2026-11-24', 'Pick tomorrow or a later day.'],
  ])('refuses the day %s', async (until, message) => {
    await snooze(pack);
    await settle(world, world.anna.choose(world.anna.topView(), 'length', 'day'));
    await submit(world, world.anna, { until: '2026-12-01' });
    const ack = await resend(world, 'view_submission', { values: { until } });
    expect(ack).toEqual({ response_action: 'errors', errors: { until: message } });
  });

  it('rests a whole deal with all its questions of the day', async () => {
    await snooze(pack);
    await submit(world, world.anna, { scope: 'deal' });
    expect(await rests()).toMatchObject([{ scope: 'deal', about: acme.id }]);
    expect(await answers()).toEqual(['snoozed', 'snoozed', null]);
  });

  it('mutes a kind until one says so', async () => {
    await snooze(pack);
    await submit(world, world.anna, { scope: 'kind', length: 'mute' });
    expect(await rests()).toMatchObject([{ scope: 'kind', about: 'item_due', untilAt: undefined }]);
    expect(await answers()).toEqual(['snoozed', 'snoozed', 'snoozed']);
  });

  it('rests once however often the form comes', async () => {
    await snooze(pack);
    await submit(world, world.anna, { length: '4' });
    await resend(world, 'view_submission');
    const kept = await rowsOf(world.app.store, 'nudgeRests');
    expect(kept).toHaveLength(1);
    expect(kept).toMatchObject([{ endedAt: null }]);
  });

  it('of a date that passed is refused, however it was asked for', async () => {
    await snooze(pack);
    const { app } = world;
    await app.store.transaction(async (tx) => {
      await tx.update(tx.tables.nudgeItems).set({ kind: 'date_passed' });
    });
    const result = await submit(world, world.anna, { length: 'mute' });
    expect(JSON.stringify(result)).toContain('Its date has passed: say how it ended');
    expect(await rests()).toEqual([]);
    expect(await answers()).toEqual([null, null, null]);
  });

  it('of a question that is somebody else’s is refused', async () => {
    const ben = await know(world, world.ben);
    await snooze(pack);
    await submit(world, world.anna);
    const { app } = world;
    await app.store.transaction(async (tx) => {
      await tx.update(tx.tables.nudgeItems).set({ personId: ben.id });
    });
    await resend(world, 'block_actions');
    expect(answer(world.anna).text).toContain('not yours');
    expect(world.anna.modals()).toEqual([]);
  });
});

describe('what rests', () => {
  async function restPack(values: Record<string, unknown>): Promise<void> {
    await snooze(pack);
    await submit(world, world.anna, values);
  }
  const next = '2026-11-30T14:00:00Z';
  const asksForPack = () => wordsOn(bundle()).includes('Send the pack');

  it('is not asked about in the next bundle', async () => {
    await restPack({ length: 'mute' });
    await world.goTo(next);
    expect(world.anna.dm()).toHaveLength(2);
    expect(asksForPack()).toBe(false);
  });

  it('is asked about again when its time is over', async () => {
    await restPack({ length: '4' });
    await world.goTo(next);
    expect(asksForPack()).toBe(true);
  });

  it('is asked about again when it was ended in the settings', async () => {
    await restPack({ length: 'mute' });
    await runDeal(world, world.anna, 'settings');
    expect(wordsOn(world.anna.topView())).toContain(
      'Send the pack · Acme · Core platform, until you say so',
    );
    await settle(world, world.anna.press(world.anna.topView(), 'settings_ask_again'));
    await world.goTo(next);
    expect(asksForPack()).toBe(true);
  });
});
