import { describe, expect, test } from 'vitest';
import { createPacer, createParking } from '../../src/outbox/pacing.ts';

const at = (ms: number) => new Date(Date.UTC(2026, 10, 23) + ms);

describe('pace', () => {
  test('one message a second to one place, others need not wait for it', () => {
    const pacer = createPacer(1_000_000);
    pacer.took(['C1', '#deal'], at(0));
    expect(pacer.waitMs('C1', at(1))).toBe(999);
    expect(pacer.waitMs('#deal', at(400))).toBe(600);
    expect(pacer.waitMs('C2', at(1))).toBe(0);
    expect(pacer.waitMs('C1', at(1_000))).toBe(0);
  });

  test('four messages a second over all places', () => {
    const pacer = createPacer(4);
    pacer.took(['C1'], at(0));
    expect(pacer.waitMs('C2', at(0))).toBe(250);
    expect(pacer.waitMs('C2', at(250))).toBe(0);
  });

  test('names the places that rest and when the first has rested', () => {
    const pacer = createPacer(4);
    pacer.took(['C1'], at(0));
    pacer.took(['C2'], at(400));
    expect(pacer.resting(at(500))).toEqual(['C1', 'C2']);
    expect(pacer.nextFreeAt(at(500))).toEqual(at(1_000));
    expect(pacer.resting(at(1_000))).toEqual(['C2']);
    expect(pacer.resting(at(1_400))).toEqual([]);
    expect(pacer.nextFreeAt(at(1_400))).toBeUndefined();
  });

  test('a clock set back makes nobody wait longer than a second', () => {
    const pacer = createPacer(4);
    pacer.took(['C1'], at(3_600_000));
    expect(pacer.waitMs('C1', at(0))).toBe(1_000);
    expect(pacer.waitMs('C2', at(0))).toBe(250);
  });
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
