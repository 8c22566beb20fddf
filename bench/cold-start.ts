import { performance } from 'node:perf_hooks';
import { setTimeout as delay } from 'node:timers/promises';
import { type Running, residentBytes } from './processes.ts';
import { median, type Row, type Section, sayMb, sayMs } from './report.ts';
import type { World } from './world.ts';

const starts = 5;
const idleMs = 500;
const pollMs = 2;
const memoryAim = 200 * 1_048_576;

interface Start {
  readonly ms: number;
  readonly idleBytes: number | undefined;
}

/** From the spawn to the first request it is ready for, and what it holds when nothing happens. */
export async function benchColdStart(world: World): Promise<Section> {
  const startHomeroom = world.startHomeroom(await world.crm('sqlite'));
  const startBare = world.startBare();
  const ours: Start[] = [];
  const theirs: Start[] = [];
  for (let round = 0; round < starts; round += 1) {
    ours.push(await timeStart(startHomeroom, '/readyz', (status) => status === 200));
    theirs.push(await timeStart(startBare, '/', () => true));
  }
  return {
    title: 'Cold start on the imported data, against a bare Bolt app',
    rows: rowsOf(ours, theirs),
  };
}

async function timeStart(
  start: () => Promise<Running>,
  path: string,
  isReady: (status: number) => boolean,
): Promise<Start> {
  const startedAt = performance.now();
  const server = await start();
  try {
    while (!isReady((await fetch(`http://127.0.0.1:${server.port}${path}`)).status)) {
      await delay(pollMs);
    }
    const ms = performance.now() - startedAt;
    await delay(idleMs);
    return { ms, idleBytes: residentBytes(server.pid) };
  } finally {
    await server.stop();
  }
}

function rowsOf(ours: readonly Start[], theirs: readonly Start[]): Row[] {
  const [ms, bareMs] = [ours, theirs].map((given) => median(given.map((start) => start.ms)));
  const [bytes, bareBytes] = [ours, theirs].map(idleBytesOf);
  return [
    {
      what: 'spawn to /readyz 200 (median of 5)',
      homeroom: sayMs(ms ?? 0),
      against: sayMs(bareMs ?? 0),
      ratio: `${((ms ?? 0) / (bareMs ?? 1)).toFixed(2)}×`,
    },
    {
      what: 'resident memory, idle',
      homeroom: sayMb(bytes),
      against: sayMb(bareBytes),
      ...(bytes && bareBytes ? { ratio: `${(bytes / bareBytes).toFixed(2)}×` } : {}),
      aim: `< ${sayMb(memoryAim)}`,
      ...(bytes ? { met: bytes < memoryAim } : {}),
    },
  ];
}

function idleBytesOf(given: readonly Start[]): number | undefined {
  const known = given.flatMap(({ idleBytes }) => idleBytes ?? []);
  return known.length > 0 ? median(known) : undefined;
}
