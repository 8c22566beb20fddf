#!/usr/bin/env node
import { existsSync } from 'node:fs';
import { CommanderError } from 'commander';
import { createProgram } from './cli/program.ts';
import { CommandFailed } from './cli/terminal.ts';
import { ConfigError } from './config.ts';
import { AppError } from './domain/refusal.ts';
import { redactSecrets } from './log.ts';

/** The process: arguments and environment in, lines out, signals to a clean stop. */
async function main(): Promise<number> {
  if (existsSync('.env')) process.loadEnvFile('.env');
  const program = createProgram({
    env: process.env,
    print: (line) => void process.stdout.write(`${line}\n`),
    stopped: () =>
      new Promise((resolve) => {
        process.once('SIGTERM', () => resolve());
        process.once('SIGINT', () => resolve());
      }),
  });
  try {
    await program.parseAsync(process.argv);
    return 0;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode;
    process.stderr.write(`${redactSecrets(explain(error))}\n`);
    return 1;
  }
}

/** The message alone where it was written for an operator, else all there is. */
function explain(error: unknown): string {
  const written =
    error instanceof ConfigError || error instanceof CommandFailed || error instanceof AppError;
  if (written) return error.message;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

process.exitCode = await main();
// What a stop was broken off on must not keep the process alive.
setTimeout(() => process.exit(), 1_000).unref();
