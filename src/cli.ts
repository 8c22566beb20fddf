import { Command, InvalidArgumentError, Option } from 'commander';
import { createApp, type Homeroom } from './app.ts';
import { systemClock } from './clock.ts';
import { readConfig, readDatabaseUrl } from './config.ts';
import type { ImportOptions, ImportResult } from './crm/contract.ts';
import { importDeals } from './crm/import-deals.ts';
import { importPeople } from './crm/import-people.ts';
import { createProgress } from './crm/progress.ts';
import { isRefusal, type Refusal } from './domain/refusal.ts';
import { count } from './domain/text.ts';
import { openDatabase } from './open-database.ts';

/** Where the command line reads its environment and writes its answers. */
export interface Terminal {
  readonly env: Record<string, string | undefined>;
  print(line: string): void;
  /** Resolves when the process shall end. */
  stopped(): Promise<void>;
}

/** A command that could not do its work; the message is for the person who typed it. */
export class CommandFailed extends Error {}

/** The command line: `start`, `migrate`, `import`, `jobs run`. */
export function createProgram(terminal: Terminal): Command {
  const program = new Command('homeroom')
    .description('Shared plans, one nudge a morning, and a weekly talk about lost deals, in Slack.')
    .exitOverride()
    .showSuggestionAfterError();

  program
    .command('start')
    .description('connect to Slack and run until stopped')
    .action(() => start(terminal));

  program
    .command('migrate')
    .description('bring the database up to date, without starting and without Slack')
    .action(() => migrate(terminal));

  const imports = program.command('import').description('bring in what a CRM exported');
  addImport(imports, 'people', 'colleagues and their managers', terminal, importPeople);
  addImport(imports, 'deals', 'deals, open and closed', terminal, importDeals);

  program
    .command('jobs')
    .description('run scheduled work by hand')
    .command('run')
    .argument('<job>', 'nudge_sweep or weekly_losses')
    .addOption(
      new Option('--at <instant>', 'as if it were then, such as 2026-11-26T15:00:00Z').argParser(
        readInstant,
      ),
    )
    .option('--dry-run', 'say what would happen, change and send nothing')
    .action((job: string, options: { at?: Date; dryRun?: boolean }) =>
      withApp(terminal, (app) => runJob(terminal, app, job, options)),
    );
  return program;
}

async function start(terminal: Terminal): Promise<void> {
  const app = await createApp(readConfig(terminal.env));
  try {
    const port = await app.start();
    terminal.print(`Homeroom is up. Health: http://localhost:${port}/readyz`);
    await terminal.stopped();
  } finally {
    await app.stop();
  }
}

async function migrate(terminal: Terminal): Promise<void> {
  const store = await openDatabase(readDatabaseUrl(terminal.env));
  await store.close();
  const engine = { sqlite: 'SQLite', postgres: 'Postgres' }[store.engine];
  terminal.print(
    store.migrated === 0
      ? `The ${engine} database is up to date.`
      : `The ${engine} database is up to date: ${count(store.migrated, 'migration')} applied.`,
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

interface ImportFlags {
  readonly map: Record<string, string>;
  readonly dateFormat?: 'MDY' | 'DMY' | 'YMD';
  readonly rejects?: string;
  readonly dryRun?: boolean;
}

type Import = typeof importDeals;

function addImport(
  parent: Command,
  what: string,
  description: string,
  terminal: Terminal,
  run: Import,
): void {
  parent
    .command(what)
    .description(description)
    .argument('<csv>', 'the exported file')
    .option('--map <column=field>', 'say what a column holds; may be repeated', collectMap, {})
    .addOption(
      new Option('--date-format <order>', 'how dates such as 3/4/2026 are to be read').choices([
        'MDY',
        'DMY',
        'YMD',
      ]),
    )
    .option('--rejects <file>', 'where rows go that cannot be imported')
    .option('--dry-run', 'count everything, write nothing')
    .action((file: string, flags: ImportFlags) =>
      withApp(terminal, (app, config) =>
        runImport(terminal, app, config, { what, file, flags, run }),
      ),
    );
}

async function runImport(
  terminal: Terminal,
  app: Homeroom,
  config: ReturnType<typeof readConfig>,
  { what, file, flags, run }: { what: string; file: string; flags: ImportFlags; run: Import },
): Promise<void> {
  const progress = createProgress();
  const options: ImportOptions = {
    input: file,
    map: flags.map,
    dateFormat: flags.dateFormat,
    dryRun: flags.dryRun,
    rejectsPath: flags.rejects ?? `${file}.rejects.csv`,
    onProgress: progress.update,
  };
  const deps = {
    store: app.store,
    clock: systemClock,
    workspaceId: app.workspaceId,
    defaultZone: config.teamZone,
    defaultCurrency: config.currency,
    slackUsers: () => app.gateway.listUsers(),
  };
  const result = await run(deps, options).finally(progress.stop);
  printResult(terminal, what, result, flags.dryRun ?? false);
}

function printResult(
  terminal: Terminal,
  what: string,
  result: ImportResult | Refusal,
  dryRun: boolean,
): void {
  if (isRefusal(result)) throw new CommandFailed(result.message);
  const { imported, updated, unchanged, rejected } = result;
  terminal.print(
    `${what}: imported ${imported}, updated ${updated}, unchanged ${unchanged}, rejected ${rejected}`,
  );
  for (const { line, reason } of result.firstRejects) terminal.print(`  line ${line}: ${reason}`);
  if (result.rejectsFile) terminal.print(`Rejected rows are in ${result.rejectsFile}`);
  for (const warning of result.warnings) terminal.print(warning);
  if (result.unmatchedOwners.length > 0) {
    terminal.print('Owners nobody was found for; each is kept under that name:');
    for (const owner of result.unmatchedOwners)
      terminal.print(`  ${owner.name}: ${owner.deals} deal(s)`);
  }
  if (dryRun) terminal.print('Dry run: nothing was written.');
}

async function withApp(
  terminal: Terminal,
  work: (app: Homeroom, config: ReturnType<typeof readConfig>) => Promise<void>,
): Promise<void> {
  const config = readConfig(terminal.env);
  const app = await createApp(config);
  try {
    await work(app, config);
  } finally {
    await app.store.close();
  }
}

function collectMap(pair: string, before: Record<string, string>): Record<string, string> {
  const at = pair.lastIndexOf('=');
  if (at < 1 || at === pair.length - 1) {
    throw new InvalidArgumentError('Expected column=field, such as "Deal Owner=owner".');
  }
  return { ...before, [pair.slice(0, at)]: pair.slice(at + 1) };
}

/** Without an offset it would be another instant on another machine. */
function readInstant(text: string): Date {
  const at = new Date(text);
  if (Number.isNaN(at.getTime()) || !/(?:Z|[+-]\d\d:\d\d)$/.test(text)) {
    throw new InvalidArgumentError('Expected an instant such as 2026-11-26T15:00:00Z.');
  }
  return at;
}
