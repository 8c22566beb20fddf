import type { Intent } from '../../domain/outbox.ts';
import type { Review } from '../../domain/review.ts';
import { findListing } from '../../store/loss-weeks.ts';
import { enqueue } from '../../store/outbox.ts';
import type { Tx } from '../../store/store.ts';

/**
 * What stands of a review in the loss channel follows it: the line under its week and the card of
 * its own thread. `mark` says which change it is, once and for all: a version, or a message.
 */
export async function reviewChanged(
  tx: Tx,
  review: Pick<Review, 'id' | 'workspaceId' | 'lossId' | 'channelId' | 'threadTs'>,
  { now, mark }: { readonly now: Date; readonly mark: string | number },
): Promise<void> {
  const { id, workspaceId, lossId, channelId, threadTs } = review;
  const payload = { reviewId: id };
  const intents: Intent[] = [];
  const listing = lossId && (await findListing(tx, workspaceId, lossId));
  if (listing) {
    const key = `loss_entry_changed:${id}:${mark}`;
    intents.push({ kind: 'loss_entry_changed', key, target: listing.channelId, payload });
  }
  if (channelId && threadTs) {
    const key = `review_card_changed:${id}:${mark}`;
    intents.push({ kind: 'review_card_changed', key, target: channelId, payload });
  }
  await enqueue(tx, workspaceId, now, intents);
}
