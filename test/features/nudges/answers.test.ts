import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { SandboxMessage } from '../../../sandbox/server/contract.ts';
import type { OpenDeal } from '../../../src/domain/deal.ts';
import type { Homework } from '../../../src/domain/homework.ts';
import type { Person } from '../../../src/domain/person.ts';
import { finishHomework } from '../../../src/features/plan/change-homework.ts';
import { moveModalIds } from '../../../src/features/plan/change-modals.ts';
import { stepIds } from '../../../src/slack/step-actions.ts';
import { closeDeal } from '../../../src/store/deals.ts';
import { listHomework } from '../../../src/store/homework.ts';
import { startWorld, type World } from '../../support/homeroom.ts';
import { rowsOf } from '../../support/rows.ts';
import { createSeed, type Seed } from '../../support/seed.ts';

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
  pack = await seed.step(acme, { title: 'Send the pack', dueOn: '2026-11-24', doer: anna });
  signers = await seed.step(acme, { title: 'Name signers', dueOn: '2026-11-26', doer: 'Dana Lee' });
  await world.goTo('2026-11-24T14:00:00Z');
});
afterEach(() => world.stop());

const bundle = (): SandboxMessage => world.anna.dm()[0] as SandboxMessage;
const shown = () => JSON.stringify(bundle().blocks);

async function press(action: string, step: Homework): Promise<void> {
  await world.anna.press(bundle(), action, { value: step.id });
  await world.sandbox.settled();
}

const saved = () => world.app.store.read((tx) => listHomework(tx, acme.id));

describe('a bundle', () => {
  it('changes in place when a step is done', async () => {
    await press(stepIds.done, pack);
    expect(await saved()).toMatchObject([
      { id: pack.id, status: 'done', doneOn: '2026-11-24' },
      { id: signers.id, status: 'proposed' },
    ]);
    expect(world.anna.dm()).toHaveLength(1);
    expect(bundle().text).toMatch(/^1 step to look at: 1 coming up\.\nName signers/);
    expect(shown()).toContain('Done: ');
    expect(bundle().blocks.filter(({ type }) => type === 'actions')).toHaveLength(1);
  });

  it('says thank you when everything is answered', async () => {
    await press(stepIds.done, pack);
    await press(stepIds.done, signers);
    expect(bundle().text).toBe('All answered. Thank you.');
    expect(bundle().blocks.filter(({ type }) => type === 'actions')).toEqual([]);
  });

  it('takes a tap on a step that somebody else has done as no error, and shows it', async () => {
    const deps = { store: world.app.store, clock: world.clock };
    const ben = await seed.person('U0BEN', 'Ben Okafor', { role: 'admin' });
    await finishHomework(deps, ben, pack.id);
    await press(stepIds.done, pack);
    expect(world.anna.ephemerals()).toEqual([]);
    expect(shown()).toContain('Done: ');
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
    await press(stepIds.move, pack);
    const modal = world.anna.topView();
    expect(await world.anna.submit(modal, { [moveModalIds.dueOn]: '2026-12-01' })).toEqual({
      ok: true,
    });
    await world.sandbox.settled();
    expect(world.anna.modals()).toEqual([]);
    expect(world.anna.dm()).toHaveLength(1);
    expect(shown()).toContain('Now due Tue 1 Dec: ');
    expect((await saved()).find(({ id }) => id === pack.id)).toMatchObject({
      dueOn: '2026-12-01',
      originalDueOn: '2026-11-24',
    });
  });

  it('stays as it is when the other date is in the past', async () => {
    await press(stepIds.move, pack);
    const modal = world.anna.topView();
    const result = await world.anna.submit(modal, { [moveModalIds.dueOn]: '2026-11-20' });
    expect(result.errors?.[moveModalIds.dueOn]).toMatch(/\S/);
    expect(world.anna.modals()).toHaveLength(1);
    expect(shown()).not.toContain('Now due');
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
