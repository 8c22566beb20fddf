import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Deal } from '../../../src/domain/deal.ts';
import type { Person } from '../../../src/domain/person.ts';
import { addHelper } from '../../../src/store/deals.ts';
import { allDeals, know, resubmit, runDeal, settle, stepsOf, submit } from '../../support/deals.ts';
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
  await addSteps(world, acme, [
    { title: 'List who signs' },
    { title: 'Send the pack', side: 'seller' },
    { title: 'Held long ago', side: 'seller', status: 'done' },
  ]);
});
afterEach(() => world.stop());

const kinds = async () => (await rowsOf(world.app.store, 'events')).map(({ kind }) => kind);

async function handOver(to = 'U0BEN') {
  await runDeal(world, world.anna, 'reassign acme');
  return submit(world, world.anna, { new_owner: to });
}

describe('/deal reassign', () => {
  it('gives the deal and our open promises to a colleague, visibly', async () => {
    expect(await handOver()).toEqual({ ok: true });
    expect(await allDeals(world)).toMatchObject([{ ownerId: ben.id }]);
    const doers = new Map((await stepsOf(world, acme.id)).map((step) => [step.title, step.doer]));
    expect(doers.get('Send the pack')?.personId).toBe(ben.id);
    expect(doers.get('Held long ago')?.personId).toBe(anna.id);
    expect(doers.get('List who signs')?.name).toBe('Dana Lee');
    const log = await rowsOf(world.app.store, 'events');
    expect(log.map(({ kind }) => kind)).toEqual(['deal_reassigned', 'homework_reassigned']);
    expect(log[0]).toMatchObject({ payload: { from: anna.id, to: ben.id } });
    expect(wordsOn(world.anna.topView())).toContain('is Ben Okafor’s now. 1 open step went along.');
  });

  it('sends the new owner one pack, which they take once', async () => {
    await handOver();
    await resubmit(world);
    await world.deliver();
    const [pack, ...more] = world.ben.dm().filter(({ text }) => text.includes('is yours now'));
    expect(more).toEqual([]);
    if (!pack) throw new Error('no pack');
    expect(wordsOn(pack)).toContain('Anna Snelling had it before.');
    expect(wordsOn(pack)).toContain('Decision Fri 18 Dec');
    expect(wordsOn(pack)).toContain('Send the pack — Ben Okafor, by Fri 27 Nov');
    expect(pack.text).toContain('Last in touch: No word was noted down.');
    expect(pack.text).toContain('Open risks: ');
    await settle(world, world.ben.press(pack, 'lifecycle_have_it'));
    const taken = world.ben.dm().find(({ ts }) => ts === pack.ts) ?? pack;
    expect(wordsOn(taken)).toContain('You said you have it.');
    expect(actionsOn(taken)).toEqual([]);
    await world.sandbox.redeliverLast('block_actions');
    await world.sandbox.settled();
    expect((await kinds()).filter((kind) => kind === 'handover_accepted')).toHaveLength(1);
  });

  it('sends no pack when the deal ended before it went out', async () => {
    await handOver();
    await runDeal(world, world.ben, 'won acme');
    await submit(world, world.ben);
    await world.deliver();
    const packs = (await rowsOf(world.app.store, 'outbox')).filter(
      ({ kind }) => kind === 'handover_sent',
    );
    expect(packs).toMatchObject([{ state: 'dropped' }]);
  });

  it.each([
    ['somebody who left', 'U0LEFT', /no longer in this workspace/],
    ['a guest', 'U0GUEST', /is a guest here/],
    ['an app', 'U0ROBOT', /is an app/],
  ])('refuses %s as the new owner', async (_who, id, words) => {
    expect(await handOver(id)).toMatchObject({
      errors: { new_owner: expect.stringMatching(words) },
    });
    expect(await allDeals(world)).toMatchObject([{ ownerId: anna.id, version: 1 }]);
  });

  it('is not for helpers, who may change the plan but not give the deal away', async () => {
    await world.app.store.transaction((tx) =>
      addHelper(tx, world.app.workspaceId, acme.id, ben.id),
    );
    await runDeal(world, world.ben, 'reassign acme');
    expect(answer(world.ben).text).toContain('is Anna Snelling’s to hand over.');
    expect(world.ben.modals()).toEqual([]);
  });

  it('is for the owner’s manager as well', async () => {
    const mia = await know(world, world.mia, { role: 'manager' });
    await know(world, world.anna, { managerId: mia.id });
    await runDeal(world, world.mia, 'reassign acme');
    expect(await submit(world, world.mia, { new_owner: 'U0BEN' })).toEqual({ ok: true });
    expect(await allDeals(world)).toMatchObject([{ ownerId: ben.id }]);
  });
});
