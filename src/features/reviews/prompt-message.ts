import type { KnownBlock } from '@slack/types';
import { dealTitle } from '../../domain/deal.ts';
import type { ReviewPrompt } from '../../domain/prompts.ts';
import { isUnderWay } from '../../domain/review-flow.ts';
import { count } from '../../domain/text.ts';
import { bold, context, leaf, mention, paragraph } from '../../slack/blocks.ts';
import type { Message } from '../../slack/message.ts';
import { escapeMrkdwn } from '../../slack/mrkdwn.ts';
import { type KnownReview, nameOf } from './known-review.ts';
import { promptButtons } from './prompt-buttons.ts';
import { readable, saidBlocks, sayWord } from './said.ts';
import { countVotes, sayClose, sayTally } from './vote-words.ts';

/** One prompt in a deal's own thread: the question, what was said on it, and how to answer. */
export function buildPromptMessage(known: KnownReview, prompt: ReviewPrompt): Message {
  const said = readable(known, prompt, true);
  const standing = sayStandingOf(known, prompt);
  const who = forWhom(known, prompt);
  const open = isUnderWay(known.review) || prompt.form === 'taps';
  return {
    text: escapeMrkdwn(
      [
        `${who.text}${prompt.text}`,
        ...said.map((entry) => sayWord(known, entry)),
        ...standing,
      ].join('\n'),
    ),
    blocks: [
      paragraph(...who.leaves, bold(prompt.text)),
      ...saidBlocks(known, said),
      ...standing.map((line) => context(line)),
      ...(open && !isVoteOver(known, prompt) ? promptButtons(known, prompt) : []),
    ],
  };
}

const everybody = { id: undefined };

function isVoteOver({ asked }: KnownReview, { form, key }: ReviewPrompt): boolean {
  return form === 'vote' && asked.some(({ promptKey, closedAt }) => promptKey === key && closedAt);
}

function forWhom({ review, people }: KnownReview, { who }: ReviewPrompt) {
  const ids = {
    owner: review.ownerId,
    reviewer: review.reviewerId,
    manager_first: review.managerId,
    leaders: review.ownerId,
    voters: undefined,
    all: undefined,
  };
  const id = ids[who];
  const person = id && people.get(id);
  if (!person) return { text: '', leaves: [] };
  return { text: `${person.name}: `, leaves: [mention(person), leaf(' ')] };
}

/** What stands under the words: counts of a vote, who is missing. */
function sayStandingOf(known: KnownReview, prompt: ReviewPrompt): string[] {
  const { review } = known;
  switch (prompt.form) {
    case 'vote': {
      if (isVoteOver(known, prompt)) return sayTally(known, prompt.key, everybody);
      const n = count(countVotes(known, prompt.key), 'vote');
      return [
        `${n} so far. Counts show when the vote is over, to you once you have voted. A vote stands.`,
      ];
    }
    case 'opinion':
      return review.reviewerId
        ? [`Asked: ${nameOf(known, review.reviewerId)}.`]
        : ['Owner or manager: name somebody who knew this deal and did not carry it.'];
    case 'taps':
      return sayClose(known);
    default:
      return [];
  }
}

/** The outside view is asked for in a message to one person. */
export function buildOutsideMessage(
  known: KnownReview,
  prompt: ReviewPrompt,
  { askedBy, due, facts }: { askedBy: string; due: string; facts: readonly string[] },
): Message {
  const said = known.entries.filter(({ kind }) => kind === 'opinion');
  const title = dealTitle(known.deal);
  const lead = `${askedBy} asks for your view on ${title}, by ${due}.`;
  const { review } = known;
  const isFacilitator = !review.managerId && review.facilitatorId === review.reviewerId;
  const note = [
    'The owner adopts it or parks it; agreement is not required. Say what you saw, not what someone is like.',
    ...(isFacilitator
      ? [
          'Nobody is above the owner here, so you keep the talk going, too, and may leave a reason as it is: /deal review.',
        ]
      : []),
  ].join(' ');
  const blocks: KnownBlock[] = [
    paragraph(leaf(lead)),
    ...(facts.length > 0 ? [paragraph(leaf(facts.join('\n')))] : []),
    paragraph(bold(prompt.text)),
    ...saidBlocks(known, said),
    context(note),
    ...(isUnderWay(known.review) ? promptButtons(known, prompt).map(withoutNaming) : []),
  ];
  return { text: escapeMrkdwn([lead, ...facts, prompt.text, note].join('\n')), blocks };
}

function withoutNaming(block: KnownBlock): KnownBlock {
  return block.type === 'actions' ? { ...block, elements: block.elements.slice(0, 1) } : block;
}

/** A review that has everything it needs. */
export function buildCompleteMessage(known: KnownReview): Message {
  const text = `This review is complete: facts seen, talked, one thing chosen. Thank you, ${count(known.voices, 'person', 'people')} took part.`;
  return { text, blocks: [paragraph(leaf(text))] };
}
