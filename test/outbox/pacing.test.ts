import { describe, expect, test } from 'vitest';
import { createParking, paceOf } from '../../src/outbox/pacing.ts';

const at = (ms: number) => new Date(Date.UTC(2026, 10, 23) + ms);

test('the pace is a second for a place, and what the ceiling leaves for all of them', () => {
  expect(paceOf(4)).toEqual({ restMs: 1_000, spacingMs: 250 });
  expect(paceOf(Number.POSITIVE_INFINITY)).toEqual({ restMs: 1_000, spacingMs: 0 });
});

describe('parking', () => {
  test('parks one method until its time, the other goes on', () => {
    const parking = createParking();
    parking.park('chat.postMessage', at(30_000));
    expect(parking.parkedUntil('chat.postMessage', at(0))).toEqual(at(30_000));
    expect(parking.parkedUntil('chat.update', at(0))).toBeUndefined();
    expect(parking.parkedUntil('chat.postMessage', at(30_000))).toBeUndefined();
    expect(parking.nextFreeAt(at(0))).toEqual(at(30_000));
    expect(parking.nextFreeAt(at(30_000))).toBeUndefined();
  });

  test('a shorter pause asked for later does not cut a longer one', () => {
    const parking = createParking();
    parking.park('chat.postMessage', at(30_000));
    parking.park('chat.postMessage', at(1_000));
    expect(parking.parkedUntil('chat.postMessage', at(2_000))).toEqual(at(30_000));
  });

  test('knows the kinds that wait with a method', () => {
    const parking = createParking();
    parking.learn('nudge_planned', 'chat.postMessage');
    parking.learn('loss_listed', 'chat.update');
    parking.park('chat.postMessage', at(30_000));
    expect(parking.parkedKinds(at(0))).toEqual(['nudge_planned']);
    expect(parking.parkedKinds(at(30_000))).toEqual([]);
  });
});
