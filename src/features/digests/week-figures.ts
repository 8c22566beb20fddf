import type { WeeklyTime } from '../../config.ts';
import type { TeamSettings } from '../../deps.ts';
import { addDays, type Calendars, type Day, dayIn } from '../../domain/calendar.ts';
import type { Deal } from '../../domain/deal.ts';
import type { WorkspaceId } from '../../domain/ids.ts';
import type { Tally } from '../../domain/plan-metrics.ts';
import { type Rhythm, rhythmOf, talksDue } from '../../domain/rhythm.ts';
import {
  countFarApart,
  type Ritual,
  ritualOf,
  voicesOf,
  winnableShare,
} from '../../domain/ritual-metrics.ts';
import type { StallCode } from '../../domain/stalls.ts';
import { type SpeedFacts, velocityDays } from '../../domain/velocity.ts';
import { listEndedWorth, type Worth } from '../../store/ended-values.ts';
import { listSummariesBefore } from '../../store/job-runs.ts';
import {
  countMutualPlans,
  countStallsOn,
  listAtRisk,
  listDueSteps,
  listLargestAtRisk,
} from '../../store/leading-figures.ts';
import { type Ended, listEnded } from '../../store/loss-figures.ts';
import { findWorkspace } from '../../store/people.ts';
import { type DuePromise, listDuePromises } from '../../store/promise-figures.ts';
import {
  countSilentThreads,
  listFixViews,
  listReviewOutcomes,
} from '../../store/review-figures.ts';
import { listSpeedFacts } from '../../store/speed-figures.ts';
import type { Tx } from '../../store/store.ts';
import { listDueTalks } from '../../store/week-talks.ts';
import { type WeekSpan, weeksBefore } from './week-span.ts';

/** The job whose runs keep how many plans were mutual. */
export const digestJob = { job: 'weekly_digest', scope: 'team' } as const;

/** What a digest counts of open deals, in the order it shows them. */
export const watchedCodes = ['no_next_step', 'does_not_fit', 'ball_with_us', 'ping_pong'] as const;

const namedAtRisk = 3;

/** Days back that a view on whether losses could have been won looks. */
export const viewDays = 90;

export interface Sides {
  readonly buyer: Tally;
  readonly seller: Tally;
}

/** Everything a week's digest says, as figures; restricted deals are a number at most. */
export interface WeekFigures {
  readonly span: WeekSpan;
  /** Five weeks, the digest's own last. */
  readonly weeks: readonly Ended[];
  readonly mutual: Tally;
  /** On the digests before that kept it. */
  readonly mutualBefore: readonly number[];
  readonly onTime: { readonly now: Sides; readonly before: Sides };
  /** Deals held up on the last day of each week that was watched, the digest's own last. */
  readonly stalls: ReadonlyMap<StallCode, readonly number[]>;
  /** Reviews whose ten business days were over this week, and those of the four weeks before. */
  readonly ritual: { readonly now: Ritual; readonly before: Ritual };
  readonly voices: { readonly now: Voices; readonly before: Voices };
  readonly promises: {
    readonly now: readonly DuePromise[];
    readonly before: readonly DuePromise[];
  };
  readonly winnable: Tally;
  /** Losses on which views are far apart. */
  readonly farApart: number;
  /** How regularly the weekly talk is held. */
  readonly rhythm: Rhythm;
  /** What deals that ended were worth, and those something holds up, by week like `weeks`. */
  readonly worth: readonly { readonly won: Worth; readonly lost: Worth }[];
  /** Only weeks that were watched, the digest's own last. */
  readonly atRisk: readonly Worth[];
  /** The largest of them, by name. */
  readonly largestAtRisk: readonly Pick<Deal, 'account' | 'name'>[];
  /** Threads a week old and older in which nobody beside the owner spoke, of those still open. */
  readonly silent: Tally;
  readonly silentBefore: readonly number[];
  readonly speeds: readonly SpeedFacts[];
  readonly currency: string;
  readonly zone: string;
}

type Voices = ReturnType<typeof voicesOf>;

/** What loading needs to know of the team. */
export interface DigestTeam {
  readonly team: Pick<TeamSettings, 'zone' | 'currency' | 'lossThreadAt'>;
  readonly calendars: Pick<Calendars, 'ours'>;
}

/** Counts a week and the four before it, in a number of queries that no size changes. */
export async function loadWeek(
  tx: Tx,
  workspaceId: WorkspaceId,
  span: WeekSpan,
  { team, calendars }: DigestTeam,
): Promise<WeekFigures> {
  const { zone, currency } = team;
  const { dueOn } = span;
  const installedAt = (await findWorkspace(tx, workspaceId))?.createdAt;
  const watched = watchedDays(span, installedAt, zone);
  const today = { until: dueOn };
  const lastWeek = addDays(dueOn, -7);
  const five = addDays(dueOn, -7 * (weeksBefore + 1));
  const promises = await listDuePromises(tx, workspaceId, { after: five, ...today });
  const steps = await listDueSteps(tx, workspaceId, { after: five, ...today });
  const before = await listSummariesBefore(
    tx,
    { workspaceId, ...digestJob, scheduledFor: span.scheduledFor },
    weeksBefore,
  );
  const now = <One extends { dueOn: Day }>(all: readonly One[]) =>
    all.filter((one) => one.dueOn > lastWeek);
  const earlier = <One extends { dueOn: Day }>(all: readonly One[]) =>
    all.filter((one) => one.dueOn <= lastWeek);
  return {
    span,
    weeks: await listEnded(tx, workspaceId, { by: 'logged', bounds: span.bounds }),
    mutual: await countMutualPlans(tx, workspaceId, dueOn),
    mutualBefore: before.flatMap((summary) => summary['mutual'] ?? []),
    onTime: { now: sidesOf(now(steps)), before: sidesOf(earlier(steps)) },
    stalls: await countStallsOn(tx, workspaceId, watchedCodes, watched),
    atRisk: await listAtRisk(tx, workspaceId, watched, currency),
    largestAtRisk: await listLargestAtRisk(tx, workspaceId, namedAtRisk),
    silent: await countSilentThreads(tx, workspaceId, weekAgoOf(span)),
    silentBefore: before.flatMap((summary) => summary['silent'] ?? []),
    rhythm: await loadRhythm(tx, workspaceId, span, installedAt, { ...team.lossThreadAt, zone }),
    worth: await listEndedWorth(tx, workspaceId, { by: 'logged', bounds: span.bounds }, currency),
    ...(await loadReviews(tx, workspaceId, span, { zone, calendars })),
    promises: { now: now(promises), before: earlier(promises) },
    ...(await loadViews(tx, workspaceId, span)),
    speeds: await listSpeedFacts(tx, workspaceId, {
      after: addDays(dueOn, -velocityDays),
      ...today,
      currency,
    }),
    currency,
    zone,
  };
}

/** Nothing was held up in our eyes before we looked: that says nothing about those days. */
function watchedDays({ days, dueOn }: WeekSpan, installedAt: Date | undefined, zone: string) {
  const since = installedAt && dayIn(installedAt, zone);
  return days.filter((on) => on === dueOn || (since !== undefined && on > since));
}

/** When the digest before was due. */
export function weekAgoOf({
  bounds,
  scheduledFor,
}: Pick<WeekSpan, 'bounds' | 'scheduledFor'>): Date {
  return bounds.at(-2) ?? scheduledFor;
}

async function loadRhythm(
  tx: Tx,
  workspaceId: WorkspaceId,
  { scheduledFor: until }: WeekSpan,
  installedAt: Date | undefined,
  at: WeeklyTime & { readonly zone: string },
): Promise<Rhythm> {
  const dues = talksDue({ until, since: installedAt ?? until }, at);
  return rhythmOf(await listDueTalks(tx, workspaceId, dues));
}

/** Ten business days are two weeks: what was opened later may still be finished in time. */
const dueMs = 14 * 24 * 60 * 60_000;

async function loadReviews(
  tx: Tx,
  workspaceId: WorkspaceId,
  { bounds, scheduledFor }: Pick<WeekSpan, 'bounds' | 'scheduledFor'>,
  days: { readonly zone: string; readonly calendars: Pick<Calendars, 'ours'> },
): Promise<Pick<WeekFigures, 'ritual' | 'voices'>> {
  const [first = scheduledFor] = bounds;
  const weekAgo = weekAgoOf({ bounds, scheduledFor });
  const due = (bound: Date) => new Date(bound.getTime() - dueMs);
  const all = await listReviewOutcomes(tx, workspaceId, { after: due(first), until: scheduledFor });
  const dueNow = all.filter(
    ({ openedAt }) => openedAt > due(weekAgo) && openedAt <= due(scheduledFor),
  );
  const dueBefore = all.filter(({ openedAt }) => openedAt <= due(weekAgo));
  return {
    ritual: { now: ritualOf(dueNow, days), before: ritualOf(dueBefore, days) },
    voices: {
      now: voicesOf(all.filter(({ openedAt }) => openedAt > weekAgo)),
      before: voicesOf(all.filter(({ openedAt }) => openedAt > first && openedAt <= weekAgo)),
    },
  };
}

async function loadViews(
  tx: Tx,
  workspaceId: WorkspaceId,
  { scheduledFor: until }: WeekSpan,
): Promise<Pick<WeekFigures, 'winnable' | 'farApart'>> {
  const after = new Date(until.getTime() - viewDays * 24 * 60 * 60_000);
  const views = await listFixViews(tx, workspaceId, { after, until });
  return { winnable: winnableShare(views), farApart: countFarApart(views) };
}

/** A step of both sides is each side's. */
function sidesOf(steps: Awaited<ReturnType<typeof listDueSteps>>): Sides {
  const of = (own: 'buyer' | 'seller'): Tally => {
    const theirs = steps.filter(({ side }) => side === own || side === 'both');
    return {
      k: theirs.reduce((sum, { onTime }) => sum + onTime.k, 0),
      n: theirs.reduce((sum, { onTime }) => sum + onTime.n, 0),
    };
  };
  return { buyer: of('buyer'), seller: of('seller') };
}
