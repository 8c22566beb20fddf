import { mkdtemp, rm } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { benchColdStart } from './cold-start.ts';
import { benchCommands } from './commands.ts';
import { benchDigest } from './digest.ts';
import { benchEngines } from './engines.ts';
import { benchImport } from './import.ts';
import { benchJobs } from './jobs.ts';
import { benchOutbox } from './outbox.ts';
import { benchPlan } from './plan-card.ts';
import { stopAll } from './processes.ts';
import { benchReplicas } from './replicas.ts';
import { formatReport, type Section } from './report.ts';
import { benchStalls } from './stalls.ts';
import { benchSweep } from './sweep-engines.ts';
import { createWorld, type World } from './world.ts';

const limitMs = 600_000;

interface Part {
  readonly run: (world: World) => Promise<Section>;
  readonly needsPostgres?: true;
}

/** By the name that runs one alone, in the order they run. */
const parts: Readonly<Record<string, Part>> = {
  commands: { run: benchCommands },
  jobs: { run: benchJobs },
  plan: { run: benchPlan },
  stalls: { run: benchStalls },
  digest: { run: benchDigest },
  start: { run: benchColdStart },
  import: { run: () => benchImport() },
  engines: { run: benchEngines, needsPostgres: true },
  sweep: { run: benchSweep, needsPostgres: true },
  replicas: { run: benchReplicas, needsPostgres: true },
  outbox: { run: benchOutbox },
};

async function main(asked: readonly string[]): Promise<void> {
  const names = asked.length > 0 ? asked : Object.keys(parts);
  const unknown = names.filter((name) => !Object.hasOwn(parts, name));
  if (unknown.length > 0) {
    say(`There is no section ${unknown.join(', ')}. There is: ${Object.keys(parts).join(', ')}.`);
    process.exitCode = 1;
    return;
  }
  const startedAt = performance.now();
  const cwd = await mkdtemp(join(tmpdir(), 'homeroom-bench-'));
  const world = createWorld(cwd);
  const timer = setTimeout(() => void giveUp(world), limitMs);
  const stop = () => void giveUp(world, 'Stopped.');
  process.once('SIGINT', stop).once('SIGTERM', stop);
  try {
    const sections = await measure(world, names);
    if (sections.length === 0) return;
    const seconds = ((performance.now() - startedAt) / 1000).toFixed(0);
    const place = `node ${process.version}, ${availableParallelism()} cores, ${seconds} s`;
    say(`\n${formatReport(`Homeroom, measured as ${world.program.label}; ${place}`, sections)}`);
  } finally {
    clearTimeout(timer);
    await leave(world);
  }
}

async function measure(world: World, names: readonly string[]): Promise<Section[]> {
  const sections: Section[] = [];
  for (const name of names) {
    const part = parts[name];
    if (!part) continue;
    if (part.needsPostgres && !(await world.postgres())) {
      say(`${name}: left out, postgres and initdb are not on this machine`);
      continue;
    }
    say(`${name} …`);
    sections.push(await part.run(world));
  }
  return sections;
}

/** Ends every process of ours and takes away what they wrote. */
async function leave(world: World): Promise<void> {
  await stopAll();
  try {
    await world.close();
  } finally {
    await rm(world.cwd, { recursive: true, force: true });
  }
}

async function giveUp(world: World, why = `Not done within ${limitMs / 1000} s.`): Promise<void> {
  say(why);
  try {
    await leave(world);
  } finally {
    process.exit(1);
  }
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

await main(process.argv.slice(2));
