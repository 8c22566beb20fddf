import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

/** Which form of the app is measured. */
export interface Program {
  readonly label: string;
  /** Node's flags for every child, ours and the bare app's alike, so that both carry the same load. */
  readonly flags: readonly string[];
  readonly main: string;
  /** URL of the composition root, for a child that imports it. */
  readonly app: string;
}

/** A child that said where it listens. */
export interface Running {
  readonly pid: number;
  readonly port: number;
  stop(): Promise<void>;
}

const root = new URL('../', import.meta.url);
const living = new Set<ChildProcess>();
const stopMs = 10_000;

/** The build, when there is one and no source is newer than it; else the sources through tsx. */
export function findProgram(): Program {
  const built = new URL('dist/main.js', root);
  const stale = existsSync(built) && statSync(built).mtimeMs < newestSource();
  if (existsSync(built) && !stale) {
    const app = new URL('dist/app.js', root).href;
    return { label: 'dist (npm run build)', flags: [], main: fileURLToPath(built), app };
  }
  return {
    label: `tsx, because dist is ${stale ? 'older than src' : 'not built'}; starts are slower so`,
    flags: ['--import', import.meta.resolve('tsx')],
    main: fileURLToPath(new URL('src/main.ts', root)),
    app: new URL('src/app.ts', root).href,
  };
}

function newestSource(): number {
  const folder = new URL('src/', root);
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  return Math.max(...files.map((file) => statSync(new URL(file, folder)).mtimeMs));
}

/** What a child gets to know: nothing of the caller's own environment but where programs are. */
export type Environment = Readonly<Record<string, string>>;

/** Starts a node process in `cwd`, away from any `.env` of the project. */
export function startNode(
  program: Program,
  args: readonly string[],
  options: { readonly cwd: string; readonly env: Environment },
): ChildProcess {
  const child = spawn(process.execPath, [...program.flags, ...args], {
    cwd: options.cwd,
    env: { PATH: process.env['PATH'], ...options.env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  living.add(child);
  child.once('exit', () => living.delete(child));
  return child;
}

/** Starts a server and waits for the line in which it names its port. */
export async function startServer(
  program: Program,
  args: readonly string[],
  options: { readonly cwd: string; readonly env: Environment },
): Promise<Running> {
  const child = startNode(program, args, options);
  const port = await readPort(child, args);
  return { pid: child.pid ?? 0, port, stop: () => stopChild(child) };
}

async function readPort(child: ChildProcess, args: readonly string[]): Promise<number> {
  for await (const line of linesOf(child)) {
    const [, port] = /http:\/\/[^:/]+:(\d+)/.exec(line) ?? [];
    if (!port) continue;
    child.stdout?.resume();
    return Number(port);
  }
  throw new Error(`${args.join(' ')} ended before it listened`);
}

/** The last line a child prints before it ends by itself, as JSON. */
export async function readResult<Result>(child: ChildProcess): Promise<Result> {
  let last = '';
  for await (const line of linesOf(child)) last = line;
  return JSON.parse(last) as Result;
}

/** A child that is ready and waits. */
export interface Worker<Result> {
  /** Tells it that there is work. */
  wake(): void;
  /** Ends it. @returns the last line it printed, as JSON, and those it had logged before. */
  finish(): Promise<{ readonly result: Result; readonly logged: readonly string[] }>;
}

/** Starts a node process and waits until it has printed a line, whatever that says. */
export async function startWorker<Result>(
  program: Program,
  args: readonly string[],
  options: { readonly cwd: string; readonly env: Environment },
): Promise<Worker<Result>> {
  const child = startNode(program, args, options);
  const lines = linesOf(child)[Symbol.asyncIterator]();
  if ((await lines.next()).done) throw new Error(`${args[0]} ended before it was ready`);
  const rest = readLines(lines);
  return {
    wake: () => void child.kill('SIGUSR2'),
    finish: async () => {
      await stopChild(child);
      const said = await rest;
      const result = said.pop();
      if (!result) throw new Error(`${args[0]} ended without a result`);
      return { result: JSON.parse(result) as Result, logged: said };
    },
  };
}

async function readLines(lines: AsyncIterator<string>): Promise<string[]> {
  const said: string[] = [];
  for (let line = await lines.next(); !line.done; line = await lines.next()) said.push(line.value);
  return said;
}

function linesOf(child: ChildProcess): AsyncIterable<string> {
  if (!child.stdout) throw new Error('The child has no standard output');
  return createInterface({ input: child.stdout });
}

async function stopChild(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  const force = setTimeout(() => child.kill('SIGKILL'), stopMs);
  await ended;
  clearTimeout(force);
}

/** Ends what is left when a run breaks off. */
export async function stopAll(): Promise<void> {
  await Promise.all([...living].map(stopChild));
}

/** Resident memory of a process; undefined where the system has no `/proc`. */
export function residentBytes(pid: number): number | undefined {
  try {
    const [, kilobytes] =
      /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
    return kilobytes ? Number(kilobytes) * 1024 : undefined;
  } catch {
    return undefined;
  }
}
