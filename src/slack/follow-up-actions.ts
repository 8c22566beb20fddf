import type { Button } from '@slack/types';
import type { ReviewId } from '../domain/ids.ts';
import { button } from './blocks.ts';

/**
 * Ids of what can be done with what follows a closed deal, wherever it is shown: in a morning's
 * bundle, in a direct message, in a thread. Each value is an id that the server looks up again.
 */
export const followUpIds = {
  /** The value is a review: opens the form of the prompt that waits for whoever clicks. */
  answerReview: 'review_answer',
  /** The value is a review: a manager keeps it going, or excuses it. */
  reviewFacilitate: 'review_facilitate',
  reviewExcuse: 'review_excuse',
  /** The value is a feedback request: shows the note, to be sent by a person. */
  feedbackNote: 'feedback_note',
  /** The value is a feedback request: opens the form for what they answered. */
  feedbackReply: 'feedback_reply',
  /** The value is a feedback request: nobody is to be asked. */
  feedbackSkip: 'feedback_skip',
  /** The value is a revisit: opens another day for it, or lets it go. */
  revisitLater: 'revisit_later',
  revisitDrop: 'revisit_drop',
  /** The value is a lost deal: opens when to come back to it. */
  comeBack: 'revisit_of_deal',
  /** The value is a practice: one more try (with the count that was shown), somebody watched, not yet. */
  practiceTried: 'practice_tried',
  practiceWatched: 'practice_watched',
  practiceNotYet: 'practice_not_yet',
  /** The value is a commitment: opens the observer's note. */
  commitmentNote: 'practice_note',
  /** The value is a review: opens the form that tells a department what the deal taught. */
  sendFinding: 'finding_send',
} as const;

/** *Send a finding*, for the card of a review; `about` is the deal, for who hears the screen. */
export function sendFindingButton(reviewId: ReviewId, about: string): Button {
  return button({ id: followUpIds.sendFinding, text: 'Send a finding', value: reviewId, about });
}
