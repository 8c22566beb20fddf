import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Person } from '../../../src/domain/person.ts';
import { startWorld, type World } from '../../support/homeroom.ts';
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

/** The first message the app posts is refused for good. */
function refuseFirst(error: string): void {
  world.sandbox.faults.add({ method: 'chat.postMessage', kind: 'platform', error, times: 1 });
}

async function nudgeAnna(): Promise<void> {
  const acme = await seed.deal({ account: 'Acme', owner: anna });
  await seed.step(acme, { title: 'Send the pack', dueOn: '2026-11-24', doer: anna });
  await world.goTo('2026-11-24T14:00:00Z');
}

const told = () => world.admin.dm().map(({ text }) => text);

describe('a message that can never arrive', () => {
  it.each([
    ['not_in_channel', /in #closed-lost: I am not in it\. Please invite me there with \/invite/],
    [
      'is_archived',
      /in #closed-lost: it is archived\. Restore it, or name another in LOSS_CHANNEL;/,
    ],
    ['missing_scope', /: a permission is missing\. Install the app again from its manifest/],
    ['restricted_action', /in #closed-lost: Slack said restricted_action\./],
  ])('to the loss channel (%s) is told to an admin, with what to do', async (error, words) => {
    await seed.person('U0ADMIN', 'Ada Admin', { role: 'admin' });
    refuseFirst(error);
    await world.goTo('2026-11-26T15:00:00Z');
    expect(told()).toEqual([expect.stringMatching(words)]);
    expect(told()[0]).toMatch(/^I could not post the weekly closed-lost thread /);
  });

  it('to a colleague is told to an admin, before a manager', async () => {
    await seed.person('U0MIA', 'Mia Brandt', { role: 'manager' });
    await seed.person('U0ADMIN', 'Ada Admin', { role: 'admin' });
    refuseFirst('user_disabled');
    await nudgeAnna();
    expect(told()).toEqual([
      'I could not post a morning message to a colleague: Slack said user_disabled. If they have left, their open steps need a new name.',
    ]);
    expect(world.mia.dm()).toEqual([]);
  });

  it('is told to a manager where there is no admin', async () => {
    await seed.person('U0MIA', 'Mia Brandt', { role: 'manager' });
    refuseFirst('user_disabled');
    await nudgeAnna();
    expect(world.mia.dm()).toHaveLength(1);
  });

  it('is told to nobody when the telling fails as well', async () => {
    await seed.person('U0ADMIN', 'Ada Admin', { role: 'admin' });
    world.sandbox.faults.add({
      method: 'chat.postMessage',
      kind: 'platform',
      error: 'user_disabled',
    });
    await nudgeAnna();
    const posts = world.sandbox.calls.filter(({ method }) => method === 'chat.postMessage');
    expect(posts).toHaveLength(2);
  });
});
