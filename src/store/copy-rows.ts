import { isDeepStrictEqual } from 'node:util';
import { storableValue } from './storable.ts';
import type { Tx } from './store.ts';
import {
  type AnyRow,
  countRows,
  findRange,
  findRows,
  keyOf,
  readPages,
  sqlNameOf,
  type TableName,
} from './table-pages.ts';

/** What a comparison of one table on both sides found. */
export interface TableCheck {
  /** Rows of the source. */
  readonly rows: number;
  /** Rows that are equal but for characters the target's engine cannot store. */
  readonly replaced: readonly string[];
  /** Rows that are missing or not equal, and counts that differ. */
  readonly faults: readonly string[];
}

/** Writes every row of a table into the same table of another database. */
export async function copyRows(from: Tx, to: Tx, name: TableName): Promise<void> {
  for await (const page of readPages(from, name)) {
    await to.bulkUpsert(to.tables[name], page as never);
  }
}

/**
 * Reads a table back on both sides and compares row by row and value by value, as the app will see
 * them: instants, JSON and amounts are compared by what they mean, not by how an engine keeps them.
 */
export async function checkRows(from: Tx, to: Tx, name: TableName): Promise<TableCheck> {
  const replaced: string[] = [];
  const faults: string[] = [];
  for await (const page of readPages(from, name)) {
    const wanted = page.map((row) => asStored(to, row));
    const found = await findByKey(to, name, wanted);
    page.forEach((row, at) => {
      const stored = wanted[at] ?? row;
      const difference = compare(row, stored, found.get(keyText(name, stored)));
      if (difference?.replaced) replaced.push(`${nameRow(name, row)}: ${difference.columns}`);
      else if (difference) faults.push(`${nameRow(name, row)}: ${difference.columns}`);
    });
  }
  const [rows, there] = [await countRows(from, name), await countRows(to, name)];
  if (there !== rows) faults.push(`${sqlNameOf(name)}: ${rows} rows became ${there}`);
  return { rows, replaced, faults };
}

/**
 * The rows of these keys, by `keyText`. Neighbours here are neighbours there, so a range finds them,
 * but for those whose key lost characters and is sorted elsewhere.
 */
async function findByKey(
  tx: Tx,
  name: TableName,
  wanted: readonly AnyRow[],
): Promise<ReadonlyMap<string, AnyRow>> {
  const found = new Map<string, AnyRow>();
  const keep = (rows: readonly AnyRow[]) => {
    for (const row of rows) found.set(keyText(name, row), row);
  };
  const [first, last] = [wanted[0], wanted.at(-1)];
  if (first && last) keep(await findRange(tx, name, first, last));
  const left = wanted.filter((row) => !found.has(keyText(name, row)));
  if (left.length > 0) keep(await findRows(tx, name, left));
  return found;
}

function asStored({ engine }: Tx, row: AnyRow): AnyRow {
  return engine === 'postgres' ? (storableValue(row) as AnyRow) : row;
}

interface Difference {
  readonly columns: string;
  /** Whether every difference is one the engine makes, and no other. */
  readonly replaced: boolean;
}

function compare(row: AnyRow, stored: AnyRow, found: AnyRow | undefined): Difference | undefined {
  if (!found) return { columns: 'is missing', replaced: false };
  const unlike = (other: AnyRow) =>
    Object.keys(row).filter((column) => !isDeepStrictEqual(other[column], found[column]));
  const changed = unlike(row);
  if (changed.length === 0) return undefined;
  const wrong = unlike(stored);
  if (wrong.length === 0) return { columns: changed.join(', '), replaced: true };
  return { columns: `${wrong.join(', ')} not equal`, replaced: false };
}

function keyText(name: TableName, row: AnyRow): string {
  return JSON.stringify(keyOf(name).map((column) => row[column]));
}

/** A table and the key of a row, on one line whatever characters are in it. */
function nameRow(name: TableName, row: AnyRow): string {
  return `${sqlNameOf(name)} ${keyText(name, row).slice(1, -1).replaceAll('"', '').replaceAll(',', ' ')}`;
}
