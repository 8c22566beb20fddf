import { growthAim, type JobRuns, runJobs, saySweep } from './jobs.ts';
import { median, type Row, type Section, sayCount, sayMs } from './report.ts';
import type { World } from './world.ts';

const sizes = [10_000, 100_000];

interface Pair {
  readonly size: number;
  readonly postgres: JobRuns;
  readonly sqlite: JobRuns;
}

/** The nudge sweep on the same pipelines in both engines. */
export async function benchSweep(world: World): Promise<Section> {
  const pairs: Pair[] = [];
  for (const size of sizes) {
    const options = { size, sweepsAlone: true };
    pairs.push({
      size,
      sqlite: await runJobs(world, { ...options, engine: 'sqlite' }),
      postgres: await runJobs(world, { ...options, engine: 'postgres' }),
    });
  }
  return {
    title:
      'Nudge sweep on Postgres, against SQLite (the first in a process, then the median of four)',
    rows: [...pairs.map(toRow), growthRow(pairs)],
  };
}

function toRow({ size, postgres, sqlite }: Pair): Row {
  const [ours, theirs] = [firstOf(postgres), firstOf(sqlite)];
  if (saySweep(ours) !== saySweep(theirs)) {
    throw new Error(`The engines planned differently: ${saySweep(ours)} and ${saySweep(theirs)}`);
  }
  return {
    what: `${sayCount(size)} open deals, ${saySweep(ours)}`,
    homeroom: `${sayMs(ours.ms)}, then ${sayMs(warmMs(postgres))}`,
    against: `${sayMs(theirs.ms)}, then ${sayMs(warmMs(sqlite))}`,
    ratio: `${(ours.ms / theirs.ms).toFixed(1)}×, ${(warmMs(postgres) / warmMs(sqlite)).toFixed(1)}×`,
  };
}

function growthRow(pairs: readonly Pair[]): Row {
  const growth = (of: (pair: Pair) => JobRuns) => {
    const [few = 0, many = 0] = pairs.map((pair) => warmMs(of(pair)));
    return many / few;
  };
  const [ours, theirs] = [growth(({ postgres }) => postgres), growth(({ sqlite }) => sqlite)];
  return {
    what: 'ten times the deals take',
    homeroom: `${ours.toFixed(1)}×`,
    against: `${theirs.toFixed(1)}×`,
    aim: `≤ ${growthAim}×`,
    met: Math.max(ours, theirs) <= growthAim,
  };
}

function firstOf({ sweeps }: JobRuns) {
  const [first] = sweeps;
  if (!first) throw new Error('No sweep ran');
  return first;
}

function warmMs({ sweeps }: JobRuns): number {
  return median(sweeps.slice(1).map(({ ms }) => ms));
}
