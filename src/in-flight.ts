import type { Clock } from './clock.ts';

/** Counts work that goes on after Slack was answered, so that a stop can wait for it. */
export interface InFlight {
  run(work: () => Promise<void>): Promise<void>;
  /** Resolves when nothing is running any more, or after `timeoutMs`. */
  settle(timeoutMs: number): Promise<void>;
}

export function createInFlight(sleep: Clock['sleep']): InFlight {
  const running = new Set<Promise<void>>();
  return {
    run: async (work) => {
      const done = work();
      const tracked = done.catch(() => undefined);
      running.add(tracked);
      try {
        await done;
      } finally {
        running.delete(tracked);
      }
    },
    settle: async (timeoutMs) => {
      const drained = (async () => {
        while (running.size > 0) await Promise.all(running);
      })();
      // A timer left behind would keep the process alive until it ends.
      const over = new AbortController();
      const patience = sleep(timeoutMs, over.signal).catch(() => undefined);
      await Promise.race([drained, patience]);
      over.abort();
    },
  };
}
