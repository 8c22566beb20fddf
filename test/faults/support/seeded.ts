import type { SandboxMessage } from '../../../sandbox/server/contract.ts';
import type { OpenDeal } from '../../../src/domain/deal.ts';
import type { Person } from '../../../src/domain/person.ts';
import type { Tables } from '../../../src/store/schema.ts';
import { rowsOf } from '../../support/rows.ts';
import type { FaultWorld } from './fault-world.ts';

/** Who and what a workspace starts with. */
export interface Seeded {
  readonly anna: Person;
  readonly ben: Person;
  readonly acme: OpenDeal;
  readonly globex: OpenDeal;
}

/** Anna and Ben with a deal each, and Ada who hears of what cannot be sent. */
export function seedDeals(world: FaultWorld): Promise<Seeded> {
  return world.onStore(async (_store, seed) => {
    const anna = await seed.person('U0ANNA', 'Anna Snelling');
    const ben = await seed.person('U0BEN', 'Ben Okafor');
    await seed.person('U0ADMIN', 'Ada Admin', { role: 'admin' });
    const acme = await seed.deal({ account: 'Acme', owner: anna });
    const globex = await seed.deal({ account: 'Globex', owner: ben });
    return { anna, ben, acme, globex };
  });
}

/** Gives each of the two a step that is due on Tuesday 24 November. */
export function seedSteps(world: FaultWorld, { anna, ben, acme, globex }: Seeded): Promise<void> {
  return world.onStore(async (_store, seed) => {
    await seed.step(acme, { title: 'Send the pack', dueOn: '2026-11-24', doer: anna });
    await seed.step(globex, { title: 'Book the demo', dueOn: '2026-11-24', doer: ben });
  });
}

/** Gives each of the two one more, due on the day after. */
export function seedNextSteps(
  world: FaultWorld,
  { anna, ben, acme, globex }: Seeded,
): Promise<void> {
  return world.onStore(async (_store, seed) => {
    await seed.step(acme, { title: 'Draft the contract', dueOn: '2026-11-25', doer: anna });
    await seed.step(globex, { title: 'Invite the team', dueOn: '2026-11-25', doer: ben });
  });
}

/** Loses both deals on Tuesday. */
export function seedLosses(world: FaultWorld, { acme, globex }: Seeded): Promise<void> {
  return world.onStore(async (_store, seed) => {
    await seed.loss(acme, { loggedAt: '2026-11-24T16:00:00Z' });
    await seed.loss(globex, { loggedAt: '2026-11-24T17:00:00Z' });
  });
}

/** Every row of a table, read beside the processes. */
export function tableOf<Name extends keyof Tables>(
  world: FaultWorld,
  name: Name,
): Promise<Tables[Name]['$inferSelect'][]> {
  return world.onStore((store) => rowsOf(store, name));
}

/** The kinds of what is in the history of all deals, in order. */
export async function historyOf(world: FaultWorld): Promise<string[]> {
  return (await tableOf(world, 'events')).map(({ kind }) => kind);
}

/** The parent of the week's thread and the losses under it. */
export function lossThread(world: FaultWorld): readonly SandboxMessage[] {
  const { userId } = world.sandbox.app;
  return world.anna.messages('closed-lost').filter(({ user }) => user === userId);
}
