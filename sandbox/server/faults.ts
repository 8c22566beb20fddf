import type { JsonObject } from './json.ts';

/** What goes wrong: Slack refuses, breaks, hangs, or does the work and loses the answer. */
type FaultKind =
  | { readonly kind: 'rate_limited'; readonly retryAfter?: number }
  | { readonly kind: 'server_error'; readonly status?: number }
  | { readonly kind: 'timeout' }
  | { readonly kind: 'dropped_after_write' }
  | { readonly kind: 'platform'; readonly error: string };

export type Fault = FaultKind & {
  /** A Web API method, `response_url`, or `*` for all of them. */
  readonly method: string;
  /** How many calls it spoils; all of them until `clear`, unless given. */
  readonly times?: number;
  /** The share of calls it spoils, decided by a repeatable draw from `seed`. */
  readonly probability?: number;
  readonly seed?: number;
  /** Spoils only the calls with arguments like these. */
  readonly when?: (args: JsonObject) => boolean;
};

interface ActiveFault {
  readonly fault: Fault;
  left: number;
  readonly draw: () => number;
}

/** Faults on demand. The first one that fits a call spoils it. */
export class Faults {
  #active: ActiveFault[] = [];

  add(fault: Fault): void {
    const left = fault.times ?? Number.POSITIVE_INFINITY;
    this.#active.push({ fault, left, draw: repeatableDraw(fault.seed ?? 1) });
  }

  clear(): void {
    this.#active = [];
  }

  /** Uses up the fault for this call, if there is one. */
  take(method: string, args: JsonObject): Fault | undefined {
    const hit = this.#active.find(
      ({ fault, left, draw }) =>
        left > 0 &&
        (fault.method === '*' || fault.method === method) &&
        (fault.when?.(args) ?? true) &&
        draw() < (fault.probability ?? 1),
    );
    if (hit) hit.left -= 1;
    return hit?.fault;
  }
}

/** Numbers from 0 to 1 that look random and are the same for the same seed (mulberry32). */
export function repeatableDraw(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
