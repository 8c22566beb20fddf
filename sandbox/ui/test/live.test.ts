import { describe, expect, it } from 'vitest';
import { coalesce } from '../src/live/coalesce.ts';
import { readPlace, writePlace } from '../src/live/use-place.ts';

describe('coalesce', () => {
  it('gives every caller data read after the call, with one load at a time', async () => {
    let started = 0;
    const gates: (() => void)[] = [];
    const load = coalesce(() => {
      started += 1;
      return new Promise<void>((resolve) => gates.push(resolve));
    });
    const first = load();
    const second = load();
    const third = load();
    expect(started).toBe(1);
    expect(third).toBe(second);
    gates[0]?.();
    await first;
    await Promise.resolve();
    expect(started).toBe(2);
    gates[1]?.();
    await second;
    expect(started).toBe(2);
  });
});

describe('a place', () => {
  it('comes back from its own address', () => {
    const place = { as: 'U1', channel: 'C1', thread: '1.2', tab: 'home' } as const;
    expect(readPlace(writePlace(place))).toEqual(place);
    expect(readPlace('')).toEqual({ as: null, channel: null, thread: null, tab: 'messages' });
  });
});
