import { readFile } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { parse } from 'csv-parse/sync';
import { addDays, type Day, day, daysBetween, weekdayOf } from '../../src/domain/calendar.ts';

interface PipelineRow {
  opportunity_id: string;
  sales_agent: string;
  product: string;
  account: string;
  deal_stage: string;
  engage_date: string;
  close_date: string;
  close_value: string;
}

interface TeamRow {
  sales_agent: string;
  manager: string;
  regional_office: string;
}

interface ProductRow {
  product: string;
  sales_price: string;
}

/** The export as the demo imports it: the same rows, moved to today. */
export interface CrmExport {
  readonly team: readonly TeamRow[];
  /** CSV with the export's own columns; dates in ISO form. */
  deals(): Readable;
}

/** The day the export ends on: its week becomes this week. */
const lastDay = day('2017-12-31');

async function readCsv<Row>(name: string): Promise<Row[]> {
  const text = await readFile(new URL(`../data/${name}.csv`, import.meta.url), 'utf8');
  return parse(text, { columns: true, skip_empty_lines: true }) as Row[];
}

/**
 * Reads the export and shifts it by whole weeks so that its last week is the week of `today`. What
 * had not happened yet today is open: a deal that closes later this week shows that day as its
 * decision date. An amount the export leaves out is the list price of the product.
 */
export async function readCrmExport(today: Day): Promise<CrmExport> {
  const [team, pipeline, products] = await Promise.all([
    readCsv<TeamRow>('sales_teams'),
    readCsv<PipelineRow>('sales_pipeline'),
    readCsv<ProductRow>('products'),
  ]);
  const shift = daysBetween(mondayOf(lastDay), mondayOf(today));
  const prices = new Map(products.map((row) => [squeeze(row.product), row.sales_price]));
  const rows = pipeline
    .map((row) => moveRow(row, shift, prices, today))
    .filter((row) => row.engage_date <= today);
  return { team, deals: () => Readable.from([toCsv(rows)]) };
}

function moveRow(
  row: PipelineRow,
  shift: number,
  prices: ReadonlyMap<string, string>,
  today: Day,
): PipelineRow {
  const closesOn = moveDay(row.close_date, shift);
  const value = Number(row.close_value) > 0 ? row.close_value : prices.get(squeeze(row.product));
  return {
    ...row,
    engage_date: moveDay(row.engage_date, shift),
    close_date: closesOn,
    close_value: value ?? '',
    deal_stage: closesOn > today ? 'Engaging' : row.deal_stage,
  };
}

/** `10/20/2017` moved by days, as `YYYY-MM-DD`; empty stays empty. */
function moveDay(text: string, shift: number): string {
  if (text === '') return '';
  const [month = '', date = '', year = ''] = text.split('/');
  return addDays(day(`${year}-${month.padStart(2, '0')}-${date.padStart(2, '0')}`), shift);
}

function mondayOf(of: Day): Day {
  return addDays(of, -((weekdayOf(of) + 6) % 7));
}

/** The export spells one product two ways. */
function squeeze(product: string): string {
  return product.replaceAll(' ', '');
}

function toCsv(rows: readonly PipelineRow[]): string {
  const columns = Object.keys(rows[0] ?? {}) as (keyof PipelineRow)[];
  const quote = (value: string) => `"${value.replaceAll('"', '""')}"`;
  const lines = rows.map((row) => columns.map((column) => quote(row[column])).join(','));
  return [columns.join(','), ...lines].join('\n');
}
