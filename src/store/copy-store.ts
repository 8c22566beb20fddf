import { AppError, type Refusal, refuse } from '../domain/refusal.ts';
import { count } from '../domain/text.ts';
import { checkRows, copyRows, type TableCheck } from './copy-rows.ts';
import { runOutside, type Store, type Tx } from './store.ts';
import { countRows, sqlNameOf, type TableName, tableNames } from './table-pages.ts';

/** A table that was copied. */
export interface CopiedTable extends Pick<TableCheck, 'rows' | 'replaced'> {
  /** As the database has it. */
  readonly table: string;
}

const faultsShown = 10;

/**
 * Copies every table of the schema into a database that has no row yet, and reads both sides again
 * to compare them. It is one snapshot of the source and one transaction of the target, the
 * comparison included: what failed or differs leaves nothing behind.
 *
 * Characters that Postgres cannot store are no failure: the app itself drops them when it writes
 * there, and one such character in an old note should not keep a team from moving. The rows they
 * were in are named in `replaced`.
 * @returns the tables as the schema lists them, or a refusal that names the target's rows.
 * @throws AppError `copy_failed`, `copy_differs`.
 */
export function copyStore(source: Store, target: Store): Promise<CopiedTable[] | Refusal> {
  return source.read((from) => runOutside(() => target.transaction((to) => copy(from, to))));
}

async function copy(from: Tx, to: Tx): Promise<CopiedTable[] | Refusal> {
  const taken = await nameFilledTables(to);
  if (taken.length > 0) {
    const rows = taken.join(', ');
    return refuse('target_not_empty', `The target is not empty, it has ${rows}.`);
  }
  for (const name of tableNames) await step('copied', name, () => copyRows(from, to, name));
  const copied: CopiedTable[] = [];
  const faults: string[] = [];
  for (const name of tableNames) {
    const check = await step('compared', name, () => checkRows(from, to, name));
    copied.push({ table: sqlNameOf(name), rows: check.rows, replaced: check.replaced });
    faults.push(...check.faults);
  }
  if (faults.length > 0) throw differs(faults);
  return copied;
}

/** The tables that hold rows, each with how many: `deals (12)`. */
async function nameFilledTables(tx: Tx): Promise<string[]> {
  const filled: string[] = [];
  for (const name of tableNames) {
    const rows = await countRows(tx, name);
    if (rows > 0) filled.push(`${sqlNameOf(name)} (${rows})`);
  }
  return filled;
}

async function step<Result>(
  done: string,
  name: TableName,
  work: () => Promise<Result>,
): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    throw new AppError(
      `Table ${sqlNameOf(name)} could not be ${done}, so nothing was copied: ${rootReason(error)}`,
      { code: 'copy_failed', cause: error },
    );
  }
}

/** The driver's own words: the query around them can be pages of values. */
function rootReason(error: unknown): string {
  let at = error;
  while (at instanceof Error && at.cause instanceof Error) at = at.cause;
  return at instanceof Error ? at.message : String(at);
}

function differs(faults: readonly string[]): AppError {
  const shown = faults.slice(0, faultsShown).map((fault) => `\n  ${fault}`);
  return new AppError(
    `The copy differs from its source in ${count(faults.length, 'place')}, so nothing was copied:${shown.join('')}`,
    { code: 'copy_differs' },
  );
}
