import { type Refusal, refuse } from '../domain/refusal.ts';
import { cleanLine } from '../domain/text.ts';
import type { Columns } from './columns.ts';
import type { CsvRow } from './csv-records.ts';

/** Names longer than this are a description in the wrong column. */
const maxName = 200;

/** The cell of a field, clean and on one line; empty when there is no such column. */
export function cellOf<Field extends string>(
  row: CsvRow,
  columns: Columns<Field>,
  field: Field,
): string {
  const index = columns[field];
  const cell = index === undefined ? '' : (row.cells[index] ?? '');
  return isClean.test(cell) ? cell : cleanLine(cell);
}

/** Words of plain characters with single spaces: nearly every cell, and nothing to clean in it. */
const isClean = /^(?:[!-~]+(?: [!-~]+)*)?$/;

/** Why a row cannot be used whatever its columns mean, or undefined. */
export function findRowFault(row: CsvRow, header: readonly string[]): Refusal | undefined {
  if (row.cells.length === header.length) return undefined;
  const runsOn = row.cells.some((cell) => cell.includes('\n'));
  return refuse(
    'row_length',
    `It has ${row.cells.length} cells, the header has ${header.length}.${
      runsOn ? ' It runs over several lines: is a quote in it not closed?' : ''
    }`,
  );
}

/** Why a text cannot be a name, or undefined. */
export function findNameFault(text: string, what: string): Refusal | undefined {
  if (text.length > maxName) {
    return refuse('too_long', `${what} has ${text.length} characters; ${maxName} is the most.`);
  }
  return text.includes('\ufffd')
    ? refuse(
        'unreadable',
        `${what} “${text.slice(0, 40)}” has lost characters. Save the file as UTF-8.`,
      )
    : undefined;
}

/** A cell as a reason quotes it. */
export function quoteCell(text: string): string {
  return `“${text.slice(0, 40)}${text.length > 40 ? '…' : ''}”`;
}
