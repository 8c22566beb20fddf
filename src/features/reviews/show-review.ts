import { dealTitle } from '../../domain/deal.ts';
import type { DealId, ReviewId } from '../../domain/ids.ts';
import type { Person } from '../../domain/person.ts';
import { isRefusal, type Refusal, refuse } from '../../domain/refusal.ts';
import type { Modal } from '../../slack/blocks.ts';
import { reachDeal } from '../../store/reach-deal.ts';
import { findReviewOfDeal } from '../../store/reviews.ts';
import type { Tx } from '../../store/store.ts';
import type { TalkDeps } from './keep-word.ts';
import { manageActions } from './manage-actions.ts';
import { reachTalk } from './reach-prompt.ts';
import { buildStateModal } from './state-modal.ts';

/** How the review of a deal stands, for whoever may see the deal. */
export async function reviewOfDeal(
  tx: Tx,
  actor: Person,
  dealId: DealId,
  deps: Pick<TalkDeps, 'clock' | 'time'>,
): Promise<Modal | Refusal> {
  const deal = await reachDeal(tx, actor, dealId);
  if (isRefusal(deal)) return deal;
  const review = await findReviewOfDeal(tx, actor.workspaceId, dealId);
  if (review && review.state !== 'void') return stateForm(tx, actor, review.id, deps);
  return refuse(
    'no_review',
    `${dealTitle(deal)} has no review. /deal lost opens one with the loss.`,
  );
}

export async function stateForm(
  tx: Tx,
  actor: Person,
  id: ReviewId,
  deps: Pick<TalkDeps, 'clock' | 'time'>,
): Promise<Modal | Refusal> {
  const known = await reachTalk(tx, actor, id);
  if (isRefusal(known)) return known;
  const manage = await manageActions(tx, actor, known.review);
  const { clock, time } = deps;
  return buildStateModal(known, { reader: actor, now: clock.now(), time, manage });
}
