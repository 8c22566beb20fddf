import type { KnownBlock } from '@slack/types';
import { type Day, sayDay } from '../../domain/calendar.ts';
import { type Deal, dealTitle, type OpenDeal } from '../../domain/deal.ts';
import type { KeepWay, RevisionSide, SlipSummary } from '../../domain/slips.ts';
import { count, shorten } from '../../domain/text.ts';
import { actions, bold, button, context, leaf, paragraph } from '../../slack/blocks.ts';
import { shortDateLine } from '../../slack/date-line.ts';
import type { Message } from '../../slack/message.ts';
import { escapeMrkdwn } from '../../slack/mrkdwn.ts';
import type { KeptRevision } from '../../store/revisions.ts';
import { commandIds } from './command-messages.ts';

/** Ids of what stands in messages about dates. */
export const dateMessageIds = { seen: 'deals_date_seen' } as const;

/** How many passed deals one message asks about. */
export const missedLimit = 5;

export const keepWayNames: Readonly<Record<KeepWay, string>> = {
  squeeze: 'Squeeze: less time for each step',
  parallel: 'Side by side: two steps at once',
  drop: 'Drop what the decision does not need',
  fast_lane: 'Fast lane: asked the buyer for one',
  help: 'Help: asked a manager or a colleague',
};

const keepWayWords: Readonly<Record<KeepWay, string>> = {
  squeeze: 'squeeze',
  parallel: 'side by side',
  drop: 'drop',
  fast_lane: 'fast lane',
  help: 'help',
};

export const sideNames: Readonly<Record<RevisionSide, string>> = {
  us: 'Ours',
  buyer: 'Theirs',
  both: 'Both sides',
  outside: 'Nobody’s, it came from outside',
};

const sideWords: Readonly<Record<RevisionSide, string>> = {
  us: 'our side',
  buyer: 'their side',
  both: 'both sides',
  outside: 'outside both',
};

/** A slip somebody above the owner should know of. */
export interface SlipNews {
  readonly deal: Deal;
  readonly revision: KeptRevision;
  /** Which slip of the deal it is, from 1. */
  readonly nth: number;
  readonly slips: SlipSummary;
  readonly today: Day;
}

/** What the manager reads from the second slip on; the button goes when they have seen it. */
export function buildSlipMessage(news: SlipNews): Message {
  const { deal, revision, nth } = news;
  const { fromOn, toOn, on, side, reason, tried, acknowledged } = revision;
  const title = dealTitle(deal);
  const moved = ` moved its decision ${ordinal(nth)} time: from ${sayDay(fromOn, on)} to ${sayDay(toOn, on)}, because ${asClause(reason)}`;
  const ways = tried.map((way) => keepWayWords[way]).join(', ') || '—';
  const now = deal.status === 'open' ? ` Now: ${shortDateLine(news)}.` : '';
  const more = `It came from ${sideWords[side]}. What was tried: ${ways}.${now}`;
  const seen = 'You have seen it.';
  const ask = 'A tap tells the plan that you know.';
  return {
    text: escapeMrkdwn(`${title}${moved} ${more} ${acknowledged ? seen : ask}`),
    blocks: [
      paragraph(bold(title), leaf(`${moved}\n${more}`)),
      acknowledged
        ? context(seen)
        : actions(
            'deals_date_slip',
            button({
              id: dateMessageIds.seen,
              text: 'Seen',
              value: `${deal.id} ${revision.id}`,
              about: title,
              style: 'primary',
            }),
          ),
    ],
  };
}

const ordinals = ['', 'a first', 'a second', 'a third', 'a fourth', 'a fifth', 'a sixth'];

function ordinal(nth: number): string {
  return ordinals[nth] ?? `a ${nth}th`;
}

/** Ends what somebody typed with one full stop. */
function asClause(reason: string): string {
  return /[.!?…]$/u.test(reason) ? reason : `${reason}.`;
}

/** A deal whose date has passed, as it is asked about. */
export interface MissedDeal {
  readonly deal: OpenDeal;
  readonly slips: SlipSummary;
  readonly today: Day;
}

/** The question after a date passed: an ending or a new date, one tap each. */
export function buildMissedMessage(missed: readonly MissedDeal[], more: number): Message {
  const [only] = missed;
  const opening =
    only && missed.length === 1 && more === 0
      ? `${passedOn(only)} has passed for ${dealTitle(only.deal)}. How did it end?`
      : `${count(missed.length + more, 'decision date')} of yours ${missed.length + more === 1 ? 'has' : 'have'} passed. How did they end?`;
  const others = more > 0 ? [`${count(more, 'more deal')} in /deal list.`] : [];
  const lines = missed.map((one) => `${dealTitle(one.deal)}: ${shortDateLine(one)}`);
  return {
    text: escapeMrkdwn([opening, ...lines, ...others].join('\n')),
    blocks: [
      paragraph(leaf(opening)),
      ...missed.flatMap(missedBlocks),
      ...others.map((line) => context(line)),
    ],
  };
}

function passedOn({ deal, today }: MissedDeal): string {
  return deal.decisionOn ? sayDay(deal.decisionOn, today) : 'The day';
}

function missedBlocks(missed: MissedDeal): KnownBlock[] {
  const { deal } = missed;
  const about = dealTitle(deal);
  const name = deal.account === deal.name ? deal.name : `${deal.account} ${deal.name}`;
  const press = (id: string, text: string, word: string) =>
    button({
      id: `${commandIds.run}_${id}`,
      text,
      // A command line is read up to a limit; the start of a long name finds the deal as well.
      value: `${word} ${shorten(name, 140).replace(/…$/u, '')}`,
      about,
    });
  return [
    paragraph(bold(about), leaf(`\n${shortDateLine(missed)}`)),
    actions(
      `deals_date_missed_${deal.id}`,
      press('won', 'Won', 'won'),
      press('lost', 'Lost', 'lost'),
      press('date', 'New date', 'date'),
    ),
  ];
}
