import { setTimeout as delay } from 'node:timers/promises';
import type { Clock } from '../../src/clock.ts';

/** The real clock, moved ahead: time goes on at its usual pace from wherever it was moved to. */
export interface MovableClock extends Clock {
  /** Moves ahead to `instant`; an instant that has passed changes nothing. */
  jumpTo(instant: Date): void;
}

export function createMovableClock(start: Date): MovableClock {
  let aheadMs = start.getTime() - Date.now();
  const now = () => new Date(Date.now() + aheadMs);
  return {
    now,
    sleep: async (ms, signal) => {
      await delay(ms, undefined, signal ? { signal } : {});
    },
    jumpTo: (instant) => {
      aheadMs += Math.max(0, instant.getTime() - now().getTime());
    },
  };
}
