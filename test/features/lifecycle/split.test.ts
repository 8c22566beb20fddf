import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { day } from '../../../src/domain/calendar.ts';
import type { Deal } from '../../../src/domain/deal.ts';
import { saveDealContact } from '../../../src/store/contacts.ts';
import { allDeals, know, resubmit, runDeal, stepsOf, submit } from '../../support/deals.ts';
import { startWorld, type World } from '../../support/homeroom.ts';
import { addSteps, plantDeal } from '../../support/planted.ts';
import { rowsOf } from '../../support/rows.ts';

let world: World;
let acme: Deal;
beforeEach(async () => {
  world = await startWorld();
  acme = await plantDeal(world, await know(world, world.anna), {
    originalDecisionOn: day('2026-12-01'),
    privacy: 'restricted',
    amount: { minor: 2_000_000, currency: 'USD' },
  });
  const steps = await addSteps(world, acme, [{ title: 'List who signs' }, { title: 'Train them' }]);
  const contactId = steps[0]?.doer.contactId;
  if (!contactId) throw new Error('no contact');
  await world.app.store.transaction((tx) =>
    saveDealContact(tx, world.app.workspaceId, { dealId: acme.id, contactId }, { role: 'finance' }),
  );
});
afterEach(() => world.stop());

async function split(values: Record<string, unknown> = {}) {
  await runDeal(world, world.anna, 'split acme');
  const training = (await stepsOf(world, acme.id)).find(({ title }) => title === 'Train them');
  const steps_0 = [training?.id];
  return submit(world, world.anna, { name: 'Training', amount: '5k', steps_0, ...values });
}

describe('/deal split', () => {
  it('makes a second open deal with the date that stands as its first one', async () => {
    expect(await split({ left_amount: '15k' })).toEqual({ ok: true });
    expect(await allDeals(world)).toMatchObject([
      { id: acme.id, amount: { minor: 1_500_000 }, originalDecisionOn: '2026-12-01' },
      {
        name: 'Training',
        account: 'Acme',
        ownerId: acme.ownerId,
        amount: { minor: 500_000 },
        decisionOn: '2026-12-18',
        originalDecisionOn: '2026-12-18',
        privacy: 'restricted',
        status: 'open',
      },
    ]);
    const links = await rowsOf(world.app.store, 'dealContacts');
    expect(links.map(({ role }) => role)).toEqual(['finance', 'finance']);
  });

  it('moves the ticked steps as new ones and keeps the old ones as superseded', async () => {
    await split();
    const [first, second] = await allDeals(world);
    if (!first || !second) throw new Error('two deals expected');
    const states = (await stepsOf(world, first.id)).map(({ title, status }) => [title, status]);
    expect(new Map(states as [string, string][])).toEqual(
      new Map([
        ['List who signs', 'proposed'],
        ['Train them', 'superseded'],
      ]),
    );
    expect(await stepsOf(world, second.id)).toMatchObject([
      { title: 'Train them', status: 'proposed' },
    ]);
    const log = await rowsOf(world.app.store, 'events');
    expect(log.map(({ kind, dealId }) => [kind, dealId])).toEqual([
      ['deal_split', first.id],
      ['deal_split', second.id],
    ]);
  });

  it('splits once when the form comes twice', async () => {
    await split();
    await resubmit(world);
    expect(await allDeals(world)).toHaveLength(2);
    expect(await rowsOf(world.app.store, 'homework')).toHaveLength(3);
    expect(await rowsOf(world.app.store, 'events')).toHaveLength(2);
  });

  it.each([
    ['the name of a deal that is open', { name: 'core platform' }, 'name'],
    ['an amount nobody can read', { amount: 'lots' }, 'amount'],
    ['a rest nobody can read', { left_amount: 'some' }, 'left_amount'],
  ])('refuses %s under its input', async (_what, values, field) => {
    expect(Object.keys((await split(values)).errors ?? {})).toEqual([field]);
    expect(await allDeals(world)).toMatchObject([{ version: 1 }]);
  });
});
