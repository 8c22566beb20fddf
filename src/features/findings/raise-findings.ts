import { findingMax, placesOf } from '../../domain/finding.ts';
import { findReason } from '../../domain/loss-reasons.ts';
import type { Review } from '../../domain/review.ts';
import { cleanLine, shorten } from '../../domain/text.ts';
import { isWorstAdvice } from '../../domain/worst-advice.ts';
import { findDeal } from '../../store/deals.ts';
import { insertFindings, listFindingsOfReviews } from '../../store/findings.ts';
import { findLoss } from '../../store/losses.ts';
import type { Tx } from '../../store/store.ts';

/** A review that was just released to the team. */
export interface ReleasedReview {
  readonly review: Review;
  readonly now: Date;
  /** The owner of a restricted deal lets an extract without its name go out (METHOD part 5). */
  readonly shareExtract: boolean;
}

/**
 * Writes down what a released loss has to say to other departments: one finding for each place that
 * its reasons name, inside the transaction of the release (METHOD S1-7, S1-8). Doing it twice raises
 * nothing twice; a won deal and a restricted one whose owner said nothing raise none.
 */
export async function raiseFindings(
  tx: Tx,
  { review, now, shareExtract }: ReleasedReview,
): Promise<void> {
  const { workspaceId, lossId, dealId, id: reviewId } = review;
  const loss = lossId && (await findLoss(tx, workspaceId, lossId));
  const known = await findDeal(tx, workspaceId, dealId);
  if (!loss || !known) return;
  if (known.deal.privacy === 'restricted' && !shareExtract) return;
  const before = await listFindingsOfReviews(tx, workspaceId, [reviewId]);
  const raised = new Set(before.flatMap(({ reasonCode }) => reasonCode ?? []));
  const { evidence, ownWords } = loss;
  const found = placesOf(loss.reasonCode, loss.contributing).map(({ place, reasonCode }) => ({
    ...{ workspaceId, reviewId, place, reasonCode, evidence, createdById: undefined },
    text: extractOf(reasonCode, ownWords),
  }));
  await insertFindings(
    tx,
    found.filter(({ reasonCode }) => !raised.has(reasonCode)),
    now,
  );
}

/** The reason, and what the owner made of it; advice to be cheaper or to copy is no finding (S4-14). */
function extractOf(reasonCode: string, ownWords: string | undefined): string {
  const label = findReason(reasonCode)?.label ?? reasonCode;
  const words = cleanLine(ownWords ?? '');
  if (words === '' || isWorstAdvice(words)) return label;
  return shorten(`${label}: “${words}”`, findingMax);
}
