import type { Calendars } from '../domain/calendar.ts';
import type { WorkspaceId } from '../domain/ids.ts';
import { closeStallDay, type JudgedStalls, judgeStalls } from '../features/nudges/sweep-stalls.ts';
import { listDealZones } from '../store/stalls.ts';
import { everyDay, judgedAt, sinceInstall } from './daily.ts';
import type { Job, JobInput } from './job.ts';

/** Until the day is over: the next one has its own. */
const catchUpMs = 17 * 60 * 60_000;

/**
 * One run a zone of deals a day. Which days are business days is the calendar's matter: a team may
 * work from Sunday to Thursday.
 */
export function stallSweep(workspaceId: WorkspaceId, calendars: Calendars): Job<JudgedStalls> {
  const inputOf = ({ run, now, dryRun }: JobInput) => ({
    workspaceId,
    zone: run.scope,
    scheduledFor: run.scheduledFor,
    now,
    dryRun,
  });
  return {
    name: 'stall_sweep',
    description: 'Writes down what holds deals up, and what no longer does.',
    schedules: async (tx) => {
      const installed = await sinceInstall(tx, workspaceId);
      return (await listDealZones(tx, workspaceId)).map((zone) => ({
        job: 'stall_sweep',
        scope: zone,
        zone,
        time: judgedAt,
        weekdays: everyDay,
        catchUpMs,
        ...installed,
      }));
    },
    prepare: (store, input) => judgeStalls(store, inputOf(input), calendars),
    run: async (tx, input, judged) => {
      const atRest = await closeStallDay(tx, inputOf(input), judged);
      const { deals, opened, changed, cleared, seen, report } = judged;
      return { summary: { deals, opened, changed, cleared: cleared + atRest, seen }, report };
    },
  };
}
