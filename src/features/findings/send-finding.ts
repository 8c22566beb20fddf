import type { Deps } from '../../deps.ts';
import type { Deal } from '../../domain/deal.ts';
import { findingMax, findingPlaces } from '../../domain/finding.ts';
import type { ReviewId } from '../../domain/ids.ts';
import { codeOf } from '../../domain/loss-story.ts';
import type { Person } from '../../domain/person.ts';
import { isRefusal, type Refusal, refuse } from '../../domain/refusal.ts';
import type { Review } from '../../domain/review.ts';
import { readLine } from '../../domain/text.ts';
import { isWorstAdvice } from '../../domain/worst-advice.ts';
import { insertFindings } from '../../store/findings.ts';
import { firstSeen } from '../../store/inbox.ts';
import { findLoss } from '../../store/losses.ts';
import { reachDeal } from '../../store/reach-deal.ts';
import { findReview } from '../../store/reviews.ts';
import type { Tx } from '../../store/store.ts';
import type { SendFindingForm } from './send-modal.ts';

const gone = refuse(
  'review_not_found',
  'That review is not here any more. The newest losses stand in the weekly thread.',
);

/**
 * The review somebody may send a finding from: of a deal they see, and of a restricted one only its
 * owner, who alone may let something out (METHOD part 5).
 */
export async function reachReviewToSend(
  tx: Tx,
  actor: Person,
  id: ReviewId,
): Promise<{ readonly review: Review; readonly deal: Deal } | Refusal> {
  const review = await findReview(tx, actor.workspaceId, id);
  const deal = review && (await reachDeal(tx, actor, review.dealId));
  if (!review || !deal || isRefusal(deal)) return gone;
  if (deal.privacy === 'restricted' && review.ownerId !== actor.id) {
    return refuse('not_released', 'This deal is private: only its owner can let a finding out.');
  }
  return { review, deal };
}

/**
 * Keeps a finding of somebody's own words; it goes out with the next morning's. Advice to be cheaper
 * or to copy somebody comes back once, with a question (METHOD S4-14). The same `formId` sends once.
 */
export async function sendFinding(
  deps: Deps,
  actor: Person,
  input: {
    readonly reviewId: ReviewId;
    readonly formId: string;
    readonly asked: boolean;
    readonly form: SendFindingForm;
  },
): Promise<{ readonly ask: boolean; readonly private: boolean } | Refusal> {
  const now = deps.clock.now();
  return deps.store.transaction(async (tx) => {
    const reached = await reachReviewToSend(tx, actor, input.reviewId);
    if (isRefusal(reached)) return reached;
    const { review, deal } = reached;
    const isPrivate = deal.privacy === 'restricted';
    const place = codeOf(findingPlaces, input.form.place);
    if (!place) return refuse('no_place', 'Pick who could change something about it.', 'place');
    const expected = { field: 'text', what: 'What they should know', max: findingMax };
    const text = readLine(input.form.text, expected);
    if (isRefusal(text)) return text;
    if (!input.asked && isWorstAdvice(text)) return { ask: true, private: isPrivate };
    const { workspaceId } = actor;
    if (await firstSeen(tx, workspaceId, `form:${input.formId}`, now)) {
      const loss = review.lossId && (await findLoss(tx, workspaceId, review.lossId));
      const evidence = loss?.evidence ?? 'unknown';
      const by = { reviewId: review.id, createdById: actor.id, reasonCode: undefined };
      await insertFindings(tx, [{ workspaceId, ...by, place, text, evidence }], now);
    }
    return { ask: false, private: isPrivate };
  });
}
