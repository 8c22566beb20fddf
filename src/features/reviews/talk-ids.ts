import type { ReviewId } from '../../domain/ids.ts';

/** Ids of what stands under a prompt and on the sheets; a value is a review, or a review and a prompt. */
export const talkIds = {
  answer: 'review_prompt_answer',
  pass: 'review_prompt_pass',
  waive: 'review_prompt_waive',
  nothing: 'review_nothing_to_change',
  learned: 'review_close_learned',
  again: 'review_close_again',
  release: 'review_release_ask',
  nameReviewer: 'review_name_reviewer',
  breatheToday: 'review_breathe_today',
  breatheTomorrow: 'review_breathe_tomorrow',
  breatheLater: 'review_breathe_later',
  open: 'review_show',
} as const;

/** Which prompt of which review. */
export interface PromptAddress {
  readonly reviewId: ReviewId;
  readonly promptKey: string;
}

export function promptValue({ reviewId, promptKey }: PromptAddress): string {
  return `${reviewId} ${promptKey}`;
}

export function readPromptValue(value: string): PromptAddress {
  const [reviewId = '', promptKey = ''] = value.split(' ');
  return { reviewId: reviewId as ReviewId, promptKey };
}
