import type { TeamSettings } from '../../deps.ts';
import { addDays, type Calendars, type Day, dayIn } from '../../domain/calendar.ts';
import type { WorkspaceId } from '../../domain/ids.ts';
import type { Tally } from '../../domain/plan-metrics.ts';
import { type Ritual, ritualOf, voicesOf, winnableShare } from '../../domain/ritual-metrics.ts';
import type { StallCode } from '../../domain/stalls.ts';
import { type SpeedFacts, velocityDays } from '../../domain/velocity.ts';
import { listSummariesBefore } from '../../store/job-runs.ts';
import { countMutualPlans, countStallsOn, listDueSteps } from '../../store/leading-figures.ts';
import { type Ended, listEnded } from '../../store/loss-figures.ts';
import { findWorkspace } from '../../store/people.ts';
import { type DuePromise, listDuePromises } from '../../store/promise-figures.ts';
import { listFixViews, listReviewOutcomes } from '../../store/review-figures.ts';
import { listSpeedFacts } from '../../store/speed-figures.ts';
import type { Tx } from '../../store/store.ts';
import { type WeekSpan, weeksBefore } from './week-span.ts';

/** The job whose runs keep how many plans were mutual. */
export const digestJob = { job: 'weekly_digest', scope: 'team' } as const;

/** What a digest counts of open deals, in the order it shows them. */
export const watchedCodes = ['no_next_step', 'does_not_fit', 'ball_with_us', 'ping_pong'] as const;

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
  readonly speeds: readonly SpeedFacts[];
  readonly currency: string;
  readonly zone: string;
}

type Voices = ReturnType<typeof voicesOf>;

/** What loading needs to know of the team. */
export interface DigestTeam {
  readonly team: Pick<TeamSettings, 'zone' | 'currency'>;
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
    stalls: await countStallsOn(
      tx,
      workspaceId,
      watchedCodes,
      await watchedDays(tx, workspaceId, span, zone),
    ),
    ...(await loadReviews(tx, workspaceId, span, { zone, calendars })),
    promises: { now: now(promises), before: earlier(promises) },
    winnable: await loadWinnable(tx, workspaceId, span),
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
async function watchedDays(
  tx: Tx,
  workspaceId: WorkspaceId,
  { days, dueOn }: WeekSpan,
  zone: string,
): Promise<Day[]> {
  const workspace = await findWorkspace(tx, workspaceId);
  const since = workspace ? dayIn(workspace.createdAt, zone) : undefined;
  return days.filter((on) => on === dueOn || (since !== undefined && on > since));
}

/** Ten business days are two weeks: what was opened later may still be finished in time. */
const dueMs = 14 * 24 * 60 * 60_000;

async function loadReviews(
  tx: Tx,
  workspaceId: WorkspaceId,
  { bounds, scheduledFor }: WeekSpan,
  days: { readonly zone: string; readonly calendars: Pick<Calendars, 'ours'> },
): Promise<Pick<WeekFigures, 'ritual' | 'voices'>> {
  const [first = scheduledFor] = bounds;
  const weekAgo = bounds.at(-2) ?? scheduledFor;
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

async function loadWinnable(
  tx: Tx,
  workspaceId: WorkspaceId,
  { scheduledFor: until }: WeekSpan,
): Promise<Tally> {
  const after = new Date(until.getTime() - viewDays * 24 * 60 * 60_000);
  return winnableShare(await listFixViews(tx, workspaceId, { after, until }));
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
