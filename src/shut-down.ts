import type { Clock } from './clock.ts';
import { AppError } from './domain/refusal.ts';

/** Orchestrators kill after 30 seconds as a rule; leases and redelivery cover what is left then. */
const patienceMs = 25_000;

/**
 * Runs the steps of a stop one after the other.
 * @throws AppError `stop_timed_out` when they take longer than anybody waits.
 */
export async function shutDown(
  steps: readonly (() => Promise<unknown>)[],
  sleep: Clock['sleep'],
): Promise<void> {
  const over = new AbortController();
  const deadline = sleep(patienceMs, over.signal).then(
    () => {
      throw new AppError(
        `The stop took longer than ${patienceMs / 1_000} s and was broken off: what was begun is finished by the next start`,
        { code: 'stop_timed_out' },
      );
    },
    () => undefined,
  );
  const done = (async () => {
    for (const step of steps) await step();
  })();
  await Promise.race([done, deadline]).finally(() => over.abort());
}
