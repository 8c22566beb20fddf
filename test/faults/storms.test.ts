import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type DeliveryWorld, startDeliveryWorld } from '../support/delivery-world.ts';
import { engines } from '../support/test-store.ts';
import { expectEachOnceInOrder, planned, raiseStorm, rideOutStorm } from './support/storm.ts';

describe.each(engines)('in a storm on %s', (engine) => {
  let world: DeliveryWorld;
  beforeEach(async () => {
    world = await startDeliveryWorld({ engine });
  });
  afterEach(() => world.stop());

  // A server takes longer over each: `test/faults/long` sends it all 500.
  const scale = engine === 'sqlite' ? 1 : 0.2;

  test(
    `${500 * scale} messages arrive once, in the order of their channel, paced, and none is forgotten`,
    () => rideOutStorm(world, scale),
    120_000,
  );

  test('two dispatchers share the work and send each message once', async () => {
    const queue = planned(0.2);
    raiseStorm(world);
    await world.queue(...queue);
    // They share a clock that leaps as each of them waits: no lease may end by the other's leap.
    const pair = [1, 2].map(() => world.dispatcher({ leaseMs: 365 * 24 * 60 * 60_000 }));
    const [first, second] = await Promise.all(pair.map((one) => one.runUntilIdle()));
    await world.dispatcher().runUntilIdle();
    if (!first || !second) throw new Error('Two dispatchers ran');
    expect(Math.min(first.sent, second.sent)).toBeGreaterThan(0);
    expectEachOnceInOrder(world, queue);
  }, 60_000);

  test('a message that can never be sent holds up its channel no longer than itself', async () => {
    world.sandbox.faults.add({
      method: 'chat.postMessage',
      kind: 'platform',
      error: 'restricted_action',
      when: ({ text }) => text === 'never',
    });
    const texts = ['one', 'never', 'two', 'never', 'three'];
    await world.queue(...texts.map((text) => ({ target: 'C0ROOM1', payload: { text } })));
    expect(await world.dispatcher().runUntilIdle()).toMatchObject({ dead: 2 });
    expect(world.texts('C0ROOM1')).toEqual(['one', 'two', 'three']);
  });
});
