import { Command } from 'commander';
import { addBackup } from './backup.ts';
import { addCopy } from './copy.ts';
import { addDoctor } from './doctor.ts';
import { addImport } from './import.ts';
import { addJobs } from './jobs.ts';
import { addMigrate } from './migrate.ts';
import { addStart } from './start.ts';
import type { Terminal } from './terminal.ts';

/** The command line; each command is a file of its own. */
export function createProgram(terminal: Terminal): Command {
  const program = new Command('homeroom')
    .description('Shared plans, one nudge a morning, and a weekly talk about lost deals, in Slack.')
    .exitOverride()
    .showSuggestionAfterError();
  addStart(program, terminal);
  addMigrate(program, terminal);
  addImport(program, terminal);
  addJobs(program, terminal);
  addBackup(program, terminal);
  addCopy(program, terminal);
  addDoctor(program, terminal);
  return program;
}
