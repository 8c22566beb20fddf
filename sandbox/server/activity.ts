import { setTimeout as delay } from 'node:timers/promises';

const pollMs = 10;
const quietPolls = 3;

/** Knows whether anything is on its way between Slack and the app. */
export class Activity {
  #running = 0;
  #changes = 0;

  async during<T>(work: () => Promise<T>): Promise<T> {
    this.#count(1);
    try {
      return await work();
    } finally {
      this.#count(-1);
    }
  }

  /** Resolves once nothing has been on its way for a moment of real time. */
  async settled(): Promise<void> {
    // Counted in polls, not in milliseconds: a process that was busy has had no time to act yet.
    for (let quiet = 0; quiet < quietPolls; ) {
      const before = this.#changes;
      await delay(pollMs);
      quiet = this.#running === 0 && this.#changes === before ? quiet + 1 : 0;
    }
  }

  #count(change: number): void {
    this.#running += change;
    this.#changes += 1;
  }
}
