import { afterEach, beforeEach, expect, it } from 'vitest';
import { startWorld, type World } from '../../support/homeroom.ts';
import { plantDeal } from '../../support/planted.ts';
import { rowsOf } from '../../support/rows.ts';
import { createSeed } from '../../support/seed.ts';

let world: World;
beforeEach(async () => {
  world = await startWorld();
});
afterEach(() => world.stop());

const zones = ['Europe/Berlin', 'Europe/Paris', 'Africa/Lagos'];
const each = 40;
/** Slack takes about fifty looks at somebody's do-not-disturb a minute. */
const aMinute = 50;

it('spreads the mornings of zones that share their nine o’clock over minutes, in all', async () => {
  const seed = createSeed(world.app, world.clock);
  for (const zone of zones) {
    for (let at = 0; at < each; at += 1) {
      const person = await seed.person(`U${zone.slice(-3)}${at}`, `${zone} ${at}`, { zone });
      const deal = await plantDeal(world, person, { account: `${zone} ${at}` });
      await seed.step({ ...deal, status: 'open' } as Parameters<typeof seed.step>[0], {
        title: 'Send the pack',
        dueOn: '2026-11-24',
        doer: person,
      });
    }
  }
  world.clock.set('2026-11-24T08:00:00Z');
  await world.app.heartbeat.tick();
  const planned = (await rowsOf(world.app.store, 'outbox')).map(({ availableAt }) =>
    availableAt.getTime(),
  );
  expect(planned).toHaveLength(zones.length * each);
  for (const from of planned) {
    const within = planned.filter((at) => at >= from && at < from + 60_000);
    expect(within.length).toBeLessThanOrEqual(aMinute);
  }
});
