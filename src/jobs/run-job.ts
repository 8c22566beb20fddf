import type { WorkspaceId } from '../domain/ids.ts';
import type { DueRun } from '../domain/schedule.ts';
import { findLastRun, insertJobRun, type RunId, saveJobSummary } from '../store/job-runs.ts';
import type { Store } from '../store/store.ts';
import type { Job, JobResult } from './job.ts';

export interface RunInput {
  readonly store: Store;
  readonly workspaceId: WorkspaceId;
  readonly run: DueRun;
  readonly now: Date;
}

/**
 * Prepares one occurrence and runs it in one transaction with its `job_runs` row, so that both or
 * neither are there. The row comes first: a second process finds it and does nothing.
 * @returns undefined when the occurrence ran already.
 */
export async function runOnce(job: Job, input: RunInput): Promise<JobResult | undefined> {
  const { store, workspaceId, run, now } = input;
  const id = { workspaceId, job: job.name, scope: run.scope, scheduledFor: run.scheduledFor };
  const jobInput = { workspaceId, run, now, dryRun: false };
  // Preparing is dear; without it, the row itself is the quickest way to know.
  if (job.prepare && (await hasRun(store, id))) return undefined;
  const prepared = await job.prepare?.(store, jobInput);
  return store.transaction(async (tx) => {
    if (!(await insertJobRun(tx, id, now))) return undefined;
    const result = await job.run(tx, jobInput, prepared);
    await saveJobSummary(tx, id, result.summary);
    return result;
  });
}

async function hasRun(store: Store, id: RunId): Promise<boolean> {
  const newest = await store.read((tx) => findLastRun(tx, id, id.scheduledFor));
  return newest?.getTime() === id.scheduledFor.getTime();
}

/** Runs one occurrence, ran already or not, and takes everything back. */
export async function rehearse(job: Job, input: RunInput): Promise<JobResult> {
  const { store, workspaceId, run, now } = input;
  const jobInput = { workspaceId, run, now, dryRun: true };
  const prepared = await job.prepare?.(store, jobInput);
  let result: JobResult | undefined;
  try {
    await store.transaction(async (tx) => {
      result = await job.run(tx, jobInput, prepared);
      throw new RolledBack();
    });
  } catch (error) {
    if (!(error instanceof RolledBack) || !result) throw error;
  }
  return result as JobResult;
}

/** Ends a rehearsal: a transaction is taken back by throwing out of it. */
class RolledBack extends Error {}
