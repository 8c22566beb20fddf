import type { TeamSettings } from '../deps.ts';
import type { WorkspaceId } from '../domain/ids.ts';
import { planDigests } from '../features/digests/plan-digests.ts';
import { digestJob } from '../features/digests/week-figures.ts';
import { sinceInstall } from './daily.ts';
import type { Job } from './job.ts';

/** Held late rather than not at all, but never together with the next weekly thread. */
const catchUpMs = 4 * 24 * 60 * 60_000;

/** One run a week for the team: the digest, those of heads of sales, and once a month the card. */
export function weeklyDigest(workspaceId: WorkspaceId, team: TeamSettings): Job {
  return {
    name: digestJob.job,
    description: 'Sends the week’s figures, and once a month what comes back.',
    schedules: async (tx) => [
      {
        ...digestJob,
        zone: team.zone,
        time: team.digestAt.time,
        weekdays: [team.digestAt.weekday],
        catchUpMs,
        ...(await sinceInstall(tx, workspaceId)),
      },
    ],
    run: async (tx, { run, now }) => {
      const { scheduledFor, late } = run;
      const { report, ...summary } = await planDigests(tx, {
        workspaceId,
        scheduledFor,
        late,
        now,
        team,
      });
      return { summary: { ...summary }, report };
    },
  };
}
