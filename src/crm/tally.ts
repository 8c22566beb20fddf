import type { ImportOptions, ImportResult, RejectedRow } from './contract.ts';
import type { RejectedCells } from './deal-source.ts';
import { createRejectsFile } from './rejects.ts';

interface Counts {
  readonly imported: number;
  readonly updated: number;
  readonly unchanged: number;
}

/** Adds up an import while it runs, and writes down what it rejects. */
export interface Tally {
  add(part: Counts & { readonly rejected: readonly RejectedCells[] }): void;
  reject(row: RejectedCells): void;
  flush(): Promise<void>;
  counts(): Counts;
  finish(
    unmatchedOwners: ImportResult['unmatchedOwners'],
    warnings: readonly string[],
  ): Promise<ImportResult>;
}

const rejectsShown = 5;

export function createTally(
  { rejectsPath, dryRun }: ImportOptions,
  file: { readonly header: readonly string[]; readonly delimiter: string },
): Tally {
  const rejects =
    rejectsPath && !dryRun
      ? createRejectsFile(rejectsPath, file.header, file.delimiter)
      : undefined;
  let counts: Counts = { imported: 0, updated: 0, unchanged: 0 };
  let rejected = 0;
  const firstRejects: RejectedRow[] = [];
  const reject = (row: RejectedCells) => {
    rejected += 1;
    if (firstRejects.length < rejectsShown) {
      firstRejects.push({ line: row.line, reason: row.reason });
    }
    rejects?.add(row);
  };
  return {
    reject,
    add: (part) => {
      counts = {
        imported: counts.imported + part.imported,
        updated: counts.updated + part.updated,
        unchanged: counts.unchanged + part.unchanged,
      };
      part.rejected.forEach(reject);
    },
    flush: async () => rejects?.flush(),
    counts: () => counts,
    finish: async (unmatchedOwners, warnings) => {
      await rejects?.flush();
      const rejectsFile = rejects?.path();
      return {
        ...counts,
        rejected,
        firstRejects,
        unmatchedOwners,
        warnings,
        ...(rejectsFile ? { rejectsFile } : {}),
      };
    },
  };
}
