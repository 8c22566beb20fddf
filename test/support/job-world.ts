import type { WorkspaceId } from '../../src/domain/ids.ts';
import type { Schedule } from '../../src/domain/schedule.ts';
import { createHeartbeat, type Heartbeat } from '../../src/jobs/heartbeat.ts';
import type { Job } from '../../src/jobs/job.ts';
import { createLog } from '../../src/log.ts';
import { enqueue } from '../../src/store/outbox.ts';
import type { Tables } from '../../src/store/schema.ts';
import { createManualClock, type ManualClock } from './manual-clock.ts';
import { rowsOf } from './rows.ts';
import { openTestStore } from './test-store.ts';

const workspaceId = 'T0TEAM' as WorkspaceId;
const dayMs = 24 * 60 * 60_000;

/** A minute after nine in New York, a Monday. */
export const monday = '2026-11-23T14:01:00Z';

/** A store and a clock on which heartbeats beat. */
export interface JobWorld {
  readonly clock: ManualClock;
  readonly logged: string[];
  /** How often the dispatcher was woken. */
  wakes(): number;
  heartbeat(jobs: Job[]): Heartbeat;
  /** What the jobs of `sampleJob` queued, in order. */
  keys(): Promise<string[]>;
  runs(): Promise<Tables['jobRuns']['$inferSelect'][]>;
  stop(): Promise<void>;
}

export async function startJobWorld(): Promise<JobWorld> {
  const store = await openTestStore();
  const clock = createManualClock(monday);
  const logged: string[] = [];
  const log = createLog({ level: 'debug' }, { write: (line) => void logged.push(line) });
  let wakes = 0;
  const wake = () => {
    wakes += 1;
  };
  return {
    clock,
    logged,
    wakes: () => wakes,
    heartbeat: (jobs) => createHeartbeat({ store, clock, jobs, workspaceId, log, wake }),
    keys: async () => {
      const rows = await rowsOf(store, 'outbox');
      return rows.map(({ key }) => key);
    },
    runs: () => rowsOf(store, 'jobRuns'),
    stop: () => store.close(),
  };
}

/** Runs at nine on weekdays and queues one message for each run, so that the queue tells what ran. */
export function sampleJob(
  name: string,
  more: Partial<Job> & { scopes?: Partial<Schedule>[] } = {},
): Job {
  const { scopes = [{}], ...rest } = more;
  const schedule = {
    job: name,
    scope: 'America/New_York',
    zone: 'America/New_York',
    time: '09:00',
    weekdays: [1, 2, 3, 4, 5],
    catchUpMs: dayMs,
  };
  return {
    name,
    description: `Runs ${name}`,
    schedules: async () => scopes.map((scope) => ({ ...schedule, ...scope })),
    run: async (tx, { run, now }) => {
      const key = `${name}/${run.scope}/${run.scheduledFor.toISOString()}`;
      const intent = { kind: 'nudge_planned', key, target: 'U0ANNA', payload: {} } as const;
      const queued = await enqueue(tx, workspaceId, now, [intent]);
      return { summary: { queued }, report: [`would write to Anna under ${key}`] };
    },
    ...rest,
  };
}
