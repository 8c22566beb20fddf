import { type Command, InvalidArgumentError, Option } from 'commander';
import type { Homeroom } from '../app.ts';
import { systemClock } from '../clock.ts';
import type { Config } from '../config.ts';
import type { ImportOptions, ImportResult } from '../crm/contract.ts';
import { importDeals } from '../crm/import-deals.ts';
import { importPeople } from '../crm/import-people.ts';
import { createProgress } from '../crm/progress.ts';
import { isRefusal, type Refusal } from '../domain/refusal.ts';
import { CommandFailed, type Terminal } from './terminal.ts';
import { withApp } from './with-app.ts';

export function addImport(program: Command, terminal: Terminal): void {
  const imports = program.command('import').description('bring in what a CRM exported');
  addOne(imports, 'people', 'colleagues and their managers', terminal, importPeople);
  addOne(imports, 'deals', 'deals, open and closed', terminal, importDeals);
}

interface ImportFlags {
  readonly map: Record<string, string>;
  readonly dateFormat?: 'MDY' | 'DMY' | 'YMD';
  readonly rejects?: string;
  readonly dryRun?: boolean;
}

type Import = typeof importDeals;

function addOne(
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
  config: Config,
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

function collectMap(pair: string, before: Record<string, string>): Record<string, string> {
  const at = pair.lastIndexOf('=');
  if (at < 1 || at === pair.length - 1) {
    throw new InvalidArgumentError('Expected column=field, such as "Deal Owner=owner".');
  }
  return { ...before, [pair.slice(0, at)]: pair.slice(at + 1) };
}
