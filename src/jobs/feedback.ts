import type { TeamSettings } from '../deps.ts';
import { type Calendars, dayIn } from '../domain/calendar.ts';
import type { WorkspaceId } from '../domain/ids.ts';
import { sweepFeedback } from '../features/feedback/sweep-feedback.ts';
import { sweepVoices } from '../features/feedback/voices-message.ts';
import { everyDay, judgedAt, sinceInstall } from './daily.ts';
import type { Job } from './job.ts';

/** The next day closes what a missed one did not. */
const catchUpMs = 9 * 60 * 60_000;

/** Questions to buyers rest once their time is over; before anybody's morning. */
export function feedbackSweep(
  workspaceId: WorkspaceId,
  team: TeamSettings,
  calendars: Calendars,
): Job {
  return {
    name: 'feedback_sweep',
    description:
      'Closes questions to buyers that got no answer in 20 business days, keeps drafts up to date, and says where voices differ.',
    schedules: async (tx) => [
      {
        job: 'feedback_sweep',
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
      const { closed, mended } = await sweepFeedback(tx, { workspaceId, today }, calendars);
      const compared = await sweepVoices(tx, workspaceId, now);
      const report = [
        `${closed} closed without an answer`,
        `${mended} drafts changed`,
        `${compared} votes compared with what others say`,
      ];
      return { summary: { closed, mended, compared }, report };
    },
  };
}
