import type { TeamSettings } from '../deps.ts';
import type { Calendars } from '../domain/calendar.ts';
import type { WorkspaceId } from '../domain/ids.ts';
import { nudgeCatchUpMs, nudgeTime } from '../domain/nudge.ts';
import { missDates } from '../features/deals/date-missed.ts';
import { sweepNudges } from '../features/nudges/sweep.ts';
import { openLossWeek } from '../features/reviews/open-week.ts';
import { listMornings, type Morning } from '../store/nudge-readers.ts';
import { listDateZones } from '../store/passed-deals.ts';
import { everyDay, judgedAt, sinceInstall } from './daily.ts';
import { feedbackSweep } from './feedback.ts';
import { findingsSweep } from './findings.ts';
import type { Job } from './job.ts';
import { practiceSweep } from './practice.ts';
import { reviewClock } from './review-clock.ts';
import { stallSweep } from './stall-sweep.ts';
import { weeklyDigest } from './weekly-digest.ts';

const hourMs = 60 * 60_000;

/** Every job there is; to add one, add a row (DESIGN §8). */
export function createJobs(
  workspaceId: WorkspaceId,
  team: TeamSettings,
  calendars: Calendars,
): Job[] {
  return [
    missedDates(workspaceId, calendars),
    stallSweep(workspaceId, calendars),
    nudgeSweep(workspaceId, calendars),
    weeklyLosses(workspaceId, team),
    weeklyDigest(workspaceId, team),
    findingsSweep(workspaceId, team, calendars),
    practiceSweep(workspaceId, team),
    reviewClock(workspaceId, team, calendars),
    feedbackSweep(workspaceId, team, calendars),
  ];
}

/**
 * One run a day for everybody who shares a zone and a time of day, on all seven: who works on which
 * day is a person's own matter. A missed morning is caught up until the evening, never at night.
 */
function nudgeSweep(workspaceId: WorkspaceId, calendars: Calendars): Job {
  return {
    name: 'nudge_sweep',
    description: 'Plans one message a person with what matters most that morning.',
    schedules: async (tx) => {
      const installed = await sinceInstall(tx, workspaceId);
      return (await listMornings(tx, workspaceId)).map((morning) => ({
        job: 'nudge_sweep',
        scope: scopeOfMorning(morning),
        zone: morning.zone,
        time: morning.at,
        weekdays: everyDay,
        catchUpMs: nudgeCatchUpMs,
        ...installed,
      }));
    },
    run: async (tx, { run, now, dryRun }) => {
      const morning = readMorning(run.scope);
      const input = { workspaceId, morning, scheduledFor: run.scheduledFor, now, explain: dryRun };
      const { people, questions, held, report } = await sweepNudges(tx, input, calendars);
      return { summary: { people, questions, held }, report };
    },
  };
}

/** `Europe/Berlin`, or `Europe/Berlin 08:00` for who wants theirs at another time. */
function scopeOfMorning({ zone, at }: Morning): string {
  return at === nudgeTime ? zone : `${zone} ${at}`;
}

function readMorning(scope: string): Morning {
  const [zone = scope, at = nudgeTime] = scope.split(' ');
  return { zone, at };
}

/** One run a zone of deals a day: a date has passed when its day is over where the deal is. */
function missedDates(workspaceId: WorkspaceId, calendars: Calendars): Job {
  return {
    name: 'missed_dates',
    description: 'Writes down decision dates that passed; the next bundle asks how it ended.',
    schedules: async (tx) => {
      const installed = await sinceInstall(tx, workspaceId);
      return (await listDateZones(tx, workspaceId)).map((zone) => ({
        job: 'missed_dates',
        scope: zone,
        zone,
        time: judgedAt,
        weekdays: everyDay,
        catchUpMs: nudgeCatchUpMs,
        ...installed,
      }));
    },
    run: async (tx, { run, now }) => {
      const { scope: zone, scheduledFor } = run;
      const input = { workspaceId, zone, scheduledFor, now };
      const { passed, report } = await missDates(tx, input, calendars);
      return { summary: { passed }, report };
    },
  };
}

/** The ritual is held late rather than not at all, up to a day before the next. */
function weeklyLosses(workspaceId: WorkspaceId, team: TeamSettings): Job {
  return {
    name: 'weekly_losses',
    description: 'Opens the weekly thread with every loss since the one before.',
    schedules: async (tx) => [
      {
        job: 'weekly_losses',
        scope: 'team',
        zone: team.zone,
        time: team.lossThreadAt.time,
        weekdays: [team.lossThreadAt.weekday],
        catchUpMs: 6 * 24 * hourMs,
        ...(await sinceInstall(tx, workspaceId)),
      },
    ],
    run: async (tx, { run, now }) => {
      const { losses, report } = await openLossWeek(tx, {
        workspaceId,
        scheduledFor: run.scheduledFor,
        late: run.late,
        now,
        channel: team.lossChannel,
      });
      return { summary: { losses }, report };
    },
  };
}
