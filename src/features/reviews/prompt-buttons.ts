import type { Button, KnownBlock } from '@slack/types';
import type { ReviewPrompt } from '../../domain/prompts.ts';
import { reasonOfPrompt } from '../../domain/prompts.ts';
import { actions, button } from '../../slack/blocks.ts';
import type { KnownReview } from './known-review.ts';
import { promptValue, talkIds } from './talk-ids.ts';

/**
 * What can be done on a prompt; who may is asked when somebody does. What one person alone sees has
 * no button for somebody else.
 */
export function promptButtons(
  { review }: KnownReview,
  prompt: ReviewPrompt,
  place: 'thread' | 'own' = 'thread',
): KnownBlock[] {
  const on = {
    value: promptValue({ reviewId: review.id, promptKey: prompt.key }),
    about: prompt.text,
  };
  const row = (...buttons: Button[]) => [
    actions(`review_prompt_${prompt.key}`.slice(0, 255), ...buttons),
  ];
  const answer = (text: string) => button({ id: talkIds.answer, text, style: 'primary', ...on });
  const pass = button({ id: talkIds.pass, text: 'Pass', ...on });
  switch (prompt.form) {
    case 'vote':
      return row(answer('Vote'));
    case 'choice':
      return row(answer('Answer'));
    case 'opinion':
      return row(answer('Say what I saw'), nameButton(review.id));
    case 'verdicts':
      return row(answer('Adopt or park'));
    case 'practice':
      return row(
        answer('Choose one thing'),
        button({ id: talkIds.nothing, text: 'Nothing to change', ...on }),
      );
    case 'taps':
      return row(
        button({ id: talkIds.learned, text: 'I learned something that changes my work', ...on }),
        button({ id: talkIds.again, text: 'I would join another', ...on }),
      );
    case 'day':
      return [];
    case 'words':
      if (reasonOfPrompt(prompt.key) && place === 'own') return row(answer('Answer'));
      return reasonOfPrompt(prompt.key)
        ? row(answer('Answer'), button({ id: talkIds.waive, text: 'Waive (manager)', ...on }))
        : row(answer('Answer'), pass);
  }
}

/** The owner or the manager names who gives an outside view. */
export function nameButton(reviewId: string): Button {
  return button({ id: talkIds.nameReviewer, text: 'Name somebody', value: reviewId });
}
