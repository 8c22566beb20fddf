import { createReadStream } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'csv-parse';
import { systemClock } from '../src/clock.ts';
import { importDeals } from '../src/crm/import-deals.ts';
import type { WorkspaceId } from '../src/domain/ids.ts';
import { isRefusal } from '../src/domain/refusal.ts';
import { openStore } from '../src/store/open-store.ts';
import type { Store } from '../src/store/store.ts';
import { type Row, type Section, sayCount, sayMs } from './report.ts';

const realExport = fileURLToPath(new URL('../sandbox/data/sales_pipeline.csv', import.meta.url));

interface Measured {
  readonly path: string;
  readonly rows: number;
  readonly rounds: number;
  /** As many times the parser as we allow ourselves. */
  readonly most?: number;
}

/**
 * How long an import takes, as a multiple of the CSV parser alone reading the same file. All of it
 * is measured in one process, in turns, so that a busy moment of the machine hits all alike.
 */
export async function benchImport(generatedRows = 100_000): Promise<Section> {
  const folder = await mkdtemp(join(tmpdir(), 'homeroom-bench-'));
  try {
    const generated = join(folder, 'generated.csv');
    await writeFile(generated, generateDeals(generatedRows));
    const files: readonly Measured[] = [
      { path: realExport, rows: 8_800, rounds: 20, most: 5 },
      { path: generated, rows: generatedRows, rounds: 3 },
    ];
    const rows: Row[] = [];
    for (const file of files) rows.push(...compare(file, await measure(folder, file)));
    return { title: 'Import of deals against csv-parse reading the same file', rows };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The fastest round of each: all that makes a round slower is other work of the machine. */
interface Times {
  readonly named: number;
  readonly plain: number;
  readonly first: number;
  readonly again: number;
}

async function measure(folder: string, { path, rows, rounds }: Measured): Promise<Times> {
  const best = { named: Infinity, plain: Infinity, first: Infinity, again: Infinity };
  const time = async (what: keyof Times, work: () => Promise<unknown>) => {
    const start = performance.now();
    await work();
    best[what] = Math.min(best[what], performance.now() - start);
  };
  for (let round = 0; round < rounds; round += 1) {
    const database = join(folder, `${rows}-${round}.db`);
    const store = await openStore(`file:${database}`);
    await time('named', () => parseAlone(path, rows, true));
    await time('plain', () => parseAlone(path, rows + 1, false));
    await time('first', () => importAll(store, path, rows));
    await time('again', () => importAll(store, path, rows));
    await store.close();
    await rm(database);
  }
  return best;
}

async function importAll(store: Store, path: string, expected: number): Promise<void> {
  const deps = {
    store,
    clock: systemClock,
    workspaceId: 'T0BENCH' as WorkspaceId,
    defaultZone: 'UTC',
    defaultCurrency: 'USD',
  };
  const result = await importDeals(deps, { input: path });
  if (isRefusal(result)) throw new Error(result.message);
  if (result.imported + result.unchanged !== expected) {
    throw new Error(`Imported ${JSON.stringify(result)} of ${path}, expected ${expected} deals`);
  }
}

function compare({ rows, most }: Measured, { named, plain, first, again }: Times): Row[] {
  const row = (what: string, ms: number, parser: string, alone: number): Row => ({
    what: `${sayCount(rows)} deals, ${what}`,
    homeroom: sayMs(ms),
    against: `${sayMs(alone)} csv-parse, ${parser}`,
    ratio: `${(ms / alone).toFixed(1)}×`,
  });
  return [
    {
      ...row('all new', first, 'rows by column', named),
      ...(most ? { aim: `≤ ${most}×`, met: first <= most * named } : {}),
    },
    row('all known', again, 'rows by column', named),
    row('all new', first, 'bare cells', plain),
  ];
}

/** What any program needs that reads the file by its columns, or, without them, by position. */
async function parseAlone(path: string, expected: number, columns: boolean): Promise<void> {
  let count = 0;
  for await (const row of createReadStream(path).pipe(parse({ bom: true, columns }))) {
    if (row) count += 1;
  }
  if (count !== expected) throw new Error(`Read ${count} rows of ${path}, expected ${expected}`);
}

/** A large export of the same shape as the real one, with names that do not repeat. */
function generateDeals(rows: number): string {
  const stages = ['Won', 'Won', 'Lost', 'Engaging'];
  const lines = [
    'opportunity_id,sales_agent,product,account,deal_stage,engage_date,close_date,close_value',
  ];
  for (let row = 0; row < rows; row += 1) {
    const stage = stages[row % stages.length] ?? 'Won';
    const [month, date] = [(row % 12) + 1, (row % 28) + 1];
    lines.push(
      [
        `OPP${(row * 7919) % 1_000_003}X${row}`,
        `Agent Number ${row % 200}`,
        `Platform renewal ${row}`,
        `Customer ${(row * 31) % 5000} Limited`,
        stage,
        `${month}/${date}/2016`,
        stage === 'Engaging' ? '' : `${month}/${date}/2017`,
        stage === 'Won' ? row % 90_000 : '',
      ].join(','),
    );
  }
  return `${lines.join('\n')}\n`;
}
