/** One line of the table: what was measured, against what, and what we want it to be. */
export interface Row {
  readonly what: string;
  readonly homeroom: string;
  /** The other side of the ratio, such as a bare Bolt app or the size before. */
  readonly against?: string;
  readonly ratio?: string;
  readonly aim?: string;
  readonly met?: boolean;
}

/** Rows under one heading. */
export interface Section {
  readonly title: string;
  readonly rows: readonly Row[];
}

const columns = ['what', 'homeroom', 'against', 'ratio', 'aim', 'met'] as const;
const headings = ['', 'Homeroom', 'against', 'ratio', 'aim', ''];

/** The whole result as text, every column as wide as its widest cell. */
export function formatReport(title: string, sections: readonly Section[]): string {
  const cells = sections.map(({ rows }) =>
    rows.map((row) => columns.map((name) => cell(row, name))),
  );
  const widths = columns.map((_, at) =>
    Math.max(...[headings, ...cells.flat()].map((line) => line[at]?.length ?? 0)),
  );
  const say = (line: readonly string[]) =>
    line
      .map((text, at) => text.padEnd(widths[at] ?? 0))
      .join('  ')
      .trimEnd();
  const rule = '─'.repeat(widths.reduce((sum, width) => sum + width + 2, -2));
  return [
    title,
    rule,
    say(headings),
    ...sections.flatMap((section, at) => [rule, section.title, ...(cells[at] ?? []).map(say)]),
    rule,
  ].join('\n');
}

function cell(row: Row, name: (typeof columns)[number]): string {
  if (name === 'what') return `  ${row.what}`;
  if (name === 'met') return row.met === undefined ? '' : row.met ? 'met' : 'MISSED';
  return row[name] ?? '';
}

/** The value below which the share `part` of the values lies. */
export function percentile(values: readonly number[], part: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const at = Math.min(sorted.length - 1, Math.floor(sorted.length * part));
  return sorted[at] ?? Number.NaN;
}

export function median(values: readonly number[]): number {
  return percentile(values, 0.5);
}

/** `0.84 ms`, `12 ms`, `1.3 s`: three digits at most. */
export function sayMs(ms: number): string {
  if (ms >= 1000) return `${(ms / 1000).toFixed(2)} s`;
  return `${ms < 10 ? ms.toFixed(2) : ms.toFixed(0)} ms`;
}

/** Megabytes of 1,048,576 bytes; a dash where the system does not say. */
export function sayMb(bytes: number | undefined): string {
  return bytes === undefined ? '—' : `${(bytes / 1_048_576).toFixed(0)} MB`;
}

export function sayCount(count: number): string {
  return count.toLocaleString('en-US');
}
