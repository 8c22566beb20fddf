import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { OpenDeal } from '../../../src/domain/deal.ts';
import type { Person } from '../../../src/domain/person.ts';
import { isRefusal } from '../../../src/domain/refusal.ts';
import { loseDeal } from '../../../src/features/losses/lose-deal.ts';
import { startWorld, type World } from '../../support/homeroom.ts';
import { endingDeps } from '../../support/losses.ts';
import { rowsOf } from '../../support/rows.ts';
import { createSeed, type Seed } from '../../support/seed.ts';

let world: World;
let seed: Seed;
let anna: Person;

beforeEach(async () => {
  world = await startWorld();
  seed = createSeed(world.app, world.clock);
  anna = await seed.person('U0ANNA', 'Anna Snelling');
});
afterEach(() => world.stop());

const thursdays = ['2026-11-26T15:00:00Z', '2026-12-03T15:00:00Z', '2026-12-10T15:00:00Z'] as const;

async function lose(account: string, loggedAt: string): Promise<OpenDeal> {
  const deal = await seed.deal({ account, owner: anna });
  await seed.loss(deal, { loggedAt });
  return deal;
}

/** The accounts listed so far, thread by thread. */
function listed(): string[][] {
  const all = world.anna.messages('closed-lost');
  const parents = all.filter(({ threadTs }) => threadTs === null);
  return parents.map(({ ts }) =>
    all.filter(({ threadTs }) => threadTs === ts).map(({ text }) => text.split(' · ')[0] ?? ''),
  );
}

describe('week after week', () => {
  it('lists every loss in one thread, also those logged on the hour of a ritual', async () => {
    await lose('Before', '2026-11-26T14:59:59Z');
    await lose('On the hour', thursdays[0]);
    await lose('After', '2026-11-26T15:00:01Z');
    await world.goTo(thursdays[0]);
    expect(listed()).toEqual([['Before', 'On the hour']]);
    await lose('Later', '2026-12-02T15:00:00Z');
    await world.goTo(thursdays[1]);
    await world.goTo(thursdays[2]);
    expect(listed()).toEqual([['Before', 'On the hour'], ['After', 'Later'], []]);
  });

  it('opens a week’s thread once, however often the heart beats', async () => {
    await lose('Acme', '2026-11-25T15:00:00Z');
    await world.goTo(thursdays[0]);
    await world.goTo(thursdays[0]);
    await world.goTo('2026-11-27T15:00:00Z');
    expect(listed()).toEqual([['Acme']]);
  });

  it('brings along what a ritual missed while the process was down', async () => {
    await lose('Acme', '2026-11-25T15:00:00Z');
    await lose('Globex', '2026-11-30T15:00:00Z');
    await world.goTo(thursdays[0]);
    await lose('Initech', '2026-12-05T15:00:00Z');
    await world.goTo(thursdays[2]);
    expect(listed()).toEqual([['Acme'], ['Globex', 'Initech']]);
    const newest = world.anna.messages('closed-lost').find(({ text }) => text.includes('since'));
    expect(newest?.text).toMatch(/^2 deals closed lost since Mon 30 Nov, 2 without an amount\. /);
  });

  it('lists nothing twice when the week before is still waiting to be posted', async () => {
    await lose('Acme', '2026-11-25T15:00:00Z');
    world.clock.set(thursdays[0]);
    await world.app.heartbeat.tick();
    await lose('Globex', '2026-11-30T15:00:00Z');
    await world.goTo(thursdays[1]);
    expect(listed()).toEqual([['Acme'], ['Globex']]);
  });

  it('tells of a loss the CRM knew of before a ritual and told us after it', async () => {
    await world.goTo(thursdays[0]);
    await lose('Acme', '2026-11-25T17:00:00Z');
    await world.goTo(thursdays[1]);
    expect(listed()).toEqual([[], ['Acme']]);
  });

  it('looks no further back than the week before its first thread', async () => {
    await lose('Ancient', '2026-11-19T14:59:00Z');
    await lose('Acme', '2026-11-19T15:01:00Z');
    await world.goTo(thursdays[0]);
    await world.goTo(thursdays[1]);
    expect(listed()).toEqual([['Acme'], []]);
  });
});

describe('a deal', () => {
  const form = {
    outcome: 'rival',
    competitor: undefined,
    reasonCode: 'com.price_value',
    ownWords: 'We met the signer late',
  };

  it('is lost once, also when two people say so', async () => {
    const deps = endingDeps(world);
    const ada = await seed.person('U0ADMIN', 'Ada Admin', { role: 'admin' });
    const acme = await seed.deal({ account: 'Acme', owner: anna });
    const both = await Promise.all([
      loseDeal(deps, anna, acme.id, form),
      loseDeal(deps, ada, acme.id, form),
    ]);
    expect(both.map(isRefusal)).toEqual([false, true]);
    const kept = await rowsOf(world.app.store, 'losses');
    expect(kept).toHaveLength(1);
    await world.goTo(thursdays[0]);
    expect(listed()).toEqual([['Acme']]);
  });

  it('that was never real is in no thread and no count', async () => {
    const deps = endingDeps(world);
    const acme = await seed.deal({ account: 'Acme', owner: anna });
    const closed = await loseDeal(deps, anna, acme.id, { ...form, outcome: 'invalid' });
    expect(closed).toMatchObject({ deal: { status: 'invalid' }, lost: undefined });
    await world.goTo(thursdays[0]);
    expect(world.anna.messages('closed-lost').map(({ text }) => text)).toEqual([
      'No losses this week.',
    ]);
  });
});
