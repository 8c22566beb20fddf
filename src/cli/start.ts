import type { Command } from 'commander';
import { createApp } from '../app.ts';
import { readConfig } from '../config.ts';
import type { Terminal } from './terminal.ts';

/** A balancer that asks `/readyz` every two seconds has turned away twice over by then. */
const balancerMs = 5_000;

export function addStart(program: Command, terminal: Terminal): void {
  program
    .command('start')
    .description('connect to Slack and run until stopped')
    .action(() => start(terminal));
}

async function start(terminal: Terminal): Promise<void> {
  const app = await createApp(readConfig(terminal.env));
  let graceMs = 0;
  try {
    const port = await app.start();
    terminal.print(`Homeroom is up. Health: http://localhost:${port}/readyz`);
    await terminal.stopped();
    graceMs = balancerMs;
  } finally {
    await app.stop({ graceMs });
  }
}
