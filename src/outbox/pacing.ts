import type { OutboxKind } from '../domain/outbox.ts';
import type { Pace } from '../store/paces.ts';

/**
 * One message a second in one place and a ceiling for the whole workspace (SLACK §3.1), kept by all
 * processes together: a claim takes the pace along with its rows.
 * @param ceilingPerSecond `Infinity` for none.
 */
export function paceOf(ceilingPerSecond: number): Pace {
  return { restMs: 1_000, spacingMs: Math.round(1_000 / ceilingPerSecond) };
}

/** The Web API methods that send. */
export type SendMethod = 'chat.postMessage' | 'chat.update';

/**
 * Methods Slack asked us to leave alone for a while; the others go on. Each process learns it from
 * its own refusal, which spends no attempt.
 */
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

function earliest(times: readonly number[], now: Date): Date | undefined {
  const ahead = times.filter((at) => at > now.getTime());
  return ahead.length > 0 ? new Date(Math.min(...ahead)) : undefined;
}
