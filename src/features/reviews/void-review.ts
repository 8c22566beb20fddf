import type { DealId, WorkspaceId } from '../../domain/ids.ts';
import { changeReview, findReviewOfDeal } from '../../store/reviews.ts';
import type { Tx } from '../../store/store.ts';
import { talkChanged } from './talk-changed.ts';
import { weekOfReviewChanged } from './week-changed.ts';

/** A deal that never was one has no review (METHOD §3.3, 12). */
export async function voidReview(
  tx: Tx,
  workspaceId: WorkspaceId,
  dealId: DealId,
  now: Date,
): Promise<void> {
  const review = await findReviewOfDeal(tx, workspaceId, dealId);
  if (!review || review.state === 'void') return;
  if (!(await changeReview(tx, review, { state: 'void' }))) return;
  const voided = { ...review, state: 'void', version: review.version + 1 } as const;
  await talkChanged(tx, voided, [], now);
  await weekOfReviewChanged(tx, voided, { now, mark: `${review.id}:v${voided.version}` });
}
