import type { PlainTextOption, StaticSelect } from '@slack/types';
import { type Day, sayDay } from '../../domain/calendar.ts';
import { type Deal, dealTitle } from '../../domain/deal.ts';
import type { DealId } from '../../domain/ids.ts';
import { sayMoney } from '../../domain/money.ts';
import type { SlipSummary } from '../../domain/slips.ts';
import {
  actions,
  bold,
  bullets,
  button,
  context,
  leaf,
  option,
  paragraph,
  plain,
  richText,
} from '../../slack/blocks.ts';
import { optionDateLine } from '../../slack/date-line.ts';
import type { Message } from '../../slack/message.ts';
import { escapeMrkdwn } from '../../slack/mrkdwn.ts';
import type { Subcommand } from '../../slack/subcommand.ts';
import { pickLimit } from '../../store/find-deal.ts';

export const commandIds = {
  /** A button that stands for `/deal <value>`. */
  run: 'deals_run',
  /** A deal chosen for the word in the block id. */
  pick: 'deals_pick',
  pickBlock: 'deals_pick_for_',
} as const;

const mainWords = [
  { text: 'Add a step', line: 'homework', style: 'primary' },
  { text: 'See a plan', line: 'plan' },
  { text: 'My deals', line: 'list' },
  { text: 'New deal', line: 'new' },
] as const;

/** `/deal` alone: the four things people come for. */
export function buildMenuMessage(): Message {
  return {
    text: 'What would you like to do? Add a step: /deal homework. See a plan: /deal plan. My deals: /deal list. New deal: /deal new. Everything: /deal help.',
    blocks: [
      paragraph(leaf('What would you like to do?')),
      menuButtons(),
      context('/deal help shows every word. Inside a deal’s channel you can leave out its name.'),
    ],
  };
}

function menuButtons() {
  return actions(
    'deals_menu',
    ...mainWords.map((word, index) =>
      button({
        id: `${commandIds.run}_${index}`,
        text: word.text,
        value: word.line,
        ...('style' in word ? { style: word.style } : {}),
      }),
    ),
  );
}

/** `/deal help`: every word with what it does. */
export function buildHelpMessage(subcommands: readonly Subcommand[], opening?: string): Message {
  const lines = subcommands.map(({ usage, does }) => [bold(usage), leaf(` ${does}`)]);
  const first = opening ?? 'Homeroom keeps the plan of a deal: their steps, our steps, one date.';
  return {
    text: `${escapeMrkdwn(first)} ${subcommands.map(({ usage, does }) => `${usage}: ${does}`).join('. ')}.`,
    blocks: [
      paragraph(leaf(first)),
      richText(bullets(...lines)),
      context('A name in any close spelling finds the deal. In a deal’s channel you need none.'),
      menuButtons(),
    ],
  };
}

/** A word that is close to one we know. */
export function buildDidYouMeanMessage(typed: string, meant: string, rest: string): Message {
  const command = `/deal ${meant}${rest ? ` ${rest}` : ''}`;
  const text = `“${typed}” is new to me. Did you mean ${command}?`;
  return {
    text: escapeMrkdwn(text),
    blocks: [
      paragraph(leaf(text)),
      actions(
        'deals_meant',
        button({
          id: `${commandIds.run}_meant`,
          text: `Yes, ${meant}`,
          value: `${meant} ${rest}`.trim(),
          style: 'primary',
        }),
        button({ id: `${commandIds.run}_help`, text: 'Show help', value: 'help' }),
      ),
    ],
  };
}

/** A deal as an option of a select: name first, size and date below. */
export function dealOption(
  deal: Deal,
  today: Day,
  slips: SlipSummary | undefined,
): PlainTextOption {
  const amount = deal.amount && sayMoney(deal.amount);
  const openSince = `open since ${sayDay(deal.openedOn, today)}`;
  const facts = deal.decisionOn
    ? optionDateLine({ deal, slips, today }, amount)
    : [amount, openSince].filter((fact) => fact !== undefined).join(' · ');
  return { ...option(dealTitle(deal), deal.id), description: plain(facts, 75) };
}

/** Which deal? The candidates when a select can hold them, else a search that shows mine first. */
export function buildPickMessage(
  word: string,
  typed: string,
  candidates: readonly Deal[],
  today: Day,
  slips: ReadonlyMap<DealId, SlipSummary>,
): Message {
  const question = questionFor(typed, candidates.length);
  const listed = candidates.length > 0 && candidates.length <= pickLimit;
  const select: StaticSelect = {
    type: 'static_select',
    action_id: commandIds.pick,
    placeholder: plain('Pick a deal'),
    options: candidates.map((deal) => dealOption(deal, today, slips.get(deal.id))),
  };
  return {
    text: escapeMrkdwn(question),
    blocks: [
      paragraph(leaf(question)),
      actions(
        `${commandIds.pickBlock}${word}`,
        listed
          ? select
          : {
              type: 'external_select',
              action_id: commandIds.pick,
              placeholder: plain('Search deals, yours come first'),
              min_query_length: 0,
            },
      ),
    ],
  };
}

function questionFor(typed: string, found: number): string {
  if (typed === '') return 'Which deal?';
  if (found > pickLimit) return `More than ${pickLimit} open deals fit “${typed}”. Which one?`;
  if (found > 0) return `${found} open deals are close to “${typed}”. Which one?`;
  return `No open deal is called “${typed}”. Search for it here, or start it with /deal new ${typed}.`;
}
