import { createTask } from 'node-cron';
import type { Log } from '../log.ts';
import type { Heartbeat } from './heartbeat.ts';

export interface Scheduler {
  /** Ticks once at once, to catch up, and then every minute. */
  start(): void;
  /** Ticks no more and waits for a tick that is under way. */
  stop(): Promise<void>;
}

/** The one cron entry: what is due is not its business (DESIGN §7). */
export function createScheduler(heartbeat: Pick<Heartbeat, 'tick'>, log: Log): Scheduler {
  let lastTick: Promise<void> = Promise.resolve();
  const tick = () => {
    lastTick = heartbeat.tick().then(
      () => undefined,
      (error) => log.error({ err: error }, 'the heartbeat failed'),
    );
    return lastTick;
  };
  // A minute missed, as on a laptop that slept, is caught up with by the next one.
  const task = createTask('* * * * *', tick, { suppressMissedWarning: true });
  return {
    start: () => {
      void tick();
      void task.start();
    },
    stop: async () => {
      await task.destroy();
      await lastTick;
    },
  };
}
