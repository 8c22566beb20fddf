import type { KnownBlock } from '@slack/types';
import {
  type BusinessCalendar,
  businessDaysBetween,
  type Day,
  sayDay,
} from '../../domain/calendar.ts';
import { type Deal, dealTitle } from '../../domain/deal.ts';
import { type Homework, isFinished, isOpen } from '../../domain/homework.ts';
import { type Urgency, urgencyOf } from '../../domain/nudge.ts';
import { count } from '../../domain/text.ts';
import { bold, context, type Leaf, leaf, paragraph } from '../../slack/blocks.ts';
import type { Message } from '../../slack/message.ts';
import { escapeMrkdwn } from '../../slack/mrkdwn.ts';
import { type StepPlace, stepActions } from '../../slack/step-actions.ts';

/** Two blocks a step and fifty a message; a reader with more finds the rest with /deal list. */
const itemLimit = 20;

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
  items: readonly NudgeItem[],
  today: Day,
  calendar: BusinessCalendar,
): Message {
  const asking = items.filter(isAsked);
  const opening =
    asking.length === 0 ? 'All answered. Thank you.' : headline(asking, today, calendar);
  const shown = items.slice(0, itemLimit);
  const more =
    items.length > itemLimit
      ? `${count(items.length - itemLimit, 'more step')}: /deal list shows your deals.`
      : undefined;
  const place: StepPlace = { kind: 'nudge', id: nudgeId };
  const blocks: KnownBlock[] = [
    paragraph(leaf(opening)),
    ...shown.flatMap((item) =>
      isAsked(item)
        ? [paragraph(...question(item, today, calendar)), stepActions(item.step, place)]
        : [paragraph(...answered(item, today))],
    ),
    ...(more ? [context(more)] : []),
  ];
  const lines = shown.filter(isAsked).map((item) => plainQuestion(item, today, calendar));
  const text = [opening, ...lines, ...(more ? [more] : [])].join('\n');
  return { text: escapeMrkdwn(text), blocks };
}

/** Whether a step still waits for an answer: nothing about it or its deal has changed since. */
export function isAsked({ step, deal, askedFor }: NudgeItem): boolean {
  return isOpen(step) && deal.status === 'open' && step.dueOn === askedFor;
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
      : deal.status === 'open'
        ? `Now due ${sayDay(step.dueOn, today)}`
        : 'Deal closed';
  return [bold(`${now}: `), leaf(`${step.title} · ${dealTitle(deal)}`)];
}
