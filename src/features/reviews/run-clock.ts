import { dealTitle } from '../../domain/deal.ts';
import type { WorkspaceId } from '../../domain/ids.ts';
import {
  bdSince,
  dueBd,
  outsideEyeBd,
  type ReviewMoment,
  releaseAfterBd,
} from '../../domain/review-flow.ts';
import { sayStanding } from '../../domain/review-words.ts';
import { listReviewsUnderWay } from '../../store/reviews.ts';
import type { Tx } from '../../store/store.ts';
import { carryOn } from './carry-on.ts';
import { followWhoLeft } from './follow-who-left.ts';
import type { RaiseFindings } from './hands.ts';
import { type KnownReview, loadReviews } from './known-review.ts';
import { releaseReview } from './release-review.ts';
import { talkChanged } from './talk-changed.ts';

/** What a round of the clock did. */
export interface ClockRound {
  readonly summary: {
    readonly released: number;
    readonly asked: number;
    readonly late: number;
  };
  readonly report: readonly string[];
}

const dayMs = 24 * 60 * 60_000;

/**
 * What time does to reviews (METHOD §3.2): three business days release them, one takes a prompt to
 * the next, two end the quiet, and ten make one late. Whoever left is followed by their manager.
 */
export async function runReviewClock(
  tx: Tx,
  workspaceId: WorkspaceId,
  moment: ReviewMoment,
  raiseFindings: RaiseFindings,
): Promise<ClockRound> {
  const underWay = await listReviewsUnderWay(tx, workspaceId);
  const all = await loadReviews(tx, workspaceId, underWay);
  let released = 0;
  let asked = 0;
  const report: string[] = [];
  for (const known of all) {
    const review = await followWhoLeft(tx, known, moment.now);
    if (review.state === 'level1' && bdSince(review.openedAt, moment) >= releaseAfterBd) {
      const given = { by: 'clock', share: [], shareExtract: false } as const;
      released += (await releaseReview(tx, review, given, moment, raiseFindings)) ? 1 : 0;
      report.push(`${sayReview(known)}: released`);
      continue;
    }
    const put = await carryOn(tx, review, moment);
    asked += put;
    if (put > 0) report.push(`${sayReview(known)}: asked on`);
    if (wakesToday(known, moment)) await talkChanged(tx, review, ['outside_eye'], moment.now);
  }
  const late = all.filter(({ review }) => bdSince(review.openedAt, moment) > dueBd).length;
  return { summary: { released, asked, late }, report };
}

function sayReview({ deal, review }: KnownReview): string {
  const title = deal.privacy === 'restricted' ? 'A private deal' : dealTitle(deal);
  return `${title} (${sayStanding(review)})`;
}

/** A first question that was put off, or an outside view that is due: what stands shows it. */
function wakesToday({ review, asked, entries }: KnownReview, moment: ReviewMoment): boolean {
  const since = moment.now.getTime() - dayMs;
  const isNew = ({ askedAt }: { askedAt: Date }) =>
    askedAt <= moment.now && askedAt.getTime() > since;
  const putOff = entries.some(({ promptKey }) => promptKey === 'breathe') && asked.some(isNew);
  const { reviewerAskedAt } = review;
  const viewDue = reviewerAskedAt && bdSince(reviewerAskedAt, moment) === outsideEyeBd;
  return putOff || viewDue === true;
}
