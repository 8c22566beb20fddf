import { newId } from '../../domain/ids.ts';
import type { Intent } from '../../domain/outbox.ts';
import type { Review } from '../../domain/review.ts';
import { refreshBundles } from '../../store/nudge-refresh.ts';
import { enqueue } from '../../store/outbox.ts';
import { listReviewMessages } from '../../store/review-messages.ts';
import type { Tx } from '../../store/store.ts';
import { reviewChanged } from './review-changed.ts';

/** The message owner and manager have in their direct messages. */
export const sheetKey = 'sheet';

/**
 * What stands of a review follows it: the sheets of owner and manager, the prompts that are named,
 * the card in the channel, and the questions of a morning that ask about it.
 */
export async function talkChanged(
  tx: Tx,
  review: Review,
  promptKeys: readonly string[],
  now: Date,
): Promise<void> {
  const { id, workspaceId } = review;
  const keys = [sheetKey, ...promptKeys];
  const mark = newId(now);
  const messages = (await listReviewMessages(tx, id)).filter(({ messageKey }) =>
    keys.includes(messageKey),
  );
  const intents = messages.map(({ messageKey, readerId, channelId }): Intent => {
    const payload = { reviewId: id, messageKey, ...(readerId ? { readerId } : {}) };
    const key = `review_changed:${id}:${messageKey}:${readerId ?? ''}:${mark}`;
    return { kind: 'review_changed', key, target: channelId, payload };
  });
  await enqueue(tx, workspaceId, now, intents);
  await reviewChanged(tx, review, { now, mark });
  await refreshBundles(tx, { workspaceId, dealId: review.dealId, at: now });
}
