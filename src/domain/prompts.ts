import { findReason } from './loss-reasons.ts';
import type { Review } from './review.ts';

/** Who is asked (METHOD §4.3, who). */
export type PromptAudience =
  | 'owner'
  /** Owner and manager. */
  | 'leaders'
  /** Everybody but the owner, whose view is in the form. */
  | 'voters'
  | 'all'
  /** The one who knew the deal and did not carry it. */
  | 'reviewer'
  /** The manager first, then anybody. */
  | 'manager_first';

/** How it is answered. */
export type PromptForm =
  | 'day'
  | 'words'
  /** One of three, by one person. */
  | 'choice'
  | 'vote'
  | 'opinion'
  | 'verdicts'
  | 'practice'
  | 'taps';

/** One question of a review (METHOD §4.3). */
export interface ReviewPrompt {
  readonly key: string;
  readonly who: PromptAudience;
  readonly form: PromptForm;
  readonly text: string;
}

/** What the texts of a deal's prompts depend on. */
export interface PromptFacts {
  /** The owner inherited the deal: nobody answers for somebody else. */
  readonly inherited: boolean;
  /** Their share of the work, 0 to 1. */
  readonly buyerShare: number | undefined;
  /** The codes of the loss, the first one first. */
  readonly reasonCodes: readonly string[];
  /** The loss came without its form, so nobody was asked whether it could have been won. */
  readonly askWinnable?: boolean;
}

const own: ReviewPrompt = {
  key: 'own',
  who: 'owner',
  form: 'words',
  text: 'Which choice of ours, made or not made, would you take back first? Start with “I” or “we”.',
};

const turn: ReviewPrompt = {
  key: 'turn',
  who: 'owner',
  form: 'words',
  text: 'Look at the facts. Where did it turn? What were you seeing that day, and how did you read it?',
};

const restart: ReviewPrompt = {
  key: 'restart',
  who: 'owner',
  form: 'words',
  text: 'It is Monday and this deal starts again. What happens in week one that did not?',
};

/** The first three, in the order they are asked. */
export const openingPrompts: readonly ReviewPrompt[] = [own, turn, restart];
export const openingKeys: readonly string[] = openingPrompts.map(({ key }) => key);

/** The first three where the owner took the deal over (METHOD part 5, rep left). */
const openingAsWe: readonly ReviewPrompt[] = [
  {
    ...own,
    text: 'Which choice of ours, made or not made, would we take back first? Start with “we”.',
  },
  {
    ...turn,
    text: 'Look at the facts. Where did it turn? What could we see that day, and how did we read it?',
  },
  {
    ...restart,
    text: 'It is Monday and we start this deal again. What do we do in week one that we did not?',
  },
];

const breathe: ReviewPrompt = {
  key: 'breathe',
  who: 'owner',
  form: 'day',
  text: 'No hurry. When shall we look at it?',
};

const twoBoxes: ReviewPrompt = {
  key: 'two_boxes',
  who: 'voters',
  form: 'vote',
  text: 'Should we have been there? If yes, who outsold us, and with what?',
};

const fight: ReviewPrompt = {
  key: 'fight',
  who: 'all',
  form: 'words',
  text: 'What was the strongest move we left unused?',
};

const alone: ReviewPrompt = {
  key: 'alone',
  who: 'all',
  form: 'words',
  text: 'Whose help did we have? Whose did we not ask for, and what would have made asking easy?',
};

const outsideEye: ReviewPrompt = {
  key: 'outside_eye',
  who: 'reviewer',
  form: 'opinion',
  text: 'You knew this deal but did not carry it. What did you notice that was hard to see from inside?',
};

const explore: ReviewPrompt = {
  key: 'explore',
  who: 'owner',
  form: 'verdicts',
  text: 'For each view above: adopt or park, and one line why. Agreement is not required.',
};

const theirWords: ReviewPrompt = {
  key: 'their_words',
  who: 'owner',
  form: 'words',
  text: 'What did they tell us? What do we think lies under it? How do we know?',
};

const kept: ReviewPrompt = {
  key: 'kept',
  who: 'all',
  form: 'words',
  text: 'What worked well enough to do again on purpose?',
};

const system: ReviewPrompt = {
  key: 'system',
  who: 'manager_first',
  form: 'words',
  text: 'What in how we are set up made this likely, and what will I change or ask for?',
};

const oneThing: ReviewPrompt = {
  key: 'one_thing',
  who: 'leaders',
  form: 'practice',
  text: 'One behaviour to work on. When and where will you try it three times? Who watches, or whom will you watch?',
};

const close: ReviewPrompt = {
  key: 'close',
  who: 'all',
  form: 'taps',
  text: 'Two taps before we close.',
};

const deserved: ReviewPrompt = {
  key: 'deserved',
  who: 'voters',
  form: 'vote',
  text: 'Did we deserve this one, or were we lucky? A win can hide a mistake.',
};

const wonOwn: ReviewPrompt = {
  ...own,
  text: 'What would you do again on purpose? Start with “I” or “we”.',
};

const wonSystem: ReviewPrompt = {
  ...system,
  text: 'What in how we are set up made this likely, and what will I keep or ask for?',
};

export const winnableKey = 'winnable';

const winnable: ReviewPrompt = {
  key: winnableKey,
  who: 'owner',
  form: 'choice',
  text: 'Could we have won it, with different selling?',
};

const turnedPrefix = 'turned:';

/** The prompt that turns a reason into what we could have seen or softened (METHOD S3-6). */
export function turnedKey(reasonCode: string): string {
  return turnedPrefix + reasonCode;
}

/** The reason a prompt turns; undefined for every other prompt. */
export function reasonOfPrompt(promptKey: string): string | undefined {
  return promptKey.startsWith(turnedPrefix) ? promptKey.slice(turnedPrefix.length) : undefined;
}

/** Families whose reasons are never the last word, whatever their control (METHOD S1-12, S3-6). */
const turnedFamilies = ['cmp.', 'com.', 'prd.'];

/** The reasons of a loss that open their ownership question, each once. */
export function reasonsToTurn(codes: readonly string[]): string[] {
  const needs = (code: string) =>
    findReason(code)?.control === 'outside' ||
    turnedFamilies.some((family) => code.startsWith(family));
  return [...new Set(codes)].filter(needs);
}

function turnedPrompts(codes: readonly string[]): ReviewPrompt[] {
  return reasonsToTurn(codes).flatMap((code) => {
    const reason = findReason(code);
    return reason ? [{ ...own, key: turnedKey(code), text: reason.ownershipQuestion }] : [];
  });
}

function workSplit({ buyerShare }: PromptFacts): ReviewPrompt {
  const share =
    buyerShare === undefined
      ? 'Their share of the work is not known.'
      : `Their share of the work was ${Math.round(buyerShare * 100)}%.`;
  return {
    key: 'work_split',
    who: 'owner',
    form: 'words',
    text: `${share} Which piece could have been theirs?`,
  };
}

/**
 * Every prompt of a review in the order it is asked (METHOD §4.3, S3-21). Small deals answered four
 * of them in the form of the loss, and have an outside view where nobody is above the owner or
 * somebody was named for it; wins have a short list of their own.
 */
export function promptsFor(
  review: Pick<Review, 'kind' | 'size' | 'managerId' | 'reviewerId'>,
  facts: PromptFacts,
): ReviewPrompt[] {
  if (review.kind === 'win') return [breathe, wonOwn, deserved, kept, wonSystem, oneThing, close];
  const turned = turnedPrompts(facts.reasonCodes);
  const outside = [outsideEye, explore];
  if (review.size === 'quick') {
    const needed = review.managerId && !review.reviewerId ? [] : outside;
    const left = facts.askWinnable ? [winnable] : [];
    return [breathe, ...left, ...turned, fight, ...needed, system, oneThing, close];
  }
  const opening = facts.inherited ? openingAsWe : openingPrompts;
  return [
    breathe,
    ...opening,
    ...turned,
    twoBoxes,
    fight,
    alone,
    ...outside,
    theirWords,
    workSplit(facts),
    kept,
    system,
    oneThing,
    close,
  ];
}
