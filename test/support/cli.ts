import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bundleProgram } from './program-bundle.ts';

/** A process takes a second to start, on a busy machine several. */
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
export async function startCli(
  args: readonly string[],
  env: Record<string, string>,
  cwd = newFolder(),
): Promise<Running> {
  const program = await bundleProgram('src/main.ts');
  const child = spawn(process.execPath, [program, ...args], { cwd, env });
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
export async function runCli(
  args: readonly string[],
  env: Record<string, string>,
  cwd?: string,
): Promise<Ended> {
  return (await startCli(args, env, cwd)).ended;
}
