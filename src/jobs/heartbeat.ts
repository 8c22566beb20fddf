import type { Clock } from '../clock.ts';
import type { WorkspaceId } from '../domain/ids.ts';
import { type Refusal, refuse } from '../domain/refusal.ts';
import {
  type DueRun,
  dueRuns,
  type LastRun,
  newestOccurrence,
  type Schedule,
  toDueRun,
} from '../domain/schedule.ts';
import type { Log } from '../log.ts';
import { findLastRun } from '../store/job-runs.ts';
import type { Store, Tx } from '../store/store.ts';
import type { Job, JobResult } from './job.ts';
import { rehearse, runOnce } from './run-job.ts';

export interface HeartbeatOptions {
  readonly store: Store;
  readonly clock: Clock;
  readonly jobs: readonly Job[];
  readonly workspaceId: WorkspaceId;
  readonly log: Log;
  /** Tells the dispatcher to look at its queue. */
  readonly wake: () => void;
}

/** What came of one occurrence; without a result it had run already. */
export interface JobReport {
  readonly run: DueRun;
  readonly result: JobResult | undefined;
}

interface RunNowOptions {
  /** The newest occurrence at this instant or before; now when absent. */
  readonly at?: Date;
  readonly dryRun?: boolean;
  /** Only this scope; all of them when absent. */
  readonly scope?: string;
}

export interface Heartbeat {
  /** Runs what is due; a tick that comes while one is under way is that one. */
  tick(): Promise<readonly JobReport[]>;
  /** Runs a job by hand, for an operator; refuses a job or a scope it does not know. */
  runJobNow(name: string, options?: RunNowOptions): Promise<readonly JobReport[] | Refusal>;
}

export function createHeartbeat(options: HeartbeatOptions): Heartbeat {
  const { store, clock, jobs, workspaceId, log } = options;
  let ticking: Promise<readonly JobReport[]> | undefined;

  async function beat(): Promise<readonly JobReport[]> {
    const now = clock.now();
    const reports: JobReport[] = [];
    try {
      for (const { job, run } of await listDue(now)) {
        try {
          const result = await runOnce(job, { store, workspaceId, run, now });
          reports.push({ run, result });
          if (result) log.info({ ...run, summary: result.summary }, 'a job ran');
        } catch (error) {
          log.error({ err: error, ...run }, 'a job failed; it is tried again at the next tick');
        }
      }
    } finally {
      // Also when nothing ran: planned messages fall due, and other processes leave some behind.
      options.wake();
    }
    return reports;
  }

  /** Schedules and last runs as of one moment. */
  function listDue(now: Date): Promise<{ job: Job; run: DueRun }[]> {
    return store.read(async (tx) => {
      const due: { job: Job; run: DueRun }[] = [];
      for (const job of jobs) {
        try {
          const schedules = await job.schedules(tx);
          const lastRuns = await listLastRuns(tx, schedules, now);
          for (const run of dueRuns(schedules, lastRuns, now)) due.push({ job, run });
        } catch (error) {
          log.error({ err: error, job: job.name }, 'a job cannot say when it should run');
        }
      }
      return due;
    });
  }

  async function listLastRuns(tx: Tx, schedules: Schedule[], now: Date): Promise<LastRun[]> {
    const runs: LastRun[] = [];
    for (const { job, scope } of schedules) {
      const scheduledFor = await findLastRun(tx, { workspaceId, job, scope }, now);
      if (scheduledFor) runs.push({ job, scope, scheduledFor });
    }
    return runs;
  }

  async function runJobNow(
    name: string,
    { at, dryRun = false, scope }: RunNowOptions = {},
  ): Promise<readonly JobReport[] | Refusal> {
    const job = jobs.find((known) => known.name === name);
    if (!job)
      return unknownName(
        'job',
        name,
        jobs.map((known) => known.name),
      );
    const now = at ?? clock.now();
    const all = await store.read((tx) => job.schedules(tx));
    const schedules = all.filter((schedule) => scope === undefined || schedule.scope === scope);
    if (scope !== undefined && schedules.length === 0) {
      return unknownName(
        'scope',
        scope,
        all.map((schedule) => schedule.scope),
      );
    }
    const reports: JobReport[] = [];
    for (const schedule of schedules) {
      const scheduledFor = newestOccurrence(schedule, now);
      if (!scheduledFor) continue;
      const run = toDueRun(schedule, scheduledFor, now);
      const input = { store, workspaceId, run, now };
      reports.push({ run, result: await (dryRun ? rehearse : runOnce)(job, input) });
    }
    if (!dryRun) options.wake();
    return reports;
  }

  return {
    tick: () => {
      ticking ??= beat().finally(() => {
        ticking = undefined;
      });
      return ticking;
    },
    runJobNow,
  };
}

function unknownName(what: string, given: string, known: readonly string[]): Refusal {
  const names = known.length > 0 ? known.join(', ') : `no ${what} at all yet`;
  return refuse(`unknown_${what}`, `There is no ${what} '${given}'. There is: ${names}.`);
}
