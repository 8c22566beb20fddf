import { isRefusal, type Refusal } from '../domain/refusal.ts';
import { count } from '../domain/text.ts';
import { listPersonRecords, type PersonRecord, savePersonRecords } from '../store/import.ts';
import type { ImportDeps, ImportOptions, ImportResult } from './contract.ts';
import { type CsvFile, openCsv } from './csv-rows.ts';
import { createImportSettings } from './import-settings.ts';
import { matchPersonColumns } from './person-fields.ts';
import { type CrmPerson, readPerson } from './person-row.ts';
import { type PeoplePlan, planPeople } from './plan-people.ts';
import { checkRejectsPath } from './rejects.ts';
import { createTally } from './tally.ts';

/**
 * Brings colleagues and their managers in and links them to Slack. It all happens in one
 * transaction, for a manager may stand behind the people who report to them; a list of colleagues
 * fits into memory. Running it again changes nothing that is in already.
 */
export async function importPeople(
  deps: ImportDeps,
  options: ImportOptions,
): Promise<ImportResult | Refusal> {
  const { rejectsPath, dryRun } = options;
  const badPath = rejectsPath && !dryRun && (await checkRejectsPath(rejectsPath, options.input));
  if (badPath) return badPath;
  const file = await openCsv(options.input, options.onProgress);
  if (isRefusal(file)) return file;
  try {
    return await importFile(deps, options, file);
  } finally {
    await file.close();
  }
}

async function importFile(
  deps: ImportDeps,
  options: ImportOptions,
  file: CsvFile,
): Promise<ImportResult | Refusal> {
  const columns = matchPersonColumns(file.header, options.map ?? {});
  if (isRefusal(columns)) return columns;
  const tally = createTally(options, file);
  const rows: CrmPerson[] = [];
  for await (const batch of file.batches) {
    if (isRefusal(batch)) return batch;
    for (const row of batch) {
      const person = readPerson(row, file.header, columns);
      if (isRefusal(person)) tally.reject({ ...row, reason: person.message });
      else rows.push(person);
    }
  }
  const slackUsers = await deps.slackUsers?.();
  const settings = createImportSettings(deps);
  const work = options.dryRun ? deps.store.read : deps.store.transaction;
  const plan = await work(async (tx) => {
    const known = await listPersonRecords(tx, deps.workspaceId);
    const planned = planPeople(rows, known, slackUsers, settings);
    if (!options.dryRun) await savePersonRecords(tx, [...planned.imported, ...planned.updated]);
    return planned;
  });
  tally.add({
    imported: plan.imported.length,
    updated: plan.updated.length,
    unchanged: plan.unchanged.length,
    rejected: plan.rejected,
  });
  const warnings = [
    ...file.warnings,
    ...sayRoles(rows),
    ...sayStandings(plan, slackUsers !== undefined),
  ];
  return tally.finish([], warnings);
}

function sayRoles(rows: readonly CrmPerson[]): string[] {
  const unknown = new Set(rows.flatMap(({ unknownRole }) => unknownRole ?? []));
  return unknown.size === 0
    ? []
    : [`Roles are rep, manager or admin; ${sayNames([...unknown])} changed nobody’s role.`];
}

/** Who cannot be reached, or not as a colleague. */
function sayStandings(plan: PeoplePlan, askedSlack: boolean): string[] {
  const people = [...plan.imported, ...plan.updated, ...plan.unchanged];
  const say = (what: string, whom: (person: PersonRecord) => boolean) => {
    const names = people.filter(whom).map(({ name }) => name);
    return names.length === 0 ? [] : [`${what}: ${sayNames(names)}.`];
  };
  return [
    ...(askedSlack
      ? say('Not found in Slack, so not reachable yet', ({ slackUserId }) => slackUserId === null)
      : []),
    ...say('Left Slack, kept as inactive', ({ active }) => !active),
    ...say('Guests in Slack, who see nothing internal', (p) => p.active && p.standing === 'guest'),
    ...say('Bots, who own nothing', (p) => p.active && p.standing === 'bot'),
  ];
}

const namesShown = 10;

function sayNames(names: readonly string[]): string {
  const more = names.length - namesShown;
  const shown = names.slice(0, namesShown).join(', ');
  return more > 0 ? `${shown} and ${count(more, 'more', 'more')}` : shown;
}
