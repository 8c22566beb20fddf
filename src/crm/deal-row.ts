import type { Day } from '../domain/calendar.ts';
import type { Money } from '../domain/money.ts';
import { isRefusal, type Refusal, refuse } from '../domain/refusal.ts';
import { shorten } from '../domain/text.ts';
import { createAmountReader } from './amounts.ts';
import { cellOf, findNameFault, findRowFault, quoteCell } from './cells.ts';
import type { Columns } from './columns.ts';
import type { CsvRow } from './csv-records.ts';
import { type DateOrder, readBothWays, readDate } from './dates.ts';
import type { DealField } from './deal-fields.ts';
import type { CrmDeal, CrmLoss, OwnerRef } from './deal-source.ts';
import { readOutcome, readReason } from './loss-words.ts';
import { remember } from './remember.ts';
import { type CrmStatus, readStage } from './stages.ts';

/** What the rows of one file have in common. */
export interface DealFileFacts {
  readonly header: readonly string[];
  readonly columns: Columns<DealField>;
  readonly order: DateOrder | undefined;
  readonly zone: string;
  readonly currency: string;
  readonly today: Day;
}

/**
 * Makes the function that turns a row into a deal, or says why it cannot. A column that stands for
 * both, Salesforce's “Close Date”, is the end of a closed deal and the expected date of an open one.
 */
export function createDealReader(file: DealFileFacts): (row: CsvRow) => CrmDeal | Refusal {
  const { header, columns } = file;
  const readDay = remember((text) => readDate(text, file.order, file.zone));
  const readStatus = remember(readStatusText);
  const readAmount = createAmountReader(file.currency);

  const dayOf = (row: CsvRow, field: DealField): Day | undefined | Refusal => {
    const text = cellOf(row, columns, field);
    if (text === '') return undefined;
    return readDay(text) ?? refuseDate(text, header[columns[field] ?? 0] ?? field, file.order);
  };

  const amountOf = (row: CsvRow, status: CrmStatus): Money | undefined | Refusal => {
    const text = cellOf(row, columns, 'amount');
    if (text === '') return undefined;
    const amount = readAmount(text, cellOf(row, columns, 'currency'));
    // Exports write 0 where nobody entered an amount; only a won deal can be worth nothing.
    return !isRefusal(amount) && amount.minor === 0 && status !== 'won' ? undefined : amount;
  };

  const endOf = (row: CsvRow, status: CrmStatus) => {
    const closedOn = dayOf(row, 'closed_on');
    if (isRefusal(closedOn)) return closedOn;
    if (status === 'open') {
      const expectedOn = dayOf(row, 'expected_on');
      return isRefusal(expectedOn) ? expectedOn : { status, decisionOn: expectedOn ?? closedOn };
    }
    if (!closedOn) return refuse('no_close_date', `A ${status} deal needs the date it closed.`);
    if (closedOn > file.today) {
      return refuse(
        'closed_later',
        `It is ${status}, but its close date ${closedOn} is still to come.`,
      );
    }
    if (status === 'won') return { status, closedOn };
    return { status, closedOn, loss: readLoss(row, columns) };
  };

  return (row) => {
    const fault = findRowFault(row, header);
    if (fault) return fault;
    const named = readNames(row, columns);
    if (isRefusal(named)) return named;
    // A status column that says open, won or lost is clearer than any stage.
    const status = readStatus(cellOf(row, columns, 'status') || cellOf(row, columns, 'stage'));
    if (isRefusal(status)) return status;
    const amount = amountOf(row, status);
    if (isRefusal(amount)) return amount;
    const openedOn = dayOf(row, 'opened_on');
    if (isRefusal(openedOn)) return openedOn;
    const end = endOf(row, status);
    if (isRefusal(end)) return end;
    return {
      line: row.line,
      cells: row.cells,
      crmId: named.id,
      name: named.name || named.product || undefined,
      account: named.account || undefined,
      owner: readOwner(named),
      amount,
      openedOn,
      ...end,
    };
  };
}

const names = {
  id: 'The id',
  name: 'The deal’s name',
  product: 'The product',
  account: 'The account',
  owner: 'The owner',
  owner_email: 'The owner’s e-mail',
  owner_id: 'The owner’s id',
} as const;

type Names = Record<keyof typeof names, string>;

function readNames(row: CsvRow, columns: Columns<DealField>): Names | Refusal {
  const read = { ...noNames };
  for (const field of nameFields) {
    read[field] = cellOf(row, columns, field);
    const fault = findNameFault(read[field], names[field]);
    if (fault) return fault;
  }
  return read.id === '' ? refuse('no_id', 'It has no id.') : read;
}

const nameFields = Object.keys(names) as (keyof typeof names)[];
const noNames = {
  id: '',
  name: '',
  product: '',
  account: '',
  owner: '',
  owner_email: '',
  owner_id: '',
};

function readStatusText(text: string): CrmStatus | Refusal {
  if (text === '') return refuse('no_stage', 'It has no stage. Write open, won or lost.');
  return (
    readStage(text) ??
    refuse('stage', `The stage ${quoteCell(text)} is not one we know. Write open, won or lost.`)
  );
}

const withAddress = /^(.*?)\s*[(<]([^\s()<>]+@[^\s()<>]+)[)>]$/;

/** Owners come as a name, as an e-mail, or as `Name (e-mail)`. */
function readOwner(named: Names): OwnerRef {
  const text = named.owner;
  const both = text.includes('@') ? withAddress.exec(text) : null;
  const address = both?.[2] ?? (text.includes('@') ? text : '');
  return {
    crmId: named.owner_id || undefined,
    email: (named.owner_email || address).toLowerCase() || undefined,
    name: (both ? both[1] : text) || undefined,
  };
}

function readLoss(row: CsvRow, columns: Columns<DealField>): CrmLoss {
  const outcome = cellOf(row, columns, 'outcome');
  const reason = cellOf(row, columns, 'reason');
  const reasonCode = reason === '' ? undefined : readReason(reason);
  return {
    outcome: outcome === '' ? undefined : readOutcome(outcome),
    reasonCode,
    competitor: shorten(cellOf(row, columns, 'competitor'), 100) || undefined,
    ownWords: reasonCode ? undefined : shorten(reason, 300) || undefined,
  };
}

const orderInWords: Record<DateOrder, string> = {
  MDY: 'month/day/year',
  DMY: 'day/month/year',
  YMD: 'year/month/day',
};

function refuseDate(text: string, column: string, order: DateOrder | undefined): Refusal {
  if (!order && readBothWays(text)) {
    return refuse(
      'date_ambiguous',
      `${quoteCell(text)} in ${column} can be read in two ways. Run it again with --date-format MDY or DMY.`,
    );
  }
  return refuse(
    'date',
    `${quoteCell(text)} in ${column} is not a date we can read${order ? ` as ${orderInWords[order]}` : ''}. Write it as 2027-03-31.`,
  );
}
