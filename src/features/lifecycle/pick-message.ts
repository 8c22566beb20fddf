import { type Day, sayDay } from '../../domain/calendar.ts';
import { type Deal, dealTitle } from '../../domain/deal.ts';
import { actions, leaf, option, paragraph, plain } from '../../slack/blocks.ts';
import type { Message } from '../../slack/message.ts';
import { escapeMrkdwn } from '../../slack/mrkdwn.ts';

/** The words that find deals which ended, each with a picker of its own. */
export type ClosedWord = 'reopen' | 'invalid' | 'feedback' | 'revisit' | 'review';

const words: readonly string[] = [
  'reopen',
  'invalid',
  'feedback',
  'revisit',
  'review',
] satisfies ClosedWord[];

export const pickIds = {
  pick: 'lifecycle_pick',
  /** The word follows. */
  block: 'lifecycle_pick_for_',
} as const;

/** A select holds a hundred options. */
export const pickLimit = 100;

/** Which one? Deals that ended say how and when. */
export function buildPickMessage(word: ClosedWord, deals: readonly Deal[], today: Day): Message {
  const question = 'Several deals fit. Which one?';
  const shown = deals.slice(0, pickLimit);
  const names = shown.slice(0, 5).map(dealTitle).join(', ');
  return {
    text: escapeMrkdwn(`${question} ${names}`),
    blocks: [
      paragraph(leaf(question)),
      actions(`${pickIds.block}${word}`, {
        type: 'static_select',
        action_id: pickIds.pick,
        placeholder: plain('Pick a deal'),
        options: shown.map((deal) => ({
          ...option(dealTitle(deal), deal.id),
          description: plain(stand(deal, today), 75),
        })),
      }),
    ],
  };
}

function stand(deal: Deal, today: Day): string {
  if (deal.status === 'open') return `open since ${sayDay(deal.openedOn, today)}`;
  const ended = { won: 'won', lost: 'lost', invalid: 'invalid' }[deal.status];
  return `${ended} on ${sayDay(deal.closedOn, today)}`;
}

export function readPickedWord(blockId: string): ClosedWord | undefined {
  const word = blockId.slice(pickIds.block.length);
  return words.includes(word) ? (word as ClosedWord) : undefined;
}
