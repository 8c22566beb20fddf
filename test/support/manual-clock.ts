import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Clock } from '../../src/clock.ts';

/** A clock that stands still until somebody moves it; sleeping on it moves it at once. */
export interface ManualClock extends Clock {
  set(iso: string): void;
  advance(ms: number): void;
}

export function createManualClock(startIso: string): ManualClock {
  let at = Date.parse(startIso);
  return {
    now: () => new Date(at),
    sleep: async (ms, signal) => {
      signal?.throwIfAborted();
      at += Math.max(0, ms);
      await nextTurn();
    },
    set: (iso) => {
      at = Date.parse(iso);
    },
    advance: (ms) => {
      at += ms;
    },
  };
}
