import type { TeamSettings } from '../deps.ts';
import { dayIn } from '../domain/calendar.ts';
import type { WorkspaceId } from '../domain/ids.ts';
import { closeOfLeft } from '../store/practices.ts';
import { everyDay, judgedAt, sinceInstall } from './daily.ts';
import type { Job } from './job.ts';

const catchUpMs = 17 * 60 * 60_000;

/** What colleagues who left had promised is closed before anybody's morning (METHOD part 5). */
export function practiceSweep(workspaceId: WorkspaceId, team: TeamSettings): Job {
  return {
    name: 'practice_sweep',
    description: 'Closes what people who left worked on.',
    schedules: async (tx) => [
      {
        job: 'practice_sweep',
        scope: 'team',
        zone: team.zone,
        time: judgedAt,
        weekdays: everyDay,
        catchUpMs,
        ...(await sinceInstall(tx, workspaceId)),
      },
    ],
    run: async (tx, { run, now }) => {
      const today = dayIn(run.scheduledFor, team.zone);
      const closed = await closeOfLeft(tx, workspaceId, { today, now });
      return { summary: { closed }, report: [] };
    },
  };
}
