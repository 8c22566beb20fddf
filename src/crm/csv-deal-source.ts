import { dayIn } from '../domain/calendar.ts';
import { isRefusal, type Refusal, refuse } from '../domain/refusal.ts';
import { cellOf } from './cells.ts';
import type { Columns } from './columns.ts';
import type { ImportDeps, ImportOptions } from './contract.ts';
import type { CsvRow } from './csv-records.ts';
import { type CsvFile, openCsv } from './csv-rows.ts';
import { createDateVote } from './date-order.ts';
import type { DateOrder } from './dates.ts';
import { type DealField, matchDealColumns } from './deal-fields.ts';
import { createDealReader } from './deal-row.ts';
import type { CrmDeal, DealBatch, DealSource, RejectedCells } from './deal-source.ts';

/**
 * Rows that are read ahead to find out the order of dates. Up to here nothing is decided on half
 * of a file; what a larger file says after it cannot change the order, so a date there that does
 * not fit is a rejected row, never a misread one.
 */
const rowsAhead = 5_000;

/** Deals of a CSV export of any CRM; a refusal when its form, not one row of it, is wrong. */
export async function openCsvDeals(
  deps: Pick<ImportDeps, 'clock' | 'defaultZone' | 'defaultCurrency'>,
  options: Pick<ImportOptions, 'input' | 'map' | 'dateFormat' | 'onProgress'>,
): Promise<DealSource | Refusal> {
  const file = await openCsv(options.input, options.onProgress);
  if (isRefusal(file)) return file;
  const source = await readAhead(deps, options, file);
  if (isRefusal(source)) await file.close();
  return source;
}

async function readAhead(
  deps: Pick<ImportDeps, 'clock' | 'defaultZone' | 'defaultCurrency'>,
  options: Pick<ImportOptions, 'map' | 'dateFormat'>,
  file: CsvFile,
): Promise<DealSource | Refusal> {
  const { header } = file;
  const columns = matchDealColumns(header, options.map ?? {});
  if (isRefusal(columns)) return columns;
  const ahead = await takeBatches(file, rowsAhead);
  if (isRefusal(ahead)) return ahead;
  const order = options.dateFormat ?? decideOrder(ahead.flat(), columns);
  if (isRefusal(order)) return order;
  const read = createDealReader({
    header,
    columns,
    order,
    zone: deps.defaultZone,
    currency: deps.defaultCurrency,
    today: dayIn(deps.clock.now(), deps.defaultZone),
  });
  return {
    batches: readBatches(ahead, file, read),
    warnings: file.warnings,
    header,
    delimiter: file.delimiter,
    close: file.close,
  };
}

async function takeBatches(file: CsvFile, rows: number): Promise<(readonly CsvRow[])[] | Refusal> {
  const batches: (readonly CsvRow[])[] = [];
  for (let count = 0; count < rows; ) {
    const next = await file.batches.next();
    if (next.done) break;
    if (isRefusal(next.value)) return next.value;
    batches.push(next.value);
    count += next.value.length;
  }
  return batches;
}

const dateFields = ['opened_on', 'closed_on', 'expected_on'] as const;

function decideOrder(
  rows: readonly CsvRow[],
  columns: Columns<DealField>,
): DateOrder | undefined | Refusal {
  const vote = createDateVote();
  const fields = dateFields.filter((field) => columns[field] !== undefined);
  for (const row of rows) {
    for (const field of fields) vote.add(cellOf(row, columns, field), row.line);
  }
  return vote.decide();
}

async function* readBatches(
  ahead: (readonly CsvRow[])[],
  file: CsvFile,
  read: (row: CsvRow) => CrmDeal | Refusal,
): AsyncGenerator<DealBatch | Refusal, void> {
  const lineOf = new Map<string, number>();
  const readBatch = (rows: readonly CsvRow[]): DealBatch => {
    const deals: CrmDeal[] = [];
    const rejected: RejectedCells[] = [];
    for (const row of rows) {
      const deal = refuseTwice(read(row), lineOf);
      if (isRefusal(deal)) {
        rejected.push({ line: row.line, reason: deal.message, cells: row.cells });
      } else {
        lineOf.set(deal.crmId, row.line);
        deals.push(deal);
      }
    }
    return { deals, rejected };
  };
  for (let rows = ahead.shift(); rows; rows = ahead.shift()) yield readBatch(rows);
  for await (const rows of file.batches) yield isRefusal(rows) ? rows : readBatch(rows);
}

function refuseTwice(
  deal: CrmDeal | Refusal,
  lineOf: ReadonlyMap<string, number>,
): CrmDeal | Refusal {
  const before = isRefusal(deal) ? undefined : lineOf.get(deal.crmId);
  return before === undefined
    ? deal
    : refuse('id_twice', `Its id stands on line ${before} already. Keep one of the two rows.`);
}
