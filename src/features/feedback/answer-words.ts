import { type FeedbackRequest, feedbackChoices } from '../../domain/feedback.ts';
import { fixables, labelOf } from '../../domain/loss-story.ts';

/** What a buyer told us, in lines. */
export function answerLines({
  choices,
  words,
  couldHaveWon,
}: Pick<FeedbackRequest, 'choices' | 'words' | 'couldHaveWon'>): string[] {
  const named = choices.map((choice) => labelOf(feedbackChoices, choice)).join(', ');
  return [
    ...(named ? [`To work on: ${named}`] : []),
    ...(words ? [`In their words: “${words}”`] : []),
    ...(couldHaveWon ? [`Could we have won it? ${labelOf(fixables, couldHaveWon)}`] : []),
  ];
}
