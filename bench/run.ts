import { mkdtemp, rm } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';
import { benchColdStart } from './cold-start.ts';
import { benchCommands } from './commands.ts';
import { buildCrmDatabase, type CrmDatabase, teamZone } from './crm-database.ts';
import { benchImport } from './import.ts';
import { benchJobs } from './jobs.ts';
import { type Environment, findProgram, type Program, startServer, stopAll } from './processes.ts';
import { formatReport, type Section } from './report.ts';
import { type SlackStub, startSlackStub } from './slack-stub.ts';
import { signingSecret, targetAt } from './slash-load.ts';

const limitMs = 235_000;
const bareBolt = fileURLToPath(new URL('bare-bolt.mjs', import.meta.url));

interface Bench {
  readonly program: Program;
  readonly cwd: string;
  readonly crm: CrmDatabase;
  readonly stub: SlackStub;
  readonly env: Environment;
}

async function main(): Promise<void> {
  const startedAt = performance.now();
  const cwd = await mkdtemp(join(tmpdir(), 'homeroom-bench-'));
  const timer = setTimeout(() => void giveUp(cwd), limitMs);
  const stop = () => void giveUp(cwd, 'Stopped.');
  process.once('SIGINT', stop).once('SIGTERM', stop);
  try {
    const program = findProgram();
    const sections = await measure(program, cwd);
    const seconds = ((performance.now() - startedAt) / 1000).toFixed(0);
    const place = `node ${process.version}, ${availableParallelism()} cores, ${seconds} s`;
    say(`\n${formatReport(`Homeroom, measured as ${program.label}; ${place}`, sections)}`);
  } finally {
    clearTimeout(timer);
    await stopAll();
    await rm(cwd, { recursive: true, force: true });
  }
}

async function measure(program: Program, cwd: string): Promise<Section[]> {
  say('Importing the CRM export …');
  const crm = await buildCrmDatabase(join(cwd, 'crm.db'));
  const stub = await startSlackStub(crm.people);
  const env = {
    SLACK_BOT_TOKEN: 'xoxb-bench',
    SLACK_SIGNING_SECRET: signingSecret,
    SLACK_API_URL: stub.apiUrl,
    PORT: '0',
    LOG_LEVEL: 'error',
  };
  const bench = { program, cwd, crm, stub, env };
  try {
    say('Slash commands …');
    const commands = await measureCommands(bench);
    say('Cold start …');
    const coldStart = await benchColdStart(startHomeroom(bench), startBare(bench));
    say('Jobs …');
    const jobs = await benchJobs(program, { cwd, env });
    say('Import …');
    return [commands, jobs, coldStart, await benchImport()];
  } finally {
    await stub.close();
  }
}

async function measureCommands(bench: Bench): Promise<Section> {
  const homeroom = await startHomeroom(bench)();
  const bare = await startBare(bench)();
  try {
    const contest = {
      stub: bench.stub,
      homeroom: targetAt(homeroom.port),
      bare: targetAt(bare.port),
    };
    return await benchCommands(contest, bench.crm);
  } finally {
    await Promise.all([homeroom.stop(), bare.stop()]);
  }
}

function startHomeroom({ program, cwd, env, crm }: Bench) {
  const ours = { ...env, DATABASE_URL: crm.url, TEAM_ZONE: teamZone };
  return () => startServer(program, [program.main, 'start'], { cwd, env: ours });
}

function startBare({ program, cwd, env }: Bench) {
  return () => startServer(program, [bareBolt], { cwd, env });
}

async function giveUp(cwd: string, why = `Not done within ${limitMs / 1000} s.`): Promise<void> {
  say(why);
  await stopAll();
  await rm(cwd, { recursive: true, force: true });
  process.exit(1);
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

await main();
