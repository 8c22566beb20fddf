import { afterEach, describe, expect, it } from 'vitest';
import type { DeliveryRecord } from '../../sandbox/server/delivery.ts';
import type { Engine } from '../../src/store/store.ts';
import { know } from '../support/deals.ts';
import { startWorld, type World } from '../support/homeroom.ts';
import { rowsOf } from '../support/rows.ts';
import { engines } from '../support/test-store.ts';
import { keptBy, shownIn } from './support/end-state.ts';
import { shuffled } from './support/shuffled.ts';
import { wholeLoop } from './support/whole-loop.ts';

const channels = ['general', 'closed-lost', 'deal-acme'];
/** As many arrive at the same time. */
const atOnce = 3;

const worlds: World[] = [];
afterEach(async () => {
  for (const world of worlds.splice(0)) await world.stop();
});

/** Lives through the loop; `after` every chapter is told what was delivered for the first time. */
async function live(
  given: { engine: Engine; socket: boolean },
  after: (world: World, delivered: readonly DeliveryRecord[]) => Promise<void>,
): Promise<World> {
  const world = await startWorld(given);
  worlds.push(world);
  for (const { at, chapter } of wholeLoop) {
    const before = world.sandbox.deliveries.length;
    await world.goTo(at);
    await chapter(world);
    await world.deliver();
    await after(world, world.sandbox.deliveries.slice(before));
  }
  await world.deliver();
  return world;
}

async function deliverAgain(world: World, records: readonly DeliveryRecord[]): Promise<void> {
  for (let at = 0; at < records.length; at += atOnce) {
    const group = records.slice(at, at + atOnce);
    const acks = await Promise.all(group.map((record) => world.sandbox.redeliver(record)));
    expect(acks.map(({ ok }) => ok)).toEqual(group.map(() => true));
    await world.sandbox.settled();
  }
}

describe.each(engines)('on %s', (engine) => {
  it('an older change of somebody that comes again does not undo the newer one', async () => {
    const world = await startWorld({ engine });
    worlds.push(world);
    await know(world, world.ben);
    for (const realName of ['Ben Sommer', 'Ben Okafor-Sommer']) {
      world.clock.advance(2_000);
      await world.sandbox.setUser('U0BEN', { realName });
    }
    const [older, newer] = world.sandbox.deliveries.filter(({ type }) => type === 'user_change');
    if (older && newer) await deliverAgain(world, [older, newer, older]);
    expect(await know(world, world.ben)).toMatchObject({ name: 'Ben Okafor-Sommer' });
  });
});

const roads = engines.flatMap((engine, index) => [
  { engine, road: 'signed HTTP', socket: false, seed: 2 * index + 1 },
  { engine, road: 'Socket Mode', socket: true, seed: 2 * index + 2 },
]);

describe.each(roads)('the whole loop on $engine over $road', ({ engine, socket, seed }) => {
  it('ends the same when everything comes three times, out of order', async () => {
    const once = await live({ engine, socket }, async () => undefined);
    const all: DeliveryRecord[] = [];
    const thrice = await live({ engine, socket }, async (world, delivered) => {
      all.push(...delivered);
      await deliverAgain(world, shuffled(delivered, seed));
    });
    // The third time it comes days late: a form of Monday after Tuesday's, a name after its successor.
    await deliverAgain(thrice, shuffled(all, seed));
    await thrice.deliver();

    expect(new Set(all.map(({ kind }) => kind))).toEqual(
      new Set(['command', 'interactive', 'event']),
    );
    expect(all.length).toBeGreaterThan(30);
    expect(await keptBy(thrice.app.store)).toEqual(await keptBy(once.app.store));
    expect(shownIn(thrice, channels)).toEqual(shownIn(once, channels));
    const left = await rowsOf(thrice.app.store, 'outbox');
    expect(left.filter(({ state }) => !['sent', 'dropped'].includes(state))).toEqual([]);
  }, 60_000);
});
