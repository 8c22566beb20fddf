import type { KnownBlock } from '@slack/types';
import { type Calendars, type Day, sayDay } from '../../domain/calendar.ts';
import { dealTitle, noAccount } from '../../domain/deal.ts';
import { sayFollowUp } from '../../domain/follow-up.ts';
import { isAboutDeal, isFollowUp } from '../../domain/nudge.ts';
import { sayQuestion } from '../../domain/nudge-words.ts';
import { count } from '../../domain/text.ts';
import { bold, context, leaf, paragraph } from '../../slack/blocks.ts';
import { shortDateLine } from '../../slack/date-line.ts';
import type { Message } from '../../slack/message.ts';
import { escapeMrkdwn } from '../../slack/mrkdwn.ts';
import { itemActions } from './nudge-buttons.ts';
import { isAsked, type ShownItem, sayAnswer } from './nudge-state.ts';
import { factsOf } from './question-facts.ts';

/** What was held back for another day. */
export interface Waiting {
  readonly matters: number;
  readonly accounts: readonly string[];
}

/** What a bundle is built from, all of this moment. */
export interface NudgeView {
  readonly items: readonly ShownItem[];
  readonly waiting: Waiting;
  /** It has not been sent yet: what is no question any more is left out. */
  readonly first: boolean;
  /** The reader's day. */
  readonly today: Day;
  readonly calendars: Calendars;
}

/**
 * The morning's one message: each item is one question that a tap answers (METHOD §4.4). What was
 * answered stays as a line, so that the reader sees what became of it.
 */
export function buildNudgeMessage(view: NudgeView): Message {
  const { items, today } = view;
  const asking = items.filter((shown) => isAsked(shown, today));
  const opening = headline(asking.length);
  const daily = items.filter(({ item }) => item.kind !== 'still_worth');
  const weekly = items.filter(({ item }) => item.kind === 'still_worth');
  const held = heldLine(view);
  const blocks: KnownBlock[] = [
    paragraph(leaf(opening)),
    ...daily.flatMap((shown) => itemBlocks(shown, view)),
    ...(weekly.length > 0 ? [context(weeklyLine)] : []),
    ...weekly.flatMap((shown) => itemBlocks(shown, view)),
    ...(held ? [context(held)] : []),
  ];
  const lines = asking.map((shown) => `${title(shown, today)}: ${question(shown, view)}`);
  return { text: escapeMrkdwn([opening, ...lines, ...(held ? [held] : [])].join('\n')), blocks };
}

const weeklyLine = 'Once a week: what has had no answer so far.';

function headline(asking: number): string {
  if (asking === 0) return 'All answered. Thank you.';
  return asking === 1
    ? 'One question for today.'
    : `${count(asking, 'question')} for today, the most valuable first.`;
}

function itemBlocks(shown: ShownItem, view: NudgeView): KnownBlock[] {
  const { item, deal, step } = shown;
  if (!isAsked(shown, view.today)) {
    if (view.first && !item.answer) return [];
    const about = step ? ` ${step.title} · ${dealTitle(deal)}` : ` ${dealTitle(deal)}`;
    const moved =
      step && step.dueOn !== item.dueOn ? `, now due ${sayDay(step.dueOn, view.today)}` : '';
    return [paragraph(bold(`${sayAnswer(shown, view.today)}:`), leaf(about + moved))];
  }
  return [
    paragraph(bold(title(shown, view.today)), leaf(`\n${question(shown, view)}`)),
    itemActions({ item, deal, homeworkId: step?.id, about: step?.title ?? dealTitle(deal) }),
  ];
}

/** A question about a whole deal stands under its date, which never stands without its past. */
function title({ item, deal, judged, dealToday }: ShownItem, today: Day): string {
  if (!isAboutDeal(item) || !judged || item.homeworkId) return dealTitle(deal);
  const { slips } = judged.state;
  // A date has passed where the deal is.
  const day = item.kind === 'date_passed' ? dealToday : today;
  return `${dealTitle(deal)} · ${shortDateLine({ deal, slips, today: day })}`;
}

function question(shown: ShownItem, { today, calendars }: NudgeView): string {
  const { item, judged, step, mine, followUp } = shown;
  const { kind, variant } = item;
  if (isFollowUp(kind)) return followUp ? sayFollowUp(kind, variant, followUp.facts, today) : '';
  if (!judged) return '';
  const facts = factsOf(item, judged, step, { today, mine, calendars });
  return sayQuestion(kind, variant, facts);
}

const namedAccounts = 3;

/** What else there is, in one line. */
function heldLine({ waiting: { matters, accounts } }: NudgeView): string | undefined {
  if (matters === 0) return undefined;
  const known = accounts.filter((account) => account !== noAccount);
  const names = known.slice(0, namedAccounts);
  const more = known.length - names.length;
  const who = [...names, ...(more > 0 ? [`${more} more`] : [])].join(', ');
  const whose = who ? ` (${who})` : '';
  return `Held back: ${count(matters, 'matter')}${whose}. /deal nudges shows them.`;
}
