import { dealTitle } from '../../domain/deal.ts';
import { type DealId, isChannelId, type WorkspaceId } from '../../domain/ids.ts';
import { minorDigits } from '../../domain/money.ts';
import type { Review } from '../../domain/review.ts';
import { isOngoing } from '../../domain/review-words.ts';
import { count } from '../../domain/text.ts';
import {
  findPreviousRitual,
  insertLossThread,
  lossEntryKey,
  lossThreadKey,
} from '../../store/loss-threads.ts';
import { listThreadless } from '../../store/loss-weeks.ts';
import { type ListedLoss, listUntoldLosses } from '../../store/losses.ts';
import { enqueue } from '../../store/outbox.ts';
import { changeReview, listReviewsOfDeals } from '../../store/reviews.ts';
import type { Tx } from '../../store/store.ts';
import { enqueueCard } from './card-post.ts';

const weekMs = 7 * 24 * 60 * 60_000;

/** With more losses than these in a week only the biggest few answer every prompt (METHOD part 5). */
const manyLosses = 8;
const fullAtMost = 5;

/** What a run did, for the person who runs it by hand. */
export interface OpenedWeek {
  readonly losses: number;
  readonly report: readonly string[];
}

/**
 * Opens the weekly thread: every loss logged since the ritual before, whatever its size (METHOD
 * §1.2, S1-4), and what that one could not tell, because its channel was gone or the CRM was late.
 * Restricted and excused losses are counted and get no reply of their own. Threads of reviews that
 * an earlier week's channel did not take are tried again.
 */
export async function openLossWeek(
  tx: Tx,
  input: {
    workspaceId: WorkspaceId;
    scheduledFor: Date;
    late: boolean;
    now: Date;
    channel: string;
  },
): Promise<OpenedWeek> {
  const { workspaceId, scheduledFor, late, now } = input;
  const before = await findPreviousRitual(tx, workspaceId, scheduledFor);
  const untoldSince = before?.sinceAt ?? new Date(scheduledFor.getTime() - weekMs);
  const sinceAt = before?.threadTs ? before.scheduledFor : untoldSince;
  const losses = await listUntoldLosses(tx, workspaceId, untoldSince, scheduledFor);
  const lossIds = losses.map(({ id }) => id);
  const threadId = await insertLossThread(
    tx,
    workspaceId,
    { scheduledFor, sinceAt, late, lossIds },
    now,
  );
  if (!threadId) return { losses: 0, report: ['This week’s thread is open already.'] };
  const target = isChannelId(input.channel) ? input.channel : `#${input.channel}`;
  const dealIds = losses.map(({ dealId }) => dealId);
  const reviews = await listReviewsOfDeals(tx, workspaceId, dealIds);
  if (losses.length > manyLosses) await keepShort(tx, losses, reviews);
  const named = losses.filter(
    ({ privacy, dealId }) => privacy === 'team' && reviews.get(dealId)?.state !== 'excused',
  );
  const excused = losses.filter(
    ({ privacy, dealId }) => privacy === 'team' && reviews.get(dealId)?.state === 'excused',
  );
  await enqueue(tx, workspaceId, now, [
    { kind: 'loss_thread_opened', key: lossThreadKey(threadId), target, payload: { threadId } },
    ...named.map(({ id }) => ({
      kind: 'loss_listed' as const,
      key: lossEntryKey(threadId, id),
      target,
      payload: { threadId, lossId: id },
    })),
  ]);
  for (const review of await listThreadless(tx, workspaceId)) {
    await enqueueCard(tx, review, { week: threadId, target, now });
  }
  return {
    losses: losses.length,
    report: [
      `${target}: ${count(losses.length, 'loss', 'losses')}, ${losses.length - named.length - excused.length} of them private${excused.length > 0 ? `, ${excused.length} excused` : ''}`,
      ...named.map((loss) => `  ${dealTitle(loss)} (${loss.owner.name})`),
    ],
  };
}

/** The biggest of those that were to answer every prompt still do; the rest takes the quick set. */
async function keepShort(
  tx: Tx,
  losses: readonly ListedLoss[],
  reviews: ReadonlyMap<DealId, Review>,
): Promise<void> {
  const full = losses.filter(({ dealId, privacy }) => {
    const review = reviews.get(dealId);
    return privacy === 'team' && review?.size === 'full' && isOngoing(review);
  });
  const biggest = [...full].sort((a, b) => sizeOf(b) - sizeOf(a));
  for (const { dealId } of biggest.slice(fullAtMost)) {
    const review = reviews.get(dealId);
    if (review) await changeReview(tx, review, { size: 'quick' });
  }
}

/** The bare number: between two currencies it is a guess, for want of a rate. */
function sizeOf({ amount }: ListedLoss): number {
  return amount ? amount.minor / 10 ** minorDigits(amount.currency) : 0;
}
