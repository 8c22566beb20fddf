import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Person } from '../../src/domain/person.ts';
import { startWorld, type World } from '../support/homeroom.ts';
import { rowsOf } from '../support/rows.ts';
import { createSeed, type Seed } from '../support/seed.ts';

let world: World;
let seed: Seed;
let anna: Person;
let ben: Person;

beforeEach(async () => {
  world = await startWorld();
  seed = createSeed(world.app, world.clock);
  anna = await seed.person('U0ANNA', 'Anna Snelling');
  ben = await seed.person('U0BEN', 'Ben Okafor');
  const acme = await seed.deal({ account: 'Acme', owner: anna });
  await seed.step(acme, { title: 'Send the pack', dueOn: '2026-11-24', doer: ben });
});
afterEach(() => world.stop());

async function change(id: string, patch: Parameters<World['sandbox']['setUser']>[1]) {
  await world.sandbox.setUser(id, patch);
  await world.sandbox.settled();
}

const known = () => rowsOf(world.app.store, 'people');

describe('a change of a person in Slack', () => {
  it('moves their morning with their zone', async () => {
    await change('U0BEN', { tz: 'Europe/Berlin' });
    await world.goTo('2026-11-24T07:59:00Z');
    expect(world.ben.dm()).toEqual([]);
    await world.goTo('2026-11-24T08:00:00Z');
    expect(world.ben.dm()).toHaveLength(1);
  });

  it('gives their steps to the deal’s owner to answer when they left', async () => {
    await change('U0BEN', { deleted: true });
    await world.goTo('2026-11-24T14:00:00Z');
    expect(world.sandbox.as('U0BEN').dm()).toEqual([]);
    expect(world.anna.dm()[0]?.text).toContain('Today: “Send the pack” (Ben Okafor’s) for Acme.');
  });

  it('keeps their role and follows their name', async () => {
    await seed.person('U0MIA', 'Mia Brandt', { role: 'manager', zone: 'Europe/Berlin' });
    await change('U0MIA', { realName: 'Mia Sommer' });
    expect(await known()).toContainEqual(
      expect.objectContaining({ slackUserId: 'U0MIA', name: 'Mia Sommer', role: 'manager' }),
    );
  });

  it('keeps nothing of somebody the app never met', async () => {
    await change('U0MIA', { realName: 'Mia Sommer' });
    expect((await known()).map(({ slackUserId }) => slackUserId)).toEqual(['U0ANNA', 'U0BEN']);
  });
});
