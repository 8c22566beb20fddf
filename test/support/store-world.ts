import type { WorkspaceId } from '../../src/domain/ids.ts';
import type { Person } from '../../src/domain/person.ts';
import type { Engine, Store, Tx } from '../../src/store/store.ts';
import { createManualClock, type ManualClock } from './manual-clock.ts';
import { createSeed, type Seed } from './seed.ts';
import { openTestStore } from './test-store.ts';

/** A store of one engine with Anna in it, for what every engine has to do alike. */
export interface StoreWorld {
  readonly store: Store;
  readonly clock: ManualClock;
  readonly seed: Seed;
  readonly anna: Person;
  /** A store function on its own, in a transaction. */
  run<Args extends unknown[], Result>(
    ask: (tx: Tx, ...args: Args) => Promise<Result>,
    ...args: Args
  ): Promise<Result>;
}

export const workspaceId = 'T1' as WorkspaceId;
export const elsewhere = 'T2' as WorkspaceId;
export const now = new Date('2026-11-23T14:30:00.123Z');

/** An instant some milliseconds after `now`. */
export function later(ms: number): Date {
  return new Date(now.getTime() + ms);
}

export async function openStoreWorld(engine: Engine): Promise<StoreWorld> {
  const store = await openTestStore(engine);
  const clock = createManualClock(now.toISOString());
  const seed = createSeed({ store, workspaceId }, clock);
  return {
    store,
    clock,
    seed,
    anna: await seed.person('U0ANNA', 'Anna Snelling', { email: 'Anna@Example.com' }),
    run: (ask, ...args) => store.transaction((tx) => ask(tx, ...args)),
  };
}
