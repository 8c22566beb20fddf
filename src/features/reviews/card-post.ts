import type { Review } from '../../domain/review.ts';
import { findDeal } from '../../store/deals.ts';
import { findListing, findNewestWeek } from '../../store/loss-weeks.ts';
import { enqueue } from '../../store/outbox.ts';
import type { Tx } from '../../store/store.ts';

/**
 * Opens the own thread of a deal in the loss channel: once its review was released to the team and,
 * for a loss, a week told of it. A private deal never has one, and a paused review gets its own when
 * it goes on. @returns whether it is on its way.
 */
export async function postCardIfListed(tx: Tx, review: Review, now: Date): Promise<boolean> {
  const { workspaceId, state, threadTs, pausedAt } = review;
  if (threadTs || pausedAt || (state !== 'talking' && state !== 'soaking')) return false;
  const known = await findDeal(tx, workspaceId, review.dealId);
  if (known?.deal.privacy !== 'team') return false;
  const week = review.lossId
    ? await findListing(tx, workspaceId, review.lossId)
    : await findNewestWeek(tx, workspaceId);
  if (!week) return false;
  await enqueueCard(tx, review, { week: week.threadId, target: week.channelId, now });
  return true;
}

/** The key holds the week: what one week's channel did not take, the next one tries again. */
export async function enqueueCard(
  tx: Tx,
  { id, workspaceId }: Pick<Review, 'id' | 'workspaceId'>,
  { week, target, now }: { readonly week: string; readonly target: string; readonly now: Date },
): Promise<void> {
  const key = `review_card:${id}:${week}`;
  await enqueue(tx, workspaceId, now, [
    { kind: 'review_card_posted', key, target, payload: { reviewId: id } },
  ]);
}
