import { createHash } from 'node:crypto';
import { expect } from 'vitest';
import { type DeliveryWorld, rooms } from '../../support/delivery-world.ts';

const restMs = 1_000;
const ceilingPerSecond = 4;

interface Planned {
  readonly target: string;
  readonly payload: { readonly text: string };
}

/** How many messages each room gets: some have a lot to say, some little. */
const sizes = [300, 100, 60, 30, 10];

/** Queued in turn for as long as a room has something left. */
export function planned(scale = 1): Planned[] {
  const left = sizes.map((size) => size * scale);
  const queue: Planned[] = [];
  while (left.some((count) => count > 0)) {
    for (const [index, target] of rooms.entries()) {
      if ((left[index] ?? 0) <= 0) continue;
      left[index] = (left[index] ?? 0) - 1;
      queue.push({ target, payload: { text: `message ${String(queue.length).padStart(3, '0')}` } });
    }
  }
  return queue;
}

/** The same share for the same message and try, in whatever order the calls come. */
function share(text: string, attempt: number): number {
  return createHash('sha256').update(`${text}/${attempt}`).digest().readUInt32BE() / 2 ** 32;
}

/** Spoils 30% of posts with a 429, 20% with a 503 and loses the answer of 10% of those done. */
export function raiseStorm({ sandbox: { faults } }: DeliveryWorld) {
  const tries = new Map<string, number>();
  let drawn = 0;
  const draw = (text: unknown) => {
    const attempt = (tries.get(String(text)) ?? 0) + 1;
    tries.set(String(text), attempt);
    drawn = share(String(text), attempt);
    return drawn;
  };
  const method = 'chat.postMessage';
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

export function expectEachOnceInOrder(world: DeliveryWorld, queue: readonly Planned[]) {
  for (const room of rooms) {
    const expected = queue.filter(({ target }) => target === room);
    expect(world.texts(room)).toEqual(expected.map(({ payload }) => payload.text));
  }
}

/** The shortest time between two of these instants. */
function closest(instants: readonly Date[]): number {
  const sorted = instants.map(Number).sort((a, b) => a - b);
  return Math.min(...sorted.slice(1).map((at, index) => at - (sorted[index] ?? 0)));
}

/**
 * Sends what `sizes` times `scale` are through a storm and holds that it all arrived: once, in
 * order, paced, and no room so late that it was forgotten over others.
 */
export async function rideOutStorm(world: DeliveryWorld, scale: number): Promise<void> {
  const queue = planned(scale);
  const postsIn = (room: string) => world.sandbox.pacing.posts(room);
  raiseStorm(world);
  await world.queue(...queue);
  const startedAt = world.clock.now().getTime();
  // One call at a time, or the clock would leap on while a call is out, and times would not tell.
  const tally = await world.dispatcher({ concurrency: 1, ceilingPerSecond }).runUntilIdle();

  expect(tally).toEqual({ sent: queue.length, dropped: 0, dead: 0, unknown: 0 });
  expectEachOnceInOrder(world, queue);
  const spoiled = world.sandbox.calls.filter(
    ({ method, ok }) => method === 'chat.postMessage' && !ok,
  );
  expect(spoiled.length).toBeGreaterThan(queue.length / 3);

  for (const room of rooms) expect(closest(postsIn(room))).toBeGreaterThanOrEqual(restMs);
  expect(closest(rooms.flatMap(postsIn))).toBeGreaterThanOrEqual(restMs / ceilingPerSecond);
  // Its own retries may take a channel long; those of others must not.
  for (const room of rooms) {
    const own = queue.filter(({ target }) => target === room).length;
    const took = Number(postsIn(room).at(-1)) - startedAt;
    expect(took).toBeLessThan(60_000 + own * 12_000);
  }
}
