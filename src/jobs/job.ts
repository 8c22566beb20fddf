import type { WorkspaceId } from '../domain/ids.ts';
import type { DueRun, Schedule } from '../domain/schedule.ts';
import type { Tx } from '../store/store.ts';

export interface JobInput {
  readonly workspaceId: WorkspaceId;
  readonly run: DueRun;
  readonly now: Date;
  /** Everything is rolled back afterwards: only the result is of interest. */
  readonly dryRun: boolean;
}

export interface JobResult {
  /** Counts, kept with the run. */
  readonly summary: Readonly<Record<string, number>>;
  /** Lines for the operator who runs it by hand. */
  readonly report: readonly string[];
}

/**
 * Something that happens by the calendar. A run only plans and enqueues, in one transaction; what
 * it enqueues the dispatcher sends.
 */
export interface Job {
  readonly name: string;
  /** What it does, for the CLI. */
  readonly description: string;
  /** When it should run, from current state: one schedule for each scope. */
  schedules(tx: Tx): Promise<Schedule[]>;
  run(tx: Tx, input: JobInput): Promise<JobResult>;
}
