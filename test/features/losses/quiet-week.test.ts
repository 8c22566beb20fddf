import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { day } from '../../../src/domain/calendar.ts';
import type { Person } from '../../../src/domain/person.ts';
import { startWorld, type World } from '../../support/homeroom.ts';
import { createSeed, type Seed } from '../../support/seed.ts';
import { wordsOn } from '../../support/shown.ts';

let world: World;
let seed: Seed;
let anna: Person;

beforeEach(async () => {
  world = await startWorld();
  seed = createSeed(world.app, world.clock);
  anna = await seed.person('U0ANNA', 'Anna Snelling');
});
afterEach(() => world.stop());

const usd = (major: number) => ({ minor: major * 100, currency: 'USD' });

function drift(account: string, facts: Partial<Parameters<Seed['deal']>[0]> = {}) {
  return seed.deal({ account, owner: anna, decisionOn: day('2026-11-20'), ...facts });
}

async function thread() {
  await world.goTo('2026-11-26T15:00:00Z');
  return world.anna.messages('closed-lost');
}

describe('a week without losses', () => {
  it('names the two largest deals that drift, without cheering', async () => {
    await drift('Acme', { amount: usd(5_000) });
    await drift('Globex', { amount: usd(90_000) });
    await drift('Initech');
    const late = await seed.deal({ account: 'Hooli', owner: anna, amount: usd(40_000) });
    await seed.step(late, { title: 'Send the pack', dueOn: '2026-11-24', doer: anna });
    const [parent, ...more] = await thread();
    expect(more).toEqual([]);
    const line =
      'No losses this week. Two stalled deals could use a second pair of eyes: Globex · Core platform, Hooli · Core platform.';
    expect(parent?.text).toBe(line);
    expect(wordsOn(parent ?? { blocks: [] })).toBe(line);
  });

  it('names the only one', async () => {
    await drift('Acme');
    await seed.deal({ account: 'Globex', owner: anna });
    expect((await thread())[0]?.text).toBe(
      'No losses this week. One stalled deal could use a second pair of eyes: Acme · Core platform.',
    );
  });

  it('names none when none drifts, nor a private one', async () => {
    await seed.deal({ account: 'Globex', owner: anna });
    await drift('Secretive', { privacy: 'restricted' });
    expect((await thread())[0]?.text).toBe('No losses this week.');
  });

  it('keeps the deals it named while people talk about them', async () => {
    await drift('Acme');
    const [parent] = await thread();
    await drift('Globex', { amount: usd(90_000) });
    await world.ben.say('closed-lost', 'Let me look at Acme', { threadTs: parent?.ts ?? '' });
    await world.sandbox.settled();
    await world.deliver();
    expect(world.anna.messages('closed-lost')[0]?.text).toBe(parent?.text);
  });
});
