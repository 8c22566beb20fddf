import type { TeamSettings } from '../deps.ts';
import { type Calendars, dayIn, isBusinessDay } from '../domain/calendar.ts';
import type { WorkspaceId } from '../domain/ids.ts';
import { sweepFindings } from '../features/findings/sweep-findings.ts';
import { everyDay, sinceInstall } from './daily.ts';
import type { Job } from './job.ts';

/** Until the evening of its day; the next business day brings along what was missed. */
const catchUpMs = 9 * 60 * 60_000;
const findingsAt = '09:30';

/** What lost deals tell other departments, bundled on business days (METHOD §4.8). */
export function findingsSweep(
  workspaceId: WorkspaceId,
  team: TeamSettings,
  calendars: Calendars,
): Job {
  return {
    name: 'findings_sweep',
    description: 'Posts what released losses tell product, enablement and others, by channel.',
    schedules: async (tx) => [
      {
        job: 'findings_sweep',
        scope: 'team',
        zone: team.zone,
        time: findingsAt,
        weekdays: everyDay,
        catchUpMs,
        ...(await sinceInstall(tx, workspaceId)),
      },
    ],
    run: async (tx, { run, now }) => {
      const today = dayIn(run.scheduledFor, team.zone);
      if (!isBusinessDay(today, calendars.ours)) {
        return { summary: { findings: 0 }, report: ['No business day: nothing is posted.'] };
      }
      const input = { workspaceId, today, now, team };
      const { findings, channels, report } = await sweepFindings(tx, input);
      return { summary: { findings, channels }, report };
    },
  };
}
