import type { WorkspaceId } from '../../domain/ids.ts';
import type { Review } from '../../domain/review.ts';
import { findLossThread, type LossThread } from '../../store/loss-threads.ts';
import { findListing, listThreadReviewIds } from '../../store/loss-weeks.ts';
import { enqueue } from '../../store/outbox.ts';
import { countWeekTalk } from '../../store/review-replies.ts';
import type { Tx } from '../../store/store.ts';

/** Which change it is, once and for all: a message, or a version of a review. */
interface Change {
  readonly now: Date;
  readonly mark: string;
}

/** The parent of a week counts what is said under it and in the threads of its deals. */
export async function weekChanged(
  tx: Tx,
  workspaceId: WorkspaceId,
  { id, channelId }: LossThread,
  { now, mark }: Change,
): Promise<void> {
  if (!channelId) return;
  const { replies } = await countWeekTalk(tx, id, await listThreadReviewIds(tx, workspaceId, id));
  await enqueue(tx, workspaceId, now, [
    {
      kind: 'loss_thread_replied',
      key: `loss_thread_replied:${id}:${mark}`,
      target: channelId,
      payload: { threadId: id, replies: String(replies) },
    },
  ]);
}

/** The same for the week that told of a review's loss, if one did. */
export async function weekOfReviewChanged(
  tx: Tx,
  { workspaceId, lossId }: Pick<Review, 'workspaceId' | 'lossId'>,
  change: Change,
): Promise<void> {
  const listing = lossId && (await findListing(tx, workspaceId, lossId));
  const thread = listing && (await findLossThread(tx, workspaceId, listing.threadId));
  if (thread) await weekChanged(tx, workspaceId, thread, change);
}
