import { createHash } from 'node:crypto';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type DeliveryWorld, rooms, startDeliveryWorld } from '../support/delivery-world.ts';

let world: DeliveryWorld;

beforeEach(async () => {
  world = await startDeliveryWorld();
});

afterEach(() => world.stop());

const messages = 200;

/** The same share for the same message and try, in whatever order the calls come. */
function share(text: string, attempt: number): number {
  return createHash('sha256').update(`${text}/${attempt}`).digest().readUInt32BE() / 2 ** 32;
}

/** Spoils 30% of posts with a 429, 20% with a 503 and loses the answer of 10% of those done. */
function raiseStorm() {
  const tries = new Map<string, number>();
  let drawn = 0;
  const draw = (text: unknown) => {
    const attempt = (tries.get(String(text)) ?? 0) + 1;
    tries.set(String(text), attempt);
    drawn = share(String(text), attempt);
    return drawn;
  };
  const method = 'chat.postMessage';
  const { faults } = world.sandbox;
  // The first fault asked draws for the call, the others judge the same draw.
  faults.add({ method, kind: 'rate_limited', retryAfter: 2, when: ({ text }) => draw(text) < 0.3 });
  faults.add({ method, kind: 'server_error', status: 503, when: () => drawn < 0.5 });
  faults.add({ method, kind: 'dropped_after_write', when: () => drawn < 0.6 });
  let lookups = 0;
  faults.add({
    method: 'conversations.history',
    kind: 'rate_limited',
    retryAfter: 3,
    when: () => {
      lookups += 1;
      return lookups % 10 === 0;
    },
  });
}

function planned(): { target: string; payload: { text: string } }[] {
  return Array.from({ length: messages }, (_, index) => ({
    target: rooms[index % rooms.length] ?? '',
    payload: { text: `message ${String(index).padStart(3, '0')}` },
  }));
}

function expectEachOnceInOrder() {
  for (const [index, room] of rooms.entries()) {
    const expected = planned().filter((_, at) => at % rooms.length === index);
    expect(world.texts(room)).toEqual(expected.map(({ payload }) => payload.text));
  }
}

test('every message of a storm arrives once and in the order of its channel', async () => {
  raiseStorm();
  await world.queue(...planned());
  const tally = await world.dispatcher().runUntilIdle();
  expect(tally).toEqual({ sent: messages, dropped: 0, dead: 0, unknown: 0 });
  expectEachOnceInOrder();
  const spoiled = world.sandbox.calls.filter(
    ({ method, ok }) => method === 'chat.postMessage' && !ok,
  );
  expect(spoiled.length).toBeGreaterThan(messages / 3);
}, 60_000);

test('two dispatchers on one store send each message once, also in a storm', async () => {
  raiseStorm();
  await world.queue(...planned());
  // They share a clock that leaps as each of them waits: no lease may end by the other's leap.
  const pair = [1, 2].map(() => world.dispatcher({ leaseMs: 365 * 24 * 60 * 60_000 }));
  const [first, second] = await Promise.all(pair.map((one) => one.runUntilIdle()));
  await world.dispatcher().runUntilIdle();
  if (!first || !second) throw new Error('Two dispatchers ran');
  expect(Math.min(first.sent, second.sent)).toBeGreaterThan(0);
  expectEachOnceInOrder();
}, 60_000);
