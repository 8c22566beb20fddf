import type { OutboxKind } from '../domain/outbox.ts';
import type { Pace } from '../store/paces.ts';

/**
 * One message a second in one place and a ceiling for the whole workspace (SLACK §3.1), kept by all
 * processes together: a claim takes the pace along with its rows.
 * @param ceilingPerSecond `Infinity` for none.
 */
export function paceOf(ceilingPerSecond: number, restMs = 1_000): Pace {
  return { restMs, spacingMs: Math.round(1_000 / ceilingPerSecond) };
}

/** The Web API methods that send, and the one that asks whether a reader may be disturbed. */
export type SendMethod = 'chat.postMessage' | 'chat.update' | 'dnd.info';

/**
 * Methods Slack asked us to leave alone for a while; the others go on. Each process learns it from
 * its own refusal, which spends no attempt.
 */
export interface Parking {
  park(method: SendMethod, until: Date): void;
  parkedUntil(method: SendMethod, now: Date): Date | undefined;
  /** A kind of message last needed these methods, and probably will again. */
  learn(kind: OutboxKind, ...methods: SendMethod[]): void;
  /** Kinds not worth taking from the queue, because a method of theirs is parked. */
  parkedKinds(now: Date): OutboxKind[];
  nextFreeAt(now: Date): Date | undefined;
}

export function createParking(): Parking {
  const until = new Map<SendMethod, number>();
  const methodsOf = new Map<OutboxKind, readonly SendMethod[]>();
  const parkedUntil = (method: SendMethod, now: Date) => {
    const at = until.get(method);
    return at !== undefined && at > now.getTime() ? new Date(at) : undefined;
  };
  return {
    park: (method, at) => {
      until.set(method, Math.max(at.getTime(), until.get(method) ?? 0));
    },
    parkedUntil,
    learn: (kind, ...methods) => {
      methodsOf.set(kind, methods);
    },
    parkedKinds: (now) =>
      [...methodsOf]
        .filter(([, methods]) => methods.some((method) => parkedUntil(method, now)))
        .map(([kind]) => kind),
    nextFreeAt: (now) => earliest([...until.values()], now),
  };
}

function earliest(times: readonly number[], now: Date): Date | undefined {
  const ahead = times.filter((at) => at > now.getTime());
  return ahead.length > 0 ? new Date(Math.min(...ahead)) : undefined;
}
