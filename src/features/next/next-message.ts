import type { Button, KnownBlock, SectionBlock } from '@slack/types';
import { z } from 'zod';
import { type Deal, dealTitle, isPaused } from '../../domain/deal.ts';
import type { DealId } from '../../domain/ids.ts';
import type { Move } from '../../domain/next-moves.ts';
import { count } from '../../domain/text.ts';
import { actions, bold, button, context, leaf, paragraph, plain } from '../../slack/blocks.ts';
import { shortDateLine } from '../../slack/date-line.ts';
import { lessonsId } from '../../slack/lesson-actions.ts';
import type { Message } from '../../slack/message.ts';
import { escapeMrkdwn } from '../../slack/mrkdwn.ts';
import { lateEntryId, touchIds } from '../../slack/next-actions.ts';
import { runButton } from '../../slack/run-button.ts';
import { stepIds } from '../../slack/step-actions.ts';
import type { AllOutlooks, Outlook } from './look-ahead.ts';

/** Ids of the moves that are made here; the value says the deal and whose move it is. */
export const nextIds = {
  assign: 'next_assign',
  draft: 'next_draft',
  /** Stands for `/deal new`. */
  start: 'deals_run_next_new',
} as const;

/** How many deals one message shows; the rest are counted. */
const nextLimit = 8;

type Whose = 'ours' | 'theirs';

/**
 * One move of ours and one small ask of theirs, each with its reason and a button that does it, and
 * what losses like this deal taught, with what its reader set themselves then.
 */
export function buildNextMessage(outlook: Outlook, learnt: readonly string[] = []): Message {
  const { rows, situation } = outlook;
  const { deal } = rows;
  const paused = isPaused(deal, situation.today)
    ? [context('This deal is paused: nobody is reminded of anything.')]
    : [];
  return {
    text: escapeMrkdwn([textOf(outlook), ...learnt].join('\n')),
    blocks: [...dealBlocks(outlook), ...paused, ...learntBlocks(deal, learnt)],
  };
}

function learntBlocks(deal: Deal, learnt: readonly string[]): KnownBlock[] {
  if (learnt.length === 0) return [];
  const about = dealTitle(deal);
  const more = button({ id: lessonsId, text: 'What we learnt', value: deal.id, about });
  return [context(learnt.join('\n')), actions('next_learnt', more)];
}

/** The same for all deals of a person, the most urgent first. */
export function buildAllNextMessage({ outlooks, paused }: AllOutlooks): Message {
  if (outlooks.length === 0 && paused === 0) return buildNoDealsMessage();
  const opening =
    outlooks.length === 0
      ? 'Nothing is asked of you.'
      : `What is next on ${count(outlooks.length, 'open deal')}, the most urgent first.`;
  const shown = outlooks.slice(0, nextLimit);
  const hidden = outlooks.length - shown.length;
  const rest = [
    ...(hidden > 0 ? [`${count(hidden, 'more deal')}: /deal next with a name shows any.`] : []),
    ...(paused > 0 ? [`${count(paused, 'deal is', 'deals are')} paused.`] : []),
  ];
  return {
    text: escapeMrkdwn([opening, ...shown.map(textOf), ...rest].join('\n')),
    blocks: [
      paragraph(leaf(opening)),
      ...shown.flatMap(dealBlocks),
      ...(rest.length > 0 ? [context(rest.join(' '))] : []),
    ],
  };
}

function buildNoDealsMessage(): Message {
  const text = 'You have no open deals, so nothing is next. Start one with /deal new.';
  const start = button({ id: nextIds.start, text: 'New deal', value: 'new', style: 'primary' });
  return { text, blocks: [paragraph(leaf(text)), actions('next_empty', start)] };
}

function dealBlocks(outlook: Outlook): KnownBlock[] {
  const { deal } = outlook.rows;
  return [
    paragraph(bold(dealTitle(deal)), leaf(`\n${standing(outlook)}`)),
    moveSection(outlook, 'ours'),
    moveSection(outlook, 'theirs'),
  ];
}

/** Where the buyer is, and the date with its past. */
export function standing({
  rows: { deal },
  state: { slips },
  situation: { today },
}: Outlook): string {
  return `In ${deal.phase} · ${shortDateLine({ deal, slips, today })}`;
}

const labels = { ours: 'Our move', theirs: 'Ask of them' } as const;

function moveSection(outlook: Outlook, whose: Whose): SectionBlock {
  const move = outlook.moves[whose];
  return {
    type: 'section',
    text: plain(`${labels[whose]}: ${move.what}\n${move.why}`),
    accessory: moveButton(outlook, whose, move),
  };
}

function textOf(outlook: Outlook): string {
  const { ours, theirs } = outlook.moves;
  return `${dealTitle(outlook.rows.deal)} (${standing(outlook)}). ${labels.ours}: ${ours.what} — ${ours.why} ${labels.theirs}: ${theirs.what} — ${theirs.why}`;
}

function moveButton({ rows: { deal } }: Outlook, whose: Whose, { what, action }: Move): Button {
  const about = `${what}, ${dealTitle(deal)}`;
  const value = `${deal.id}:${whose}`;
  switch (action.does) {
    case 'step':
      return button({ id: stepIds.open, text: 'Open the step', value: action.homeworkId, about });
    case 'assign':
      return button({ id: nextIds.assign, text: 'Make it a step', value, about });
    case 'draft':
      return button({ id: nextIds.draft, text: 'Show the words', value, about });
    case 'touch':
      return button({ id: touchIds.ours, text: 'We answered', value: deal.id, about });
    case 'late_entry':
      return button({ id: lateEntryId, text: 'Open the play', value: deal.id, about });
    case 'date':
      return runButton('date', 'See the ways', deal);
  }
}

const moveValue = z.templateLiteral([z.string().min(1), ':', z.enum(['ours', 'theirs'])]);

/** Which move a button stands for; undefined for a value that no button of ours has. */
export function readMoveValue(value: string): { dealId: DealId; whose: Whose } | undefined {
  if (!moveValue.safeParse(value).success) return undefined;
  const [dealId = '', whose] = value.split(':');
  return { dealId: dealId as DealId, whose: whose === 'ours' ? 'ours' : 'theirs' };
}
