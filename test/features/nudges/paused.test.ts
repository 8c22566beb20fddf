import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Day, day } from '../../../src/domain/calendar.ts';
import type { OpenDeal } from '../../../src/domain/deal.ts';
import type { Person } from '../../../src/domain/person.ts';
import { changeDeal } from '../../../src/store/deals.ts';
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
});
afterEach(() => world.stop());

const tuesday = '2026-11-24T14:00:00Z';

function pauseUntil(pausedUntil: Day): Promise<boolean> {
  return world.app.store.transaction((tx) => changeDeal(tx, acme, { pausedUntil }));
}

function late(doer: Person | string = anna) {
  return seed.step(acme, { title: 'Send the pack', dueOn: '2026-11-20', doer });
}

describe('a paused deal', () => {
  it('asks nobody, neither about our steps nor about theirs', async () => {
    await late();
    await late('Dana Lee');
    await pauseUntil(day('2026-11-25'));
    await world.goTo(tuesday);
    expect(world.anna.dm()).toEqual([]);
    expect(await rowsOf(world.app.store, 'nudges')).toEqual([]);
  });

  it('asks again on the very day the pause ends', async () => {
    await late();
    await pauseUntil(day('2026-11-25'));
    await world.goTo(tuesday);
    await world.goTo('2026-11-25T14:00:00Z');
    expect(world.anna.dm()).toHaveLength(1);
  });

  it('goes by the reader’s own day: their Wednesday may come earlier', async () => {
    const yui = await seed.person('U0MIA', 'Yui Sato', { zone: 'Asia/Tokyo' });
    await late(yui);
    await late();
    await pauseUntil(day('2026-11-25'));
    // Wednesday 09:00 in Tokyo is Tuesday evening in New York.
    await world.goTo('2026-11-25T00:00:00Z');
    expect(world.mia.dm()).toHaveLength(1);
    expect(world.anna.dm()).toEqual([]);
  });

  it('leaves the other deals of a reader in their bundle', async () => {
    await late();
    const globex = await seed.deal({ account: 'Globex', owner: anna });
    await seed.step(globex, { title: 'Draft the contract', dueOn: '2026-11-20', doer: anna });
    await pauseUntil(day('2026-12-01'));
    await world.goTo(tuesday);
    expect(world.anna.dm()).toHaveLength(1);
    expect(world.anna.dm()[0]?.text).toContain('Draft the contract');
    expect(world.anna.dm()[0]?.text).not.toContain('Send the pack');
  });

  it('asks nothing when it was paused between planning and sending', async () => {
    await late();
    world.clock.set(tuesday);
    await world.app.heartbeat.tick();
    await pauseUntil(day('2026-12-01'));
    expect(await world.app.dispatcher.runUntilIdle()).toMatchObject({ sent: 0, dropped: 1 });
    expect(world.anna.dm()).toEqual([]);
  });
});
