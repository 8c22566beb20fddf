import { and, eq } from 'drizzle-orm';
import type { ChannelId, MessageTs, PersonId, ReviewId, WorkspaceId } from '../domain/ids.ts';
import type { Tx } from './store.ts';

/** Which message of a review: a prompt, or the sheet of one of the two it began with. */
export interface ReviewMessageKey {
  readonly reviewId: ReviewId;
  readonly messageKey: string;
  /** Whose direct message it is; undefined in the thread. */
  readonly readerId: PersonId | undefined;
}

export interface ReviewMessage extends ReviewMessageKey {
  readonly channelId: ChannelId;
  readonly messageTs: MessageTs;
}

export async function saveReviewMessage(
  tx: Tx,
  workspaceId: WorkspaceId,
  { readerId, ...message }: ReviewMessage,
): Promise<void> {
  const { reviewMessages } = tx.tables;
  await tx
    .insert(reviewMessages)
    .values({ ...message, workspaceId, readerId: readerId ?? '' })
    .onConflictDoNothing();
}

/** Everything that stands somewhere about a review. */
export async function listReviewMessages(tx: Tx, reviewId: ReviewId): Promise<ReviewMessage[]> {
  const { reviewMessages } = tx.tables;
  const rows = await tx.select().from(reviewMessages).where(eq(reviewMessages.reviewId, reviewId));
  return rows.map((row) => ({ ...row, readerId: row.readerId || undefined }));
}

export async function findReviewMessage(
  tx: Tx,
  { reviewId, messageKey, readerId }: ReviewMessageKey,
): Promise<ReviewMessage | undefined> {
  const { reviewMessages } = tx.tables;
  const [row] = await tx
    .select()
    .from(reviewMessages)
    .where(
      and(
        eq(reviewMessages.reviewId, reviewId),
        eq(reviewMessages.messageKey, messageKey),
        eq(reviewMessages.readerId, readerId ?? ''),
      ),
    );
  return row && { ...row, readerId: row.readerId || undefined };
}
