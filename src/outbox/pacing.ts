import type { OutboxKind } from '../domain/outbox.ts';

/** One message a second in one channel, and a ceiling for the whole workspace (SLACK §3.1). */
export interface Pacer {
  /** How long until a message may go to this place; 0 when it may go now. */
  waitMs(place: string, now: Date): number;
  /** A message goes out now, to one place that may have several names. */
  took(places: readonly string[], now: Date): void;
  /** The places that rest after their last message. */
  resting(now: Date): string[];
  /** When the first of them has rested. */
  nextFreeAt(now: Date): Date | undefined;
}

const restMs = 1_000;

export function createPacer(ceilingPerSecond: number): Pacer {
  const spacingMs = 1_000 / ceilingPerSecond;
  const lastTo = new Map<string, number>();
  let last = Number.NEGATIVE_INFINITY;

  // Never longer than the rest itself, also when the clock was set back.
  const left = (since: number | undefined, pauseMs: number, now: Date) =>
    since === undefined ? 0 : clamp(since + pauseMs - now.getTime(), pauseMs);

  return {
    waitMs: (place, now) =>
      Math.ceil(Math.max(left(last, spacingMs, now), left(lastTo.get(place), restMs, now))),
    took: (places, now) => {
      last = now.getTime();
      for (const place of places) lastTo.set(place, last);
    },
    resting: (now) => {
      for (const [place, at] of lastTo) {
        if (left(at, restMs, now) === 0) lastTo.delete(place);
      }
      return [...lastTo.keys()];
    },
    nextFreeAt: (now) =>
      earliest(
        [...lastTo.values()].map((at) => now.getTime() + left(at, restMs, now)),
        now,
      ),
  };
}

/** The Web API methods that send. */
export type SendMethod = 'chat.postMessage' | 'chat.update';

/** Methods Slack asked us to leave alone for a while; the others go on. */
export interface Parking {
  park(method: SendMethod, until: Date): void;
  parkedUntil(method: SendMethod, now: Date): Date | undefined;
  /** A kind of message was last sent by this method, and probably will be again. */
  learn(kind: OutboxKind, method: SendMethod): void;
  /** Kinds not worth taking from the queue, because their method is parked. */
  parkedKinds(now: Date): OutboxKind[];
  nextFreeAt(now: Date): Date | undefined;
}

export function createParking(): Parking {
  const until = new Map<SendMethod, number>();
  const methodOf = new Map<OutboxKind, SendMethod>();
  const parkedUntil = (method: SendMethod, now: Date) => {
    const at = until.get(method);
    return at !== undefined && at > now.getTime() ? new Date(at) : undefined;
  };
  return {
    park: (method, at) => {
      until.set(method, Math.max(at.getTime(), until.get(method) ?? 0));
    },
    parkedUntil,
    learn: (kind, method) => {
      methodOf.set(kind, method);
    },
    parkedKinds: (now) =>
      [...methodOf].filter(([, method]) => parkedUntil(method, now)).map(([kind]) => kind),
    nextFreeAt: (now) => earliest([...until.values()], now),
  };
}

function clamp(ms: number, max: number): number {
  return Math.min(Math.max(0, ms), max);
}

function earliest(times: readonly number[], now: Date): Date | undefined {
  const ahead = times.filter((at) => at > now.getTime());
  return ahead.length > 0 ? new Date(Math.min(...ahead)) : undefined;
}
