import type { KnownBlock } from '@slack/types';
import { type Day, daysBetween, sayDay } from '../../domain/calendar.ts';
import { type Deal, dealTitle } from '../../domain/deal.ts';
import { sayFacts, sayOutcome } from '../../domain/loss.ts';
import { findReason } from '../../domain/loss-reasons.ts';
import { type Money, sayMoney, totals } from '../../domain/money.ts';
import { openingPrompts } from '../../domain/prompts.ts';
import { count } from '../../domain/text.ts';
import {
  bold,
  context,
  header,
  type Leaf,
  leaf,
  mention,
  paragraph,
  richText,
} from '../../slack/blocks.ts';
import type { Message } from '../../slack/message.ts';
import { escapeMrkdwn } from '../../slack/mrkdwn.ts';
import type { ListedLoss } from '../../store/losses.ts';

/** What the parent of a week's thread says. */
export interface WeekView {
  readonly dueOn: Day;
  readonly today: Day;
  /** The ritual could not be held when it was due. */
  readonly late: boolean;
  readonly losses: readonly ListedLoss[];
  /** The day the first of them was logged; more than a week back when an earlier one is caught up. */
  readonly firstOn: Day;
  readonly talk: { readonly replies: number; readonly voices: number };
  /** Open deals that could use a second pair of eyes, told in a week without losses. */
  readonly drifting: readonly Deal[];
}

const rules =
  'Here to learn, not to rate. Answers say I or we; say what you saw, not what someone is like.';

/** The parent of the weekly thread: count, total, the rules of the talk and who has spoken. */
export function buildWeekMessage(week: WeekView): Message {
  if (week.losses.length === 0) return buildQuietMessage(week);
  const named = week.losses.filter(({ privacy }) => privacy === 'team');
  const opening = sayOpening(week, named);
  const secret = saySecret(week.losses.length - named.length);
  const talk = sayTalk(week, named);
  return {
    text: [opening, secret, lateNote(week), talk, rules].filter(Boolean).join(' '),
    blocks: [
      header(`Closed-lost, week to ${sayDay(week.dueOn, week.today)}`),
      paragraph(bold(opening), ...(secret ? [leaf(` ${secret}`)] : [])),
      ...lateBlocks(week),
      ...(talk ? [paragraph(leaf(talk))] : []),
      context(rules),
    ],
  };
}

function sayOpening(week: WeekView, named: readonly ListedLoss[]): string {
  const span =
    daysBetween(week.firstOn, week.dueOn) > 7
      ? `since ${sayDay(week.firstOn, week.today)}`
      : 'this week';
  const deals = `${count(week.losses.length, 'deal')} closed lost ${span}`;
  return `${[deals, ...sayTotals(named)].join(', ')}.`;
}

/** One total a currency. A private amount would show as the difference, so it is in no total. */
function sayTotals(named: readonly ListedLoss[]): string[] {
  const amounts = named.flatMap(({ amount }): Money[] => (amount ? [amount] : []));
  const unsized = named.length - amounts.length;
  return [
    ...(amounts.length > 0 ? [`${totals(amounts).map(sayMoney).join(' + ')} in total`] : []),
    ...(unsized > 0 ? [`${unsized} without an amount`] : []),
  ];
}

function saySecret(privateOnes: number): string {
  if (privateOnes === 0) return '';
  const ones = count(privateOnes, 'private loss is', 'private losses are');
  return `${ones} counted here, without name or amount.`;
}

function sayTalk({ talk }: WeekView, named: readonly ListedLoss[]): string {
  if (talk.replies > 0) {
    const people = count(talk.voices, 'person', 'people');
    return `${count(talk.replies, 'reply', 'replies')} from ${people} so far.`;
  }
  if (named.length === 0) return '';
  return 'Each deal is below with its facts and three questions. Answer in this thread.';
}

/** A week without losses: no cheering, zero may mean unreported (METHOD §4.8). */
function buildQuietMessage(week: WeekView): Message {
  const names = week.drifting.map(dealTitle).join(', ');
  const eyes = `${week.drifting.length === 1 ? 'One stalled deal' : 'Two stalled deals'} could use a second pair of eyes`;
  const text = `No losses this week.${names ? ` ${eyes}: ${names}.` : ''}`;
  return {
    text: escapeMrkdwn([text, lateNote(week)].filter(Boolean).join(' ')),
    blocks: [paragraph(leaf(text)), ...lateBlocks(week)],
  };
}

function lateNote({ late, dueOn, today }: WeekView): string {
  if (!late) return '';
  return `This comes late: it was due ${sayDay(dueOn, today)}.`;
}

function lateBlocks(week: WeekView): KnownBlock[] {
  const note = lateNote(week);
  return note ? [context(note)] : [];
}

/** One loss of the week: its facts first, then the three questions that open the talk. */
export function buildLossMessage(loss: ListedLoss): Message {
  const title = dealTitle(loss);
  const amount = loss.amount ? sayMoney(loss.amount) : 'amount —';
  const facts = [sayFacts(loss.facts), toldLate(loss)].filter(Boolean).join(' · ');
  const why = sayWhy(loss);
  const blocks: KnownBlock[] = [
    paragraph(bold(title), leaf(` · ${amount} · `), mention(loss.owner)),
    paragraph(leaf(facts), ...(why ? [leaf(`\n${why}`)] : [])),
    ...(loss.ownWords ? [richText(quote(loss.ownWords))] : []),
    paragraph(...questionLeaves()),
  ];
  const sentences = [
    `${title}, ${amount}, ${loss.owner.name}.`,
    `${facts}.`,
    ...(why ? [`${why}.`] : []),
    ...(loss.ownWords ? [`In one line: “${loss.ownWords}”`] : []),
    ...openingPrompts.map(({ text }, index) => `${index + 1}. ${text}`),
  ];
  return { text: escapeMrkdwn(sentences.join(' ')), blocks };
}

function sayWhy({ outcome, competitor, reasonCode }: ListedLoss): string {
  const reason = reasonCode ? findReason(reasonCode)?.label : undefined;
  const ended = outcome ? sayOutcome(outcome) : undefined;
  const rival = competitor ? ` (${competitor})` : '';
  return [ended && `${ended}${rival}`, reason].filter(Boolean).join(': ');
}

/** More than a week between the end and the log is said, without asking why. */
function toldLate({ lostOn, loggedAt }: ListedLoss): string {
  const days = daysBetween(lostOn, loggedAt.toISOString().slice(0, 10) as Day);
  return days > 7 ? `logged ${days} days after it ended` : '';
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
