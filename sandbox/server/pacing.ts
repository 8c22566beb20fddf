import type { SandboxClock } from './options.ts';
import { RateLimited } from './refusal.ts';

const burst = 3;
const msPerMessage = 1000;

interface Bucket {
  tokens: number;
  filledAt: number;
}

/** When messages were posted, by channel; on request also Slack's limit of one a second. */
export class Pacing {
  readonly #clock: SandboxClock;
  readonly #isEnforced: boolean;
  readonly #posts = new Map<string, Date[]>();
  readonly #buckets = new Map<string, Bucket>();

  constructor(clock: SandboxClock, isEnforced: boolean) {
    this.#clock = clock;
    this.#isEnforced = isEnforced;
  }

  /** The instants, on the sandbox's clock, at which this channel got a message. */
  posts(channel: string): readonly Date[] {
    return this.#posts.get(channel) ?? [];
  }

  /** Counts a post, or refuses it when the channel has had too many. */
  note(channel: string): void {
    const now = this.#clock.now();
    if (this.#isEnforced) this.#spend(channel, now.getTime());
    this.#posts.set(channel, [...this.posts(channel), now]);
  }

  #spend(channel: string, now: number): void {
    const bucket = this.#buckets.get(channel) ?? { tokens: burst, filledAt: now };
    const filled = bucket.tokens + (now - bucket.filledAt) / msPerMessage;
    const tokens = Math.min(burst, filled);
    if (tokens < 1) throw new RateLimited(Math.ceil(1 - tokens));
    this.#buckets.set(channel, { tokens: tokens - 1, filledAt: now });
  }
}
