import type { KnownBlock } from '@slack/types';
import { dealTitle } from '../../domain/deal.ts';
import { sayFacts } from '../../domain/loss.ts';
import { openingPrompts } from '../../domain/prompts.ts';
import type { Review } from '../../domain/review.ts';
import { sayStanding } from '../../domain/review-words.ts';
import { bold, type Leaf, leaf, mention, paragraph, richText } from '../../slack/blocks.ts';
import type { Message } from '../../slack/message.ts';
import { escapeMrkdwn } from '../../slack/mrkdwn.ts';
import type { ListedLoss } from '../../store/losses.ts';
import { sayAmount, sayToldLate, sayWhy } from './loss-words.ts';

/** One loss under the parent of its week. */
export interface EntryView {
  readonly loss: ListedLoss;
  /** Undefined for one from before there were reviews, and for one of a CRM. */
  readonly review: Review | undefined;
  /** The same deal began again. */
  readonly reopened: boolean;
  /** The address of its own thread, once there is one. */
  readonly link: string | undefined;
}

/**
 * One loss of a week: with a review one line that says where the talk stands and links to its own
 * thread; without one its facts and the questions that open the talk, right there.
 */
export function buildEntryMessage(view: EntryView): Message {
  return view.review ? buildLine(view, view.review) : buildTold(view);
}

function marksOf({ loss, reopened }: EntryView): string[] {
  return [sayToldLate(loss), reopened ? 'reopened since' : ''].filter(Boolean);
}

function buildLine(view: EntryView, review: Review): Message {
  const { loss, link } = view;
  const title = dealTitle(loss);
  // How it ended and why is the owner's to let go, or the clock's (METHOD S1-15).
  const why = review.state === 'level1' ? '' : sayWhy(loss);
  const rest = [sayAmount(loss), why, ...marksOf(view), sayStanding(review)].filter(Boolean);
  const leaves: Leaf[] = [bold(title), leaf(` · ${rest.join(' · ')}`)];
  if (link) leaves.push(leaf(' · '), { type: 'link', url: link, text: 'its thread' });
  return {
    text: escapeMrkdwn([title, ...rest, ...(link ? [`its thread: ${link}`] : [])].join(' · ')),
    blocks: [paragraph(...leaves)],
  };
}

function buildTold(view: EntryView): Message {
  const { loss } = view;
  const title = dealTitle(loss);
  const facts = [sayFacts(loss.facts), ...marksOf(view)].join(' · ');
  const why = sayWhy(loss);
  const blocks: KnownBlock[] = [
    paragraph(bold(title), leaf(` · ${sayAmount(loss)} · `), mention(loss.owner)),
    paragraph(leaf(facts), ...(why ? [leaf(`\n${why}`)] : [])),
    ...(loss.ownWords ? [richText(quote(loss.ownWords))] : []),
    paragraph(...questionLeaves()),
  ];
  const sentences = [
    `${title}, ${sayAmount(loss)}, ${loss.owner.name}.`,
    `${facts}.`,
    ...(why ? [`${why}.`] : []),
    ...(loss.ownWords ? [`In one line: “${loss.ownWords}”`] : []),
    ...openingPrompts.map(({ text }, index) => `${index + 1}. ${text}`),
  ];
  return { text: escapeMrkdwn(sentences.join(' ')), blocks };
}

function quote(text: string) {
  return { type: 'rich_text_quote' as const, elements: [leaf(text)] };
}

function questionLeaves(): Leaf[] {
  return openingPrompts.flatMap(({ text }, index) => [
    leaf(`${index === 0 ? '' : '\n'}${index + 1}. `),
    leaf(text),
  ]);
}
