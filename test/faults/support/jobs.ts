import { expect } from 'vitest';
import type { FaultWorld } from './fault-world.ts';
import { lossThread, seedDeals, seedLosses, seedNextSteps, seedSteps } from './seeded.ts';

/** Something that happens by the calendar, and what has to come of it. */
export interface Morning {
  /** When its job is due. */
  readonly at: string;
  prepare(world: FaultWorld): Promise<void>;
  /** Looks later that day; `doubt` when a call was out whose outcome nobody can know. */
  check(world: FaultWorld, doubt: boolean): void;
  /** Looks after the next day's jobs. */
  checkNextDay?(world: FaultWorld, before: { anna: number; ben: number }): void;
}

const nudges: Morning = {
  at: '2026-11-24T14:00:00Z',
  prepare: async (world) => {
    const seeded = await seedDeals(world);
    await seedSteps(world, seeded);
    await seedNextSteps(world, seeded);
  },
  check: ({ anna, ben }, doubt) => {
    for (const { length } of [anna.dm(), ben.dm()]) {
      if (doubt) expect(length).toBeLessThanOrEqual(1);
      else expect(length).toBe(1);
    }
  },
  // Both have a step that is due that day: whoever may have missed one bundle has the next.
  checkNextDay: ({ anna, ben }, before) => {
    expect(anna.dm()).toHaveLength(before.anna + 1);
    expect(ben.dm()).toHaveLength(before.ben + 1);
  },
};

const ritual: Morning = {
  at: '2026-11-26T15:00:00Z',
  prepare: async (world) => seedLosses(world, await seedDeals(world)),
  check: (world) => {
    const [parent, ...losses] = lossThread(world);
    expect(parent?.text).toMatch(/^2 deals closed lost this week/);
    expect(losses.map(({ text }) => text.split(' ')[0])).toEqual(['Acme', 'Globex']);
    expect(losses.map(({ threadTs }) => threadTs)).toEqual([parent?.ts, parent?.ts]);
  },
};

/** The loss channel is gone, so the thread cannot be posted and an admin is told. */
const notice: Morning = {
  at: ritual.at,
  prepare: async (world) => {
    await ritual.prepare(world);
    await world.sandbox.archive('C0LOST');
  },
  check: ({ admin }, doubt) => {
    const told = admin.dm().map(({ text }) => text);
    if (doubt && told.length === 0) return;
    expect(told).toEqual([
      expect.stringContaining('I could not post the weekly closed-lost thread'),
    ]);
  },
};

export const mornings = {
  'the nudges': nudges,
  'the loss thread': ritual,
  'the notice': notice,
} as const satisfies Record<string, Morning>;
