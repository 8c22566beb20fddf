import { constants } from 'node:fs';
import { access, appendFile, writeFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { type Refusal, refuse } from '../domain/refusal.ts';
import type { RejectedRow } from './contract.ts';

/** Our two columns stand in front, so the cells of a row that is too long stay behind its own. */
export const rejectsColumns = ['homeroom_line', 'homeroom_reason'] as const;

export function isRejectsHeader(header: readonly string[]): boolean {
  return rejectsColumns.every((name, index) => header[index] === name);
}

/** A cell a spreadsheet would run as a formula, possibly escaped already. */
const formula = /^'*[=+\-@\t\r]/;

/** Keeps a spreadsheet from running what a CRM user typed. */
export function escapeFormula(cell: string): string {
  return formula.test(cell) ? `'${cell}` : cell;
}

/** The cell as it was before `escapeFormula`. */
export function unescapeFormula(cell: string): string {
  return cell.startsWith("'") && formula.test(cell) ? cell.slice(1) : cell;
}

/** Where rejected rows go: a CSV to mend and import again. */
export interface RejectsFile {
  add(row: RejectedRow & { readonly cells: readonly string[] }): void;
  /** Writes what was added since. */
  flush(): Promise<void>;
  /** Where it is, once something was written. */
  path(): string | undefined;
}

/** Refuses a path that could not be written once rows are imported already. */
export async function checkRejectsPath(path: string, input: unknown): Promise<Refusal | undefined> {
  if (typeof input === 'string' && resolve(input) === resolve(path)) {
    return refuse(
      'rejects_path',
      `Rejected rows cannot go into ${path}, it is being read. Name another file.`,
    );
  }
  try {
    await access(dirname(resolve(path)), constants.W_OK);
    return undefined;
  } catch {
    return refuse(
      'rejects_path',
      `Rejected rows cannot go to ${path}: its folder is missing or read-only. Name another file.`,
    );
  }
}

/** The file is made with the first rejected row, never before. */
export function createRejectsFile(
  path: string,
  header: readonly string[],
  delimiter: string,
): RejectsFile {
  let begun = false;
  let pending = '';
  const toLine = (cells: readonly string[]) =>
    `${cells.map((cell) => quote(escapeFormula(cell), delimiter)).join(delimiter)}\r\n`;
  return {
    add: ({ line, reason, cells }) => {
      pending += toLine([String(line), reason, ...cells]);
    },
    flush: async () => {
      if (pending === '') return;
      // Spreadsheets take a file without the mark in front for Windows-1252.
      if (begun) await appendFile(path, pending);
      else await writeFile(path, `\ufeff${toLine([...rejectsColumns, ...header])}${pending}`);
      begun = true;
      pending = '';
    },
    path: () => (begun ? path : undefined),
  };
}

function quote(cell: string, delimiter: string): string {
  const plain = !/["\r\n]|^\s|\s$/.test(cell) && !cell.includes(delimiter);
  return plain ? cell : `"${cell.replaceAll('"', '""')}"`;
}
