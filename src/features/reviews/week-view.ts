import type { TeamSettings } from '../../deps.ts';
import { dayIn } from '../../domain/calendar.ts';
import type { RenderInput } from '../../outbox/renderer.ts';
import { listDriftingDeals } from '../../store/deals.ts';
import { findPreviousRitual, type LossThread } from '../../store/loss-threads.ts';
import { countFinishedReviews, findPutToUse, listThreadReviewIds } from '../../store/loss-weeks.ts';
import { listThreadLosses } from '../../store/losses.ts';
import { countWeekTalk } from '../../store/review-replies.ts';
import { listReviewsOfDeals } from '../../store/reviews.ts';
import type { Tx } from '../../store/store.ts';
import type { WeekView } from './week-messages.ts';

/** What the parent of a week needs of the team's settings. */
export type WeekTeam = Pick<TeamSettings, 'zone' | 'purpose'>;

const weekMs = 7 * 24 * 60 * 60_000;

/** A week as it stands now. */
export async function loadWeek(
  tx: Tx,
  { workspaceId, now }: Pick<RenderInput, 'workspaceId' | 'now'>,
  thread: LossThread,
  { zone, purpose }: WeekTeam,
): Promise<WeekView> {
  const losses = await listThreadLosses(tx, workspaceId, thread.id);
  const reviews = await listReviewsOfDeals(
    tx,
    workspaceId,
    losses.map(({ dealId }) => dealId),
  );
  const named = losses.filter(
    ({ privacy, dealId }) => privacy === 'team' && reviews.get(dealId)?.state !== 'excused',
  );
  const span = await spanBefore(tx, workspaceId, thread);
  const today = dayIn(now, zone);
  const dueOn = dayIn(thread.scheduledFor, zone);
  return {
    purpose,
    dueOn,
    today,
    late: thread.late,
    losses,
    named,
    withoutReview: named.filter(({ dealId }) => !reviews.has(dealId)).length,
    firstOn: losses[0] ? dayIn(losses[0].loggedAt, zone) : dueOn,
    talk: await countWeekTalk(tx, thread.id, await listThreadReviewIds(tx, workspaceId, thread.id)),
    finished: await countFinishedReviews(tx, workspaceId, span),
    putToUse: await findPutToUse(tx, workspaceId, span),
    skipped: span.skipped,
    drifting: losses.length === 0 ? await listDriftingDeals(tx, workspaceId, today, 2) : [],
  };
}

/** From the ritual before, if it was held, and how many were not held since. */
async function spanBefore(tx: Tx, workspaceId: RenderInput['workspaceId'], thread: LossThread) {
  const { scheduledFor: until } = thread;
  const before = await findPreviousRitual(tx, workspaceId, until);
  const weekBefore = new Date(until.getTime() - weekMs);
  if (!before) return { since: weekBefore, until, skipped: 0 };
  const weeks = Math.round((until.getTime() - before.scheduledFor.getTime()) / weekMs);
  return before.threadTs
    ? { since: before.scheduledFor, until, skipped: Math.max(0, weeks - 1) }
    : { since: before.sinceAt, until, skipped: weeks };
}
