import type { WorkspaceId } from '../domain/ids.ts';
import type { DueRun, Schedule } from '../domain/schedule.ts';
import type { Store, Tx } from '../store/store.ts';

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
export interface Job<Prepared = unknown> {
  readonly name: string;
  /** What it does, for the CLI. */
  readonly description: string;
  /** When it should run, from current state: one schedule for each scope. */
  schedules(tx: Tx): Promise<Schedule[]>;
  /**
   * What takes too long for one transaction, done before it a little at a time, so that others have
   * their turn. It may be begun again after a crash, or by two processes at once: doing it twice must
   * come to the same. A dry run writes nothing. `run` gets what it gives.
   */
  prepare?(store: Pick<Store, 'read' | 'transaction'>, input: JobInput): Promise<Prepared>;
  run(tx: Tx, input: JobInput, prepared: Prepared): Promise<JobResult>;
}
