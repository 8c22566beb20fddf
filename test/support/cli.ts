import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const main = fileURLToPath(new URL('../../src/main.ts', import.meta.url));
const loader = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;

/** A process takes a second or two to start, on a busy machine several. */
export const slow = { timeout: 60_000 };

/** What a command came to; `code` is null when a signal ended it. */
export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A command under way. */
export interface Running {
  readonly child: ChildProcess;
  /** Everything printed so far. */
  stdout(): string;
  readonly ended: Promise<Ended>;
}

/** A folder of its own: no `.env` of somebody else decides anything. */
export function newFolder(): string {
  return mkdtempSync(join(tmpdir(), 'homeroom-cli-'));
}

/** Starts `homeroom …` as a process with this environment and nothing else. */
export function startCli(
  args: readonly string[],
  env: Record<string, string>,
  cwd = newFolder(),
): Running {
  const child = spawn(process.execPath, ['--import', loader, main, ...args], { cwd, env });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    stdout += chunk;
  });
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
    stderr += chunk;
  });
  const ended = new Promise<Ended>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, stdout, stderr }));
  });
  return { child, stdout: () => stdout, ended };
}

/** Runs `homeroom …` to its end. */
export function runCli(
  args: readonly string[],
  env: Record<string, string>,
  cwd?: string,
): Promise<Ended> {
  return startCli(args, env, cwd).ended;
}
