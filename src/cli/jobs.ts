import { type Command, InvalidArgumentError, Option } from 'commander';
import type { Homeroom } from '../app.ts';
import { systemClock } from '../clock.ts';
import { isRefusal } from '../domain/refusal.ts';
import { CommandFailed, type Terminal } from './terminal.ts';
import { withApp } from './with-app.ts';

export function addJobs(program: Command, terminal: Terminal): void {
  program
    .command('jobs')
    .description('run scheduled work by hand')
    .command('run')
    .argument('<job>', 'nudge_sweep, stall_sweep, missed_dates or weekly_losses')
    .addOption(
      new Option('--at <instant>', 'as if it were then, such as 2026-11-26T15:00:00Z').argParser(
        readInstant,
      ),
    )
    .option('--dry-run', 'say what would happen, change and send nothing')
    .action((job: string, options: { at?: Date; dryRun?: boolean }) =>
      withApp(terminal, (app) => runJob(terminal, app, job, options)),
    );
}

async function runJob(
  terminal: Terminal,
  app: Homeroom,
  job: string,
  options: { at?: Date; dryRun?: boolean },
): Promise<void> {
  const dryRun = options.dryRun ?? false;
  if (!dryRun && options.at && options.at > systemClock.now()) {
    throw new CommandFailed(
      `${options.at.toISOString()} is still to come: a run now would miss what happens until then. Add --dry-run to see what is known so far.`,
    );
  }
  const reports = await app.heartbeat.runJobNow(job, {
    dryRun,
    ...(options.at ? { at: options.at } : {}),
  });
  if (isRefusal(reports)) throw new CommandFailed(reports.message);
  for (const { run, result } of reports) {
    const when = `${job} ${run.scope} ${run.scheduledFor.toISOString()}`;
    const counts = Object.entries(result?.summary ?? {}).map(([name, value]) => `${name} ${value}`);
    terminal.print(`${when}: ${result ? counts.join(', ') : 'ran before'}`);
    for (const line of result?.report ?? []) terminal.print(`  ${line}`);
  }
  if (reports.length === 0) terminal.print(`${job}: nothing to run, nobody is known yet.`);
  if (dryRun) return terminal.print('Dry run: nothing was changed or sent.');
  const { sent, dropped, dead, unknown } = await app.dispatcher.runUntilIdle();
  terminal.print(`Sent ${sent}, dropped ${dropped}, failed ${dead}, unknown ${unknown}.`);
}

/** Without an offset it would be another instant on another machine. */
function readInstant(text: string): Date {
  const at = new Date(text);
  if (Number.isNaN(at.getTime()) || !/(?:Z|[+-]\d\d:\d\d)$/.test(text)) {
    throw new InvalidArgumentError('Expected an instant such as 2026-11-26T15:00:00Z.');
  }
  return at;
}
