import type { KnownBlock } from '@slack/types';
import { daysBetween } from '../../domain/calendar.ts';
import { dealTitle } from '../../domain/deal.ts';
import { sayFactLines } from '../../domain/fact-words.ts';
import { findReason, saySkill } from '../../domain/loss-reasons.ts';
import { sayCited } from '../../domain/recurrence.ts';
import type { ReviewEntry } from '../../domain/review.ts';
import { entryKeyOf } from '../../domain/review-flow.ts';
import { sayTicks } from '../../domain/review-gaps.ts';
import { sayStanding } from '../../domain/review-words.ts';
import { segmentNames } from '../../domain/segment.ts';
import { count, shorten } from '../../domain/text.ts';
import {
  actions,
  bullets,
  button,
  context,
  header,
  type Leaf,
  leaf,
  mention,
  paragraph,
  quiet,
  richText,
} from '../../slack/blocks.ts';
import { followUpIds, sendFindingButton } from '../../slack/follow-up-actions.ts';
import type { Message } from '../../slack/message.ts';
import { escapeMrkdwn } from '../../slack/mrkdwn.ts';
import type { CardView } from './card-view.ts';
import { sayAmount, sayToldLate, sayWhy } from './loss-words.ts';
import { sayClose } from './vote-words.ts';

const usedForNothingElse = 'Not used for pay or ranking.';

/**
 * The card a deal's own thread hangs on (METHOD §4.3, header card, fact trail and pinned line). Its
 * headline has reason and amount, never the rep; whose review it is stands below, once.
 */
export function buildCardMessage(view: CardView): Message {
  const headline = sayHeadline(view);
  const lines = sayLines(view);
  const facts = view.facts ? sayFactLines(view.facts, view.today) : [];
  const pinned = sayPinned(view);
  const standing = sayProgress(view);
  const shared = view.shared.map((entry) => `${questionOf(view, entry)} — ${saidIn(entry)}`);
  const parts = [
    `${headline}.`,
    ...lines.map(sentenceOf),
    sayWhose(view),
    ...facts.map(sentenceOf),
    ...shared.map(sentenceOf),
    pinned,
    standing,
  ];
  return {
    text: escapeMrkdwn(parts.join(' ')),
    blocks: [
      header(headline),
      paragraph(leaf(lines.join('\n'))),
      paragraph(...whose(view)),
      ...(facts.length > 0 ? [richText(bullets(...facts.map((line) => [leaf(line)])))] : []),
      ...sharedBlocks(view),
      context(pinned),
      paragraph(leaf(standing)),
      ...answerBlocks(view),
    ],
  };
}

function sentenceOf(line: string): string {
  return /[.!?…]$/u.test(line) ? line : `${line}.`;
}

function sayHeadline({ deal, loss }: CardView): string {
  const reason = loss?.reasonCode ? findReason(loss.reasonCode)?.label : undefined;
  const what = loss ? (reason ?? 'reason —') : 'Won';
  return [dealTitle(deal), sayAmount(deal), what].join(' · ');
}

/** Segment and how it ended; days and phases stand with the facts where they have them. */
function sayLines(view: CardView): string[] {
  const { deal, loss, facts, recurring } = view;
  const end = loss ? [sayWhy(loss), sayToldLate(loss)].filter(Boolean).join(' · ') : 'Won';
  const theirs = loss && sayTheirs(loss);
  return [
    [segmentNames[deal.segment], ...(facts?.story ? [] : [sayCourse(view)])].join(' · '),
    ...(end ? [end] : []),
    ...(theirs ? [theirs] : []),
    ...(recurring ? [`${sayCited(recurring)}: ${saySkill(recurring.skill)}`] : []),
  ];
}

function sayCourse({ deal, loss, facts }: CardView): string {
  const phases = `came in at ${deal.entryPhase ?? '—'}, ended at ${loss?.phaseAtLoss ?? deal.phase}`;
  if (deal.status === 'open') return `open — · ${phases}`;
  const days = facts?.daysOpen ?? Math.max(0, daysBetween(deal.openedOn, deal.closedOn));
  return `open ${count(days, 'day')} · ${phases}`;
}

function sayTheirs(loss: NonNullable<CardView['loss']>): string {
  const { statedReasonCode, statedWords, reasonCode } = loss;
  const other = statedReasonCode && statedReasonCode !== reasonCode;
  const reason = other ? findReason(statedReasonCode)?.label : undefined;
  const said = [reason, statedWords && `“${statedWords}”`].filter(Boolean).join(' · ');
  return said ? `What they said: ${said}` : '';
}

function sayWhose({ owner, facilitator, loss }: CardView): string {
  const hand =
    facilitator && facilitator.id !== owner?.id ? `, kept going by ${facilitator.name}` : '';
  const words = loss?.ownWords ? ` In one line: “${loss.ownWords}”` : '';
  return `Review of ${owner?.name ?? 'its owner'}${hand}.${words}`;
}

function whose({ owner, facilitator, loss }: CardView): Leaf[] {
  const line: Leaf[] = [leaf('Review of '), owner ? mention(owner) : leaf('its owner')];
  if (facilitator && facilitator.id !== owner?.id) {
    line.push(leaf(' · kept going by '), leaf(facilitator.name));
  }
  if (loss?.ownWords) line.push(leaf('\nIn one line: '), quiet(loss.ownWords));
  return line;
}

function questionOf({ prompts }: CardView, entry: ReviewEntry): string {
  const asked = prompts.find(({ key }) => entryKeyOf(key) === entry.promptKey);
  return asked?.text ?? 'From the owner';
}

function saidIn({ kind, text = '' }: ReviewEntry): string {
  return kind === 'pass' ? `passed: ${text}` : text;
}

function sharedBlocks(view: CardView): KnownBlock[] {
  return view.shared.map((entry) =>
    paragraph(quiet(questionOf(view, entry)), leaf(`\n${shorten(saidIn(entry), 1500)}`)),
  );
}

/** The sentence about pay and ranking stands only where an admin gave that promise. */
function sayPinned({ pledge }: CardView): string {
  return [
    'Here to learn, not to rate. Visible to: everybody in this channel.',
    ...(pledge ? [usedForNothingElse] : []),
    'Answers say I or we; say what you saw, not what someone is like.',
  ].join(' ');
}

function sayProgress({ review, record, talk }: CardView): string {
  const voices = `${count(talk.replies, 'reply', 'replies')} from ${count(talk.voices, 'person', 'people')}`;
  return [
    sayTicks(record),
    ...(talk.replies > 0 ? [voices] : []),
    sayStanding(review),
    ...(review.state === 'complete' ? sayClose(record) : []),
  ].join(' · ');
}

function answerBlocks({ review, deal }: CardView): KnownBlock[] {
  if (review.pausedAt || (review.state !== 'talking' && review.state !== 'soaking')) return [];
  const { id: value } = review;
  return [
    actions(
      'review_card',
      button({ id: followUpIds.answerReview, text: 'Answer what waits for me', value }),
      sendFindingButton(value, dealTitle(deal)),
    ),
  ];
}
