import { fileURLToPath } from 'node:url';
import { addDays, type Day, instantAt, isBusinessDay } from '../src/domain/calendar.ts';
import type { Engine } from '../src/store/store.ts';
import { readResult, startNode } from './processes.ts';
import { median, type Row, type Section, sayCount, sayMb, sayMs } from './report.ts';
import {
  firstDay,
  lossesPerWeek,
  peopleCount,
  seedPipeline,
  weeks,
  zones,
} from './seed-pipeline.ts';
import type { World } from './world.ts';

const sizes = [1_000, 10_000, 100_000];
const aimMs = 1_000;
const memoryAim = 200 * 1_048_576;
/** Ten times the deals may take this many times as long: linear, and some noise. */
export const growthAim = 12;

export interface Timed {
  readonly ms: number;
  /** Resident memory afterwards. */
  readonly bytes: number;
  readonly summaries: readonly Readonly<Record<string, number>>[];
}

/** Every run, in the order they ran. */
export interface JobRuns {
  readonly sweeps: readonly Timed[];
  readonly threads: readonly Timed[];
  readonly bytesBefore: number;
}

/** Both jobs on pipelines of a thousand, ten thousand and a hundred thousand open deals. */
export async function benchJobs(world: World): Promise<Section> {
  const runs: JobRuns[] = [];
  for (const size of sizes) runs.push(await runJobs(world, { engine: 'sqlite', size }));
  const title = `Jobs: ${peopleCount} people in ${zones.length} zones, 2 steps a deal, half of them held up, as many deals closed as open`;
  return {
    title,
    rows: [
      ...rowsOf(
        'nudge sweep',
        runs.map(({ sweeps }) => sweeps),
        saySweep,
      ),
      ...rowsOf(
        'weekly thread',
        runs.map(({ threads }) => threads),
        sayThread,
      ),
      ...memoryRows(runs.at(-1)),
    ],
  };
}

/** Seeds a pipeline and runs the jobs on it, in a process of their own. */
export async function runJobs(
  world: World,
  { engine, size, sweepsAlone = false }: { engine: Engine; size: number; sweepsAlone?: boolean },
): Promise<JobRuns> {
  const { program, cwd } = world;
  const url = await world.emptyDatabase(engine, `pipeline_${size}${sweepsAlone ? '_sweep' : ''}`);
  await seedPipeline(url, { openDeals: size, closedDeals: size });
  const script = fileURLToPath(new URL('run-jobs.mjs', import.meta.url));
  const env = world.envOf(url, (await world.stub()).apiUrl);
  const times = { ...instants(), ...(sweepsAlone ? { threadsAt: [] } : {}) };
  const args = [script, program.app, JSON.stringify(times)];
  return readResult<JobRuns>(startNode(program, args, { cwd, env }));
}

/** Five working mornings and five Thursdays, each when the last zone's time has come. */
function instants(): { sweepsAt: Date[]; threadsAt: Date[] } {
  const evening = (on: Day) => instantAt(on, '18:00', 'UTC');
  const days = Array.from({ length: 7 }, (_, at) => addDays(firstDay, at));
  const thursdays = Array.from({ length: weeks }, (_, at) => addDays(firstDay, 7 * at));
  return {
    sweepsAt: days.filter((on) => isBusinessDay(on)).map(evening),
    threadsAt: thursdays.map(evening),
  };
}

/** The first run in a process is what happens; the median of the others is what can be compared. */
function rowsOf(
  what: string,
  runs: readonly (readonly Timed[])[],
  say: (run: Timed) => string,
): Row[] {
  const warm = runs.map((timed) => median(timed.slice(1).map(({ ms }) => ms)));
  return sizes.map((size, at) => {
    const [first] = runs[at] ?? [];
    const [own = 0, before] = [warm[at], warm[at - 1]];
    if (!first) throw new Error(`${what} did not run with ${size} deals`);
    const growth = before === undefined ? undefined : own / before;
    const largest = at === sizes.length - 1;
    return {
      what: `${what}, ${sayCount(size)} open deals`,
      homeroom: `${sayMs(first.ms)}, then ${sayMs(own)}; ${say(first)}`,
      ...(before === undefined ? {} : { against: `${sayMs(before)} for a tenth` }),
      ...(growth === undefined ? {} : { ratio: `${growth.toFixed(1)}×` }),
      aim: largest ? `< ${sayMs(aimMs)}, ≤ ${growthAim}×` : growth ? `≤ ${growthAim}×` : '',
      ...(growth === undefined
        ? {}
        : { met: growth <= growthAim && (!largest || first.ms < aimMs) }),
    };
  });
}

export function saySweep(run: Timed): string {
  return `${sayCount(sum(run, 'people'))} messages, ${sayCount(sum(run, 'questions'))} questions, ${sayCount(sum(run, 'held'))} held back`;
}

function sayThread(run: Timed): string {
  const losses = sum(run, 'losses');
  if (losses !== lossesPerWeek)
    throw new Error(`A week had ${losses} losses, not ${lossesPerWeek}`);
  return `${sayCount(losses)} losses`;
}

function sum(run: Timed, key: string): number {
  return run.summaries.reduce((total, summary) => total + (summary[key] ?? 0), 0);
}

/** The largest pipeline's: what was planned is let go, but not at once. */
function memoryRows(run: JobRuns | undefined): Row[] {
  const [first] = run?.sweeps ?? [];
  if (!run || !first) throw new Error('No sweep ran');
  const most = Math.max(...[...run.sweeps, ...run.threads].map(({ bytes }) => bytes));
  const row = (what: string, bytes: number) => ({
    what: `resident memory after ${what}`,
    homeroom: sayMb(bytes),
    against: `${sayMb(run.bytesBefore)} before`,
    ratio: `${(bytes / run.bytesBefore).toFixed(2)}×`,
  });
  return [
    {
      ...row('a sweep of the largest', first.bytes),
      aim: `< ${sayMb(memoryAim)}`,
      met: first.bytes < memoryAim,
    },
    row(`${run.sweeps.length} of them and ${run.threads.length} threads on end`, most),
  ];
}
