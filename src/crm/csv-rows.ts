import type { Readable } from 'node:stream';
import { isRefusal, type Refusal, refuse } from '../domain/refusal.ts';
import { type CsvRow, createRecordReader, type RecordReader } from './csv-records.ts';
import { isRejectsHeader, rejectsColumns, unescapeFormula } from './rejects.ts';
import { openText } from './source-text.ts';

/** A CSV file read to behind its header. */
export interface CsvFile {
  readonly header: readonly string[];
  readonly delimiter: string;
  /** Batches of rows that are not empty; a refusal, always last, when the file breaks off. */
  readonly batches: AsyncGenerator<readonly CsvRow[] | Refusal, void>;
  /** Filled as rows are read. */
  readonly warnings: readonly string[];
  close(): Promise<void>;
}

/**
 * A batch is one transaction. Each writes every index page it touches, and ids in no order touch
 * nearly all of them: with a tenth of this a large import takes several times as long.
 */
const batchRows = 5000;

/**
 * Opens CSV of any usual delimiter, line ending and encoding, a rejects file of ours included.
 * Memory stays the same however large the file is.
 */
export async function openCsv(
  input: string | Readable,
  onProgress?: (bytesRead: number, totalBytes: number | undefined) => void,
): Promise<CsvFile | Refusal> {
  const text = await openText(input, onProgress);
  if (isRefusal(text)) return text;
  const first = await text.chunks.next();
  const records = createRecordReader((first.value ?? Buffer.alloc(0)).toString());
  let rows = first.done ? [] : await records.read(first.value);
  while (rows.length === 0) {
    const next = await text.chunks.next();
    rows = await records.read(next.done ? undefined : next.value);
    if (next.done) break;
  }
  const header = rows.shift()?.cells;
  if (!header) {
    await text.close();
    return refuseBroken(records) ?? refuse('no_header', 'The file has no rows. Export it again.');
  }
  const batches = readBatches(records, rows, text.chunks);
  return {
    header: isRejectsHeader(header) ? header.slice(rejectsColumns.length) : header,
    delimiter: records.delimiter,
    batches: isRejectsHeader(header) ? withoutReasons(batches) : batches,
    warnings: text.warnings,
    close: text.close,
  };
}

async function* readBatches(
  records: RecordReader,
  first: CsvRow[],
  chunks: AsyncGenerator<Buffer, void>,
): CsvFile['batches'] {
  let batch = first;
  for (let done = false; !done && records.brokenOn() === undefined; ) {
    if (batch.length >= batchRows) {
      yield batch;
      batch = [];
    }
    const next = await chunks.next();
    done = next.done === true;
    for (const row of await records.read(next.value ?? undefined)) batch.push(row);
  }
  if (batch.length > 0) yield batch;
  const broken = refuseBroken(records);
  if (broken) yield broken;
}

function refuseBroken(records: RecordReader): Refusal | undefined {
  const line = records.brokenOn();
  return line === undefined
    ? undefined
    : refuse(
        'quote_open',
        `A quote opened in the row on line ${line} is never closed, so nothing after it can be read. Close it and run it again.`,
      );
}

/** A rejects file of ours, mended: the two columns in front are ours and say nothing new. */
async function* withoutReasons(batches: CsvFile['batches']): CsvFile['batches'] {
  for await (const batch of batches) {
    yield isRefusal(batch)
      ? batch
      : batch.map(({ line, cells }) => ({
          line,
          cells: cells.slice(rejectsColumns.length).map(unescapeFormula),
        }));
  }
}
