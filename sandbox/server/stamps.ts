import type { SandboxClock } from './options.ts';

const microsPerMs = 1000;
const microsPerSecond = 1_000_000;
const step = 100;

/** Hands out what Slack identifies things with; nothing comes twice, even on a clock that stands. */
export class Stamps {
  readonly #clock: SandboxClock;
  #lastMicros = 0;
  #serial = 0;

  constructor(clock: SandboxClock) {
    this.#clock = clock;
  }

  /** A message's name and time, such as `1700000000.000100`. */
  ts(): string {
    const now = this.#clock.now().getTime() * microsPerMs;
    this.#lastMicros = Math.max(now, this.#lastMicros) + step;
    const micros = String(this.#lastMicros % microsPerSecond).padStart(6, '0');
    return `${Math.floor(this.#lastMicros / microsPerSecond)}.${micros}`;
  }

  /** An id such as `V0000002A`. */
  id(prefix: string): string {
    this.#serial += 1;
    return `${prefix}${this.#serial.toString(36).toUpperCase().padStart(8, '0')}`;
  }

  /** Short and opaque, as the ids Slack gives blocks and actions that came without one. */
  token(): string {
    return this.id('').toLowerCase();
  }
}
