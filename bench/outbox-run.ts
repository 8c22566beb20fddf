import { performance } from 'node:perf_hooks';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { systemClock } from '../src/clock.ts';
import type { WorkspaceId } from '../src/domain/ids.ts';
import type { Intent } from '../src/domain/outbox.ts';
import type { DispatcherOptions } from '../src/outbox/dispatcher.ts';
import { openStore } from '../src/store/open-store.ts';
import { enqueue } from '../src/store/outbox.ts';
import type { Engine } from '../src/store/store.ts';
import { startWorker } from './processes.ts';
import { startSlackStub, teamId } from './slack-stub.ts';
import type { World } from './world.ts';

export const channels = 200;

/** What is delivered by whom, and for how long it is watched. */
export interface OutboxLoad {
  /** Names its database. */
  readonly name: string;
  readonly engine: Engine;
  readonly dispatchers: number;
  readonly seconds: number;
  /** Given to `createDispatcher`; its own defaults when absent. */
  readonly options: Pick<DispatcherOptions, 'ceilingPerSecond' | 'concurrency'>;
}

/** What arrived at Slack in the seconds after everything was queued. */
export interface Delivered {
  readonly perSecond: number;
  /** The shortest time between two messages in one channel. */
  readonly closestMs: number;
  /** How much of a core the busiest dispatcher used: near 1 it sets the pace itself. */
  readonly share: number;
  /** The lines of errors; the first is shown as well. */
  readonly logged: readonly string[];
}

interface Arrival {
  readonly channel: string;
  readonly key: string;
  readonly at: number;
}

/**
 * Queues more for every channel than it may get, at once, and counts what arrives. In no stretch of
 * whole seconds do the limits allow more than their pace, so that 100 % is the most there is.
 */
export async function runOutbox(world: World, load: OutboxLoad): Promise<Delivered> {
  const { engine, name, dispatchers, seconds } = load;
  const arrivals: Arrival[] = [];
  const stub = await startSlackStub([], (message) => void arrivals.push(toArrival(message)));
  const url = await world.emptyDatabase(engine, name);
  const script = fileURLToPath(new URL('run-outbox.mjs', import.meta.url));
  const args = [script, world.program.app, JSON.stringify(load.options)];
  const options = { cwd: world.cwd, env: world.envOf(url, stub.apiUrl) };
  try {
    const workers = [];
    for (let at = 0; at < dispatchers; at += 1) {
      workers.push(await startWorker<{ share: number }>(world.program, args, options));
    }
    await queue(url, seconds + 1);
    const startedAt = performance.now();
    for (const worker of workers) worker.wake();
    await delay(seconds * 1_000);
    const counted = arrivals.filter(({ at }) => at < startedAt + seconds * 1_000);
    const ends = await Promise.all(workers.map((worker) => worker.finish()));
    expectOnce(arrivals);
    const logged = ends.flatMap((end) => end.logged);
    for (const line of logged.slice(0, 1)) process.stderr.write(`${line}\n`);
    return {
      perSecond: counted.length / seconds,
      closestMs: closestOf(arrivals),
      share: Math.max(...ends.map(({ result }) => result.share)),
      logged,
    };
  } finally {
    await stub.close();
  }
}

function toArrival(message: URLSearchParams): Arrival {
  const at = performance.now();
  const { event_payload } = JSON.parse(message.get('metadata') ?? '{}');
  return { channel: message.get('channel') ?? '', key: event_payload?.key, at };
}

async function queue(url: string, perChannel: number): Promise<void> {
  const intents = Array.from({ length: channels * perChannel }, (_, at): Intent => {
    const target = `C0BENCH${String(at % channels).padStart(3, '0')}`;
    return { kind: 'loss_listed', key: `bench:${at}`, target, payload: { text: `No. ${at}` } };
  });
  const store = await openStore(url);
  const now = systemClock.now();
  await store.transaction((tx) => enqueue(tx, teamId as WorkspaceId, now, intents));
  await store.close();
}

function expectOnce(arrivals: readonly Arrival[]): void {
  const doubled = arrivals.length - new Set(arrivals.map(({ key }) => key)).size;
  if (doubled > 0) throw new Error(`${doubled} messages arrived twice`);
}

function closestOf(arrivals: readonly Arrival[]): number {
  const lastIn = new Map<string, number>();
  let closest = Number.POSITIVE_INFINITY;
  for (const { channel, at } of arrivals) {
    closest = Math.min(closest, at - (lastIn.get(channel) ?? Number.NEGATIVE_INFINITY));
    lastIn.set(channel, at);
  }
  return closest;
}
