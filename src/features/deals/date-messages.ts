import type { KnownBlock } from '@slack/types';
import { type Day, sayDay } from '../../domain/calendar.ts';
import { type Deal, dealTitle } from '../../domain/deal.ts';
import type { KeepWay, RevisionSide, SlipSummary } from '../../domain/slips.ts';
import { actions, bold, button, context, leaf, paragraph } from '../../slack/blocks.ts';
import { shortDateLine } from '../../slack/date-line.ts';
import { managerButtons } from '../../slack/manager-actions.ts';
import type { Message } from '../../slack/message.ts';
import { escapeMrkdwn } from '../../slack/mrkdwn.ts';
import type { KeptRevision } from '../../store/revisions.ts';

/** Ids of what stands in messages about dates. */
export const dateMessageIds = { seen: 'deals_date_seen' } as const;

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
  /** What they could do about it, to go on from “you could”. */
  readonly offer: string;
  /** What worked on another deal; undefined while there is none. */
  readonly precedent: string | undefined;
}

/**
 * What the manager reads from the second slip on, in the order of METHOD S4-7: what is seen, what
 * they could do, what worked elsewhere. *Seen* goes when they have seen it; to help is never late.
 */
export function buildSlipMessage(news: SlipNews): Message {
  const { deal, revision, nth, offer } = news;
  const { fromOn, toOn, on, side, reason, tried, acknowledged } = revision;
  const title = dealTitle(deal);
  const moved = `\nWhat I see: it moved its decision ${ordinal(nth)} time: from ${sayDay(fromOn, on)} to ${sayDay(toOn, on)}. Why: ${asSentence(reason)}`;
  const ways = tried.map((way) => keepWayWords[way]).join(', ') || '—';
  const now = deal.status === 'open' ? ` Now: ${shortDateLine(news)}.` : '';
  const more = `It came from ${sideWords[side]}. What was tried: ${ways}.${now}`;
  const could = `What could help: ${offer}.\nWhat worked elsewhere: ${news.precedent ?? 'none yet.'}`;
  const seen = 'You have seen it.';
  const ask = '“Seen” tells the plan that you know.';
  return {
    text: escapeMrkdwn(`${title}${moved} ${more}\n${could}\n${acknowledged ? seen : ask}`),
    blocks: [
      paragraph(bold(title), leaf(`${moved}\n${more}`)),
      paragraph(leaf(could)),
      ...(acknowledged ? [context(seen)] : []),
      ...slipActions(news),
    ],
  };
}

function slipActions({ deal, revision }: SlipNews): KnownBlock[] {
  const seen = button({
    id: dateMessageIds.seen,
    text: 'Seen',
    value: `${deal.id} ${revision.id}`,
    about: dealTitle(deal),
    style: 'primary',
  });
  const buttons = [
    ...(revision.acknowledged ? [] : [seen]),
    ...(deal.status === 'open' ? managerButtons(deal) : []),
  ];
  return buttons.length > 0 ? [actions('deals_date_slip', ...buttons)] : [];
}

const ordinals = ['', 'a first', 'a second', 'a third', 'a fourth', 'a fifth', 'a sixth'];

function ordinal(nth: number): string {
  return ordinals[nth] ?? `a ${nth}th`;
}

/** Ends what somebody typed with one full stop. */
function asSentence(reason: string): string {
  return /[.!?…]$/u.test(reason) ? reason : `${reason}.`;
}
