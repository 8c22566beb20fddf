import { afterEach, beforeEach, expect, it } from 'vitest';
import { know } from '../../support/deals.ts';
import { startWorld, type World } from '../../support/homeroom.ts';
import { plantDeal } from '../../support/planted.ts';
import { rowsOf } from '../../support/rows.ts';

let world: World;
beforeEach(async () => {
  world = await startWorld();
});
afterEach(() => world.stop());

it('a deal without a step ahead is written down at seven, before anybody is asked', async () => {
  // Open since the second of November, and nothing was ever planned.
  await plantDeal(world, await know(world, world.anna));
  await world.goTo('2026-11-24T12:00:00Z');
  const stalls = await rowsOf(world.app.store, 'stalls');
  expect(stalls.find(({ code }) => code === 'no_next_step')).toMatchObject({
    severity: 'stall',
    evidence: { value: 16, limit: 5 },
    firstOn: '2026-11-24',
    clearedOn: null,
  });
  expect(world.anna.dm()).toEqual([]);
});
