import type { KnownBlock } from '@slack/types';
import type { ReviewPrompt } from '../../domain/prompts.ts';
import type { ReviewEntry } from '../../domain/review.ts';
import { entriesOn } from '../../domain/review-flow.ts';
import { shorten } from '../../domain/text.ts';
import { type Leaf, leaf, mention, paragraph, quiet } from '../../slack/blocks.ts';
import { type KnownReview, nameOf } from './known-review.ts';
import { isInside } from './reach-prompt.ts';

/** What is written before the team reads may be long; a message may not. */
const longest = 1200;

/**
 * What one may read on a prompt: in the thread nothing of what was left at level 1, and of somebody
 * who left only what they let the team read.
 */
export function readable(
  known: KnownReview,
  prompt: ReviewPrompt,
  inThread: boolean,
): ReviewEntry[] {
  const said = entriesOn(known, prompt.key).filter(({ kind }) => kind !== 'vote');
  const { review } = known;
  if (!inThread) {
    return said.filter(({ shared, authorId }) => shared || isInside({ id: authorId }, review));
  }
  const { releasedAt } = review;
  return said.filter(({ shared, at }) => shared || (releasedAt !== undefined && at >= releasedAt));
}

/** The words of one person on a prompt, in a line of its own. */
export function sayWord(known: KnownReview, entry: ReviewEntry): string {
  return `${nameOf(known, entry.authorId)}: ${wordsOf(entry)}`;
}

function wordsOf({ kind, text, choices, verdict, verdictNote }: ReviewEntry): string {
  const said = shorten(text ?? '', longest);
  const more = [
    ...(choices['change'] ? [`→ ${choices['change']}`] : []),
    ...(choices['nothing'] ? ['(nothing to change)'] : []),
    ...(verdict ? [`[${verdict === 'adopt' ? 'adopted' : 'parked'}] ${verdictNote ?? ''}`] : []),
  ].join(' ');
  const lead = kind === 'pass' ? 'passed: ' : kind === 'waived' ? 'left as it is: ' : '';
  return [`${lead}${said}`, more].filter(Boolean).join('\n');
}

/** The words on a prompt, each under its author's name. */
export function saidBlocks(known: KnownReview, entries: readonly ReviewEntry[]): KnownBlock[] {
  return entries.map((entry) => {
    const author = known.people.get(entry.authorId);
    const who: Leaf = author ? mention(author) : leaf('somebody');
    return paragraph(who, leaf(` ${wordsOf(entry)}`));
  });
}

/** A question and what was said on it, small. */
export function answeredBlocks(
  known: KnownReview,
  prompt: ReviewPrompt,
  entries: readonly ReviewEntry[],
): KnownBlock[] {
  return [paragraph(quiet(prompt.text)), ...saidBlocks(known, entries)];
}
