import { afterEach, beforeEach, describe, test } from 'vitest';
import { type DeliveryWorld, startDeliveryWorld } from '../../support/delivery-world.ts';
import { engines } from '../../support/test-store.ts';
import { rideOutStorm } from '../support/storm.ts';

describe.each(engines)('in a storm on %s', (engine) => {
  let world: DeliveryWorld;
  beforeEach(async () => {
    world = await startDeliveryWorld({ engine });
  });
  afterEach(() => world.stop());

  test(
    '500 messages arrive once, in the order of their channel, paced, and none is forgotten',
    () => rideOutStorm(world, 1),
    600_000,
  );
});
