import type { TeamSettings } from '../deps.ts';
import { type Calendars, dayIn, isBusinessDay } from '../domain/calendar.ts';
import type { WorkspaceId } from '../domain/ids.ts';
import { raiseFindings } from '../features/findings/raise-findings.ts';
import { reviewClockTime } from '../features/reviews/breathe.ts';
import { runReviewClock } from '../features/reviews/run-clock.ts';
import { everyDay, sinceInstall } from './daily.ts';
import type { Job } from './job.ts';

/** Until the evening of its day; the next business day brings along what was missed. */
const catchUpMs = 10 * 60 * 60_000;

/** What time does to reviews, on the team's business days (METHOD §3.2). */
export function reviewClock(
  workspaceId: WorkspaceId,
  team: TeamSettings,
  { ours }: Calendars,
): Job {
  return {
    name: 'review_clock',
    description: 'Releases reviews to the team, asks the next prompt, ends the quiet days.',
    schedules: async (tx) => [
      {
        job: 'review_clock',
        scope: 'team',
        zone: team.zone,
        time: reviewClockTime,
        weekdays: everyDay,
        catchUpMs,
        ...(await sinceInstall(tx, workspaceId)),
      },
    ],
    run: async (tx, { run, now }) => {
      if (!isBusinessDay(dayIn(run.scheduledFor, team.zone), ours)) {
        return { summary: { released: 0 }, report: ['No business day: every review rests.'] };
      }
      const moment = { now, zone: team.zone, calendar: ours };
      return runReviewClock(tx, workspaceId, moment, raiseFindings);
    },
  };
}
