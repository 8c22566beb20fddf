import { parse } from 'csv-parse';

export interface CsvRow {
  /** Line of the file it starts on; the header is line 1. */
  readonly line: number;
  readonly cells: readonly string[];
}

/** Turns text into rows piece by piece. */
export interface RecordReader {
  readonly delimiter: string;
  /** The rows that end in this piece, without empty ones; `undefined` ends the text. */
  read(piece: Buffer | undefined): Promise<CsvRow[]>;
  /** Line of the row the text breaks off in, if it does. */
  brokenOn(): number | undefined;
}

/** A record larger than this is a quote that nobody closed. */
const maxRecordBytes = 1_000_000;

/**
 * Reads the delimiter off the beginning of the text. Quotes in the middle of a cell are text. The
 * parser is fed by hand, not piped: piped, an error at the end would swallow rows before it.
 */
export function createRecordReader(head: string): RecordReader {
  const delimiter = findDelimiter(head);
  const parser = parse({
    delimiter,
    record_delimiter: head.includes('\n') || !head.includes('\r') ? ['\r\n', '\n'] : ['\r'],
    relax_column_count: true,
    relax_quotes: true,
    max_record_size: maxRecordBytes,
  });
  parser.on('error', () => undefined);
  let line = 1;
  const take = (rows: CsvRow[]) => {
    for (let cells: string[] | null = parser.read(); cells !== null; cells = parser.read()) {
      if (!cells.every((cell) => cell === '' || cell.trim() === '')) rows.push({ line, cells });
      line += 1 + countNewlines(cells);
    }
  };
  return {
    delimiter,
    brokenOn: () => (parser.errored ? line : undefined),
    read: async (piece) => {
      const rows: CsvRow[] = [];
      const settled = new Promise<void>((resolve) => {
        if (piece) parser.write(piece, () => resolve());
        else parser.end(() => resolve());
      });
      take(rows);
      await settled;
      take(rows);
      return rows;
    },
  };
}

function countNewlines(cells: readonly string[]): number {
  let count = 0;
  for (const cell of cells) {
    if (cell.includes('\n')) count += cell.split('\n').length - 1;
  }
  return count;
}

/** The sign that divides the header into the most parts; a comma when none does. */
function findDelimiter(head: string): string {
  const counts = new Map([',', ';', '\t', '|'].map((sign) => [sign, 0]));
  let quoted = false;
  for (const sign of head.trimStart()) {
    if (sign === '"') quoted = !quoted;
    if (quoted) continue;
    if (sign === '\n' || sign === '\r') break;
    const count = counts.get(sign);
    if (count !== undefined) counts.set(sign, count + 1);
  }
  const [best] = [...counts].sort((a, b) => b[1] - a[1]);
  return best?.[0] ?? ',';
}
