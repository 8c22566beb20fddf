import type { Deps } from '../../deps.ts';
import { businessDaysAfter, dayIn, instantAt } from '../../domain/calendar.ts';
import { newId, type ReviewEntryId, type ReviewId } from '../../domain/ids.ts';
import type { Person } from '../../domain/person.ts';
import { isRefusal, type Refusal, refuse } from '../../domain/refusal.ts';
import { moveAskedPrompt, saveReviewEntry } from '../../store/review-entries.ts';
import type { TalkTime } from './carry-on.ts';
import { type KnownReview, loadReview } from './known-review.ts';
import { reachTalk } from './reach-prompt.ts';
import { talkChanged } from './talk-changed.ts';

/** When the clock of reviews goes round, in the team's zone. */
export const reviewClockTime = '08:00';

/** The owner puts the first question off: today, tomorrow, or in two business days. */
export async function breathe(
  deps: Deps & { readonly time: TalkTime },
  actor: Person,
  input: { readonly reviewId: ReviewId; readonly inBd: number },
): Promise<KnownReview | Refusal> {
  const now = deps.clock.now();
  const { zone, calendar } = deps.time;
  return deps.store.transaction(async (tx) => {
    const known = await reachTalk(tx, actor, input.reviewId);
    if (isRefusal(known)) return known;
    const { review } = known;
    const [first] = known.asked;
    if (actor.id !== review.ownerId || review.state !== 'level1' || !first) {
      return refuse('not_now', 'The first question stands already. Take your time with it.');
    }
    const on = businessDaysAfter(dayIn(now, zone), input.inBd, calendar);
    const at = input.inBd === 0 ? now : instantAt(on, reviewClockTime, zone);
    await moveAskedPrompt(tx, review.id, first.promptKey, at);
    await saveReviewEntry(tx, review.workspaceId, {
      id: newId<ReviewEntryId>(now),
      reviewId: review.id,
      kind: 'answer',
      promptKey: 'breathe',
      authorId: actor.id,
      text: undefined,
      choices: { on },
      shared: false,
      at: now,
    });
    await talkChanged(tx, review, [], now);
    return loadReview(tx, review);
  });
}
