import type { KnownBlock } from '@slack/types';
import {
  type BusinessCalendar,
  businessDaysBetween,
  type Day,
  sayDay,
} from '../../domain/calendar.ts';
import { type Deal, dealTitle, isPaused } from '../../domain/deal.ts';
import { type Homework, isFinished, isOpen } from '../../domain/homework.ts';
import { type Urgency, urgencyOf } from '../../domain/nudge.ts';
import type { SlipSummary } from '../../domain/slips.ts';
import { count } from '../../domain/text.ts';
import { actions, bold, context, type Leaf, leaf, paragraph } from '../../slack/blocks.ts';
import { shortDateLine } from '../../slack/date-line.ts';
import type { Message } from '../../slack/message.ts';
import { escapeMrkdwn } from '../../slack/mrkdwn.ts';
import { runButton } from '../../slack/run-button.ts';
import { type StepPlace, stepActions } from '../../slack/step-actions.ts';

/** Two blocks a step and fifty a message; a reader with more finds the rest with /deal list. */
const itemLimit = 20;

/** How many passed dates a bundle asks about; the next one asks about the others. */
export const passedLimit = 3;

/** A deal of the reader's that is open though its date has passed. */
export interface PassedItem {
  readonly deal: Deal;
  readonly slips: SlipSummary;
}

/** One step of a bundle with the deal it belongs to. */
export interface NudgeItem {
  readonly step: Homework;
  readonly deal: Deal;
  /** The due day the bundle asked about. */
  readonly askedFor: Day;
  /** The reader does it, and not a contact or a colleague who has left. */
  readonly mine: boolean;
}

/**
 * The morning's one message: each step is one question that a tap answers (METHOD §4.4). Steps that
 * were answered since stay as a line, so that the reader sees what became of them.
 */
export function buildNudgeMessage(
  nudgeId: string,
  { items, passed }: { items: readonly NudgeItem[]; passed: readonly PassedItem[] },
  today: Day,
  calendar: BusinessCalendar,
): Message {
  const asking = items.filter((item) => isAsked(item, today));
  const opening = asking.length > 0 ? headline(asking, today, calendar) : openingWithout(passed);
  const shown = items.slice(0, itemLimit);
  const more =
    items.length > itemLimit
      ? `${count(items.length - itemLimit, 'more step')}: /deal list shows your deals.`
      : undefined;
  const place: StepPlace = { kind: 'nudge', id: nudgeId };
  const blocks: KnownBlock[] = [
    paragraph(leaf(opening)),
    ...shown.flatMap((item) =>
      isAsked(item, today)
        ? [paragraph(...question(item, today, calendar)), stepActions(item.step, place)]
        : [paragraph(...answered(item, today))],
    ),
    ...(more ? [context(more)] : []),
    ...passed.flatMap((item) => passedBlocks(item, today)),
  ];
  const lines = shown
    .filter((item) => isAsked(item, today))
    .map((item) => plainQuestion(item, today, calendar));
  const dates = passed.map((item) => plainPassed(item, today));
  const text = [opening, ...lines, ...(more ? [more] : []), ...dates].join('\n');
  return { text: escapeMrkdwn(text), blocks };
}

function openingWithout(passed: readonly PassedItem[]): string {
  if (passed.length === 0) return 'All answered. Thank you.';
  return `${count(passed.length, 'decision date')} of yours ${passed.length === 1 ? 'has' : 'have'} passed.`;
}

/** METHOD §4.4, `date_passed`. */
function passedBlocks({ deal, slips }: PassedItem, today: Day): KnownBlock[] {
  return [
    paragraph(
      bold(dealTitle(deal)),
      leaf(`\n${shortDateLine({ deal, slips, today })}\nHow did it end?`),
    ),
    actions(
      `nudge_passed_${deal.id}`,
      runButton('won', 'Won', deal),
      runButton('lost', 'Lost', deal),
      runButton('date', 'New date', deal),
    ),
  ];
}

function plainPassed({ deal, slips }: PassedItem, today: Day): string {
  return `${dealTitle(deal)}: ${shortDateLine({ deal, slips, today })} How did it end?`;
}

/** Whether a step still waits for an answer: nothing about it or its deal has changed since. */
export function isAsked({ step, deal, askedFor }: NudgeItem, today: Day): boolean {
  if (deal.status !== 'open' || isPaused(deal, today)) return false;
  return isOpen(step) && step.dueOn === askedFor;
}

const urgencyWords: readonly (readonly [Urgency, string])[] = [
  ['late', 'late'],
  ['today', 'due today'],
  ['soon', 'coming up'],
];

/** `3 steps to look at: 1 late, 2 coming up.` */
function headline(asking: readonly NudgeItem[], today: Day, calendar: BusinessCalendar): string {
  const urgencies = asking.map((item) => urgencyNow(item, today, calendar));
  const parts = urgencyWords.flatMap(([urgency, words]) => {
    const some = urgencies.filter((one) => one === urgency).length;
    return some > 0 ? [`${some} ${words}`] : [];
  });
  return `${count(asking.length, 'step')} to look at: ${parts.join(', ')}.`;
}

function urgencyNow({ step }: NudgeItem, today: Day, calendar: BusinessCalendar): Urgency {
  return urgencyOf(step.dueOn, today, calendar) ?? 'soon';
}

function question(item: NudgeItem, today: Day, calendar: BusinessCalendar): Leaf[] {
  const { step, deal } = item;
  return [bold(step.title), leaf(` · ${dealTitle(deal)}\n`), leaf(wording(item, today, calendar))];
}

function plainQuestion(item: NudgeItem, today: Day, calendar: BusinessCalendar): string {
  return `${item.step.title} (${dealTitle(item.deal)}): ${wording(item, today, calendar)}`;
}

/** One statement and one question, by who does the step and how near its day is. */
function wording(item: NudgeItem, today: Day, calendar: BusinessCalendar): string {
  const { step, mine } = item;
  const day = sayDay(step.dueOn, today);
  const who = step.doer.name;
  const lateBd = businessDaysBetween(step.dueOn, today, calendar);
  // On the weekend after its day a step is past it, but by no business day yet.
  const past = lateBd > 0 ? `${count(lateBd, 'business day')} past` : 'past';
  const readers: Record<Urgency, string> = {
    late: `It slipped past ${day}. What gets in the way?`,
    today: 'It is due today. Will it be done?',
    soon: `It is due ${day}. On track?`,
  };
  const others: Record<Urgency, string> = {
    late: `${who}’s step is ${past} ${day}. Is it done, or is another day better?`,
    today: `${who}’s step is due today. Have you heard from them?`,
    soon: `${who}’s step is due ${day}. Is it moving?`,
  };
  return (mine ? readers : others)[urgencyNow(item, today, calendar)];
}

function answered({ step, deal }: NudgeItem, today: Day): Leaf[] {
  const now = isFinished(step)
    ? 'Done'
    : step.status === 'dropped'
      ? 'Dropped'
      : deal.status !== 'open'
        ? 'Deal closed'
        : isPaused(deal, today)
          ? 'Deal paused'
          : `Now due ${sayDay(step.dueOn, today)}`;
  return [bold(`${now}: `), leaf(`${step.title} · ${dealTitle(deal)}`)];
}
