import type { DealId, WorkspaceId } from '../../domain/ids.ts';
import { findReviewOfDeal } from '../../store/reviews.ts';
import type { Tx } from '../../store/store.ts';
import { reviewChanged } from './review-changed.ts';

/** The line of a loss in its week says that the deal began again (METHOD part 5); it stays counted. */
export async function dealReopened(
  tx: Tx,
  { workspaceId, from, to, now }: { workspaceId: WorkspaceId; from: DealId; to: DealId; now: Date },
): Promise<void> {
  const review = await findReviewOfDeal(tx, workspaceId, from);
  if (review) await reviewChanged(tx, review, { now, mark: `reopened:${to}` });
}
