import { setTimeout as delay } from 'node:timers/promises';

/** The only place that asks what time it is; tests and the sandbox pass their own. */
export interface Clock {
  now(): Date;
  /** Resolves after `ms` of this clock's time, or rejects when `signal` aborts. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

/** The machine's own clock. */
export const systemClock: Clock = {
  // biome-ignore lint/plugin: this is the Clock port itself.
  now: () => new Date(),
  sleep: async (ms, signal) => {
    await delay(ms, undefined, signal ? { signal } : {});
  },
};
