/** One question of the review of a loss (METHOD §4.3). */
export interface ReviewPrompt {
  readonly key: string;
  /** Who is asked first, in words. */
  readonly who: string;
  readonly text: string;
}

/** The first three, in the order they are asked. */
export const openingPrompts: readonly ReviewPrompt[] = [
  {
    key: 'own',
    who: 'owner',
    text: 'Which choice of ours, made or not made, would you take back first? Start with “I” or “we”.',
  },
  {
    key: 'turn',
    who: 'owner',
    text: 'Look at the facts. Where did it turn? What were you seeing that day, and how did you read it?',
  },
  {
    key: 'restart',
    who: 'owner',
    text: 'It is Monday and this deal starts again. What happens in week one that did not?',
  },
];
