import type { WhenEnded } from '../../deps.ts';
import { newId, type ReviewId } from '../../domain/ids.ts';
import type { Person } from '../../domain/person.ts';
import { promptsFor } from '../../domain/prompts.ts';
import { newReview, type Review } from '../../domain/review.ts';
import { isLevelOne } from '../../domain/review-flow.ts';
import { enqueue } from '../../store/outbox.ts';
import { insertAskedPrompt } from '../../store/review-entries.ts';
import { insertReview } from '../../store/reviews.ts';
import type { Tx } from '../../store/store.ts';
import { findPartners } from './partners.ts';
import { sheetKey } from './talk-changed.ts';

/**
 * Opens level 1 at once (METHOD §3.2, S1-15): the review, its first question, and a message each to
 * owner and manager. Who left is followed by who is above them, and asked as “we”.
 */
export const openReview: WhenEnded = async (tx, ended) => {
  const { deal, lost, size, now } = ended;
  const { workspaceId } = deal;
  if (deal.status === 'invalid') return;
  const people = await findPartners(tx, workspaceId, deal.ownerId);
  const review = newReview({
    id: newId<ReviewId>(now),
    workspaceId,
    dealId: deal.id,
    lossId: lost?.id,
    kind: lost ? 'loss' : 'win',
    size,
    ownerId: people.owner?.id ?? deal.ownerId,
    managerId: people.manager?.id,
    openedAt: now,
  });
  if (!(await insertReview(tx, review))) return;
  const reasonCodes = lost ? [lost.story.reasonCode, ...lost.story.contributing] : [];
  const askWinnable = lost !== undefined && !lost.story.fixable;
  const facts = { inherited: false, buyerShare: undefined, reasonCodes, askWinnable };
  const first = promptsFor(review, facts).find(isLevelOne);
  if (first) await insertAskedPrompt(tx, review, first.key, now);
  for (const person of [people.owner, people.manager]) {
    if (person) await enqueueSheet(tx, review, person, now);
  }
};

/** Gives somebody the sheet of a review, once. */
export async function enqueueSheet(
  tx: Tx,
  review: Pick<Review, 'id' | 'workspaceId'>,
  { id: readerId, slackUserId }: Pick<Person, 'id' | 'slackUserId'>,
  now: Date,
): Promise<void> {
  if (!slackUserId) return;
  const payload = { reviewId: review.id, messageKey: sheetKey, readerId };
  const key = `review_opened:${review.id}:${readerId}`;
  await enqueue(tx, review.workspaceId, now, [
    { kind: 'review_opened', key, target: slackUserId, payload },
  ]);
}
