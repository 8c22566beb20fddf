import { dealTitle } from '../../domain/deal.ts';
import type { ReviewId } from '../../domain/ids.ts';
import type { Person } from '../../domain/person.ts';
import { isRefusal, type Refusal } from '../../domain/refusal.ts';
import type { Modal } from '../../slack/blocks.ts';
import type { Tx } from '../../store/store.ts';
import { isPrivate } from './carry-on.ts';
import { reachNaming } from './name-reviewer.ts';
import { buildReviewerModal } from './reviewer-modal.ts';

/** The form in which the owner or the manager names who gives an outside view. */
export async function reviewerForm(tx: Tx, actor: Person, id: ReviewId): Promise<Modal | Refusal> {
  const reached = await reachNaming(tx, actor, id);
  if (isRefusal(reached)) return reached;
  const { known, helpers } = reached;
  const title = dealTitle(known.deal);
  return buildReviewerModal({ reviewId: id, title, helpers, restricted: isPrivate(known) });
}
