import { and, desc, eq, lt, lte } from 'drizzle-orm';
import type { WorkspaceId } from '../domain/ids.ts';
import type { Tx } from './store.ts';

/** One occurrence of a job: it runs once, whoever tries. */
export interface RunId {
  readonly workspaceId: WorkspaceId;
  readonly job: string;
  readonly scope: string;
  readonly scheduledFor: Date;
}

/** Takes an occurrence. @returns false when it ran already: then there is nothing to do. */
export async function insertJobRun(tx: Tx, run: RunId, now: Date): Promise<boolean> {
  const { jobRuns } = tx.tables;
  const { workspaceId, job, scope, scheduledFor } = run;
  const rows = await tx
    .insert(jobRuns)
    .values({ workspaceId, job, scope, scheduledFor, ranAt: now, summary: {} })
    .onConflictDoNothing()
    .returning({ job: jobRuns.job });
  return rows.length === 1;
}

/** Keeps what a run did. */
export async function saveJobSummary(
  tx: Tx,
  run: RunId,
  summary: Readonly<Record<string, number>>,
): Promise<void> {
  const { jobRuns } = tx.tables;
  await tx
    .update(jobRuns)
    .set({ summary: { ...summary } })
    .where(and(ofSchedule(tx, run), eq(jobRuns.scheduledFor, run.scheduledFor)));
}

/**
 * The newest occurrence that ran, of those at `now` or earlier: one that a clock gone ahead left in
 * the future must not keep the job from running until then.
 */
export async function findLastRun(
  tx: Tx,
  schedule: Omit<RunId, 'scheduledFor'>,
  now: Date,
): Promise<Date | undefined> {
  const { jobRuns } = tx.tables;
  const [row] = await tx
    .select({ scheduledFor: jobRuns.scheduledFor })
    .from(jobRuns)
    .where(and(ofSchedule(tx, schedule), lte(jobRuns.scheduledFor, now)))
    .orderBy(desc(jobRuns.scheduledFor))
    .limit(1);
  return row?.scheduledFor;
}

function ofSchedule(tx: Tx, { workspaceId, job, scope }: Omit<RunId, 'scheduledFor'>) {
  const { jobRuns } = tx.tables;
  return and(eq(jobRuns.workspaceId, workspaceId), eq(jobRuns.job, job), eq(jobRuns.scope, scope));
}

/** What the newest runs before an occurrence came to, the newest first. */
export async function listSummariesBefore(
  tx: Tx,
  run: RunId,
  limit: number,
): Promise<Readonly<Record<string, number>>[]> {
  const { jobRuns } = tx.tables;
  const rows = await tx
    .select({ summary: jobRuns.summary })
    .from(jobRuns)
    .where(and(ofSchedule(tx, run), lt(jobRuns.scheduledFor, run.scheduledFor)))
    .orderBy(desc(jobRuns.scheduledFor))
    .limit(limit);
  return rows.map(({ summary }) => summary);
}
