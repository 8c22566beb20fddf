import type { KnownBlock } from '@slack/types';
import { type Day, daysBetween, sayDay } from '../../domain/calendar.ts';
import { type Deal, dealTitle } from '../../domain/deal.ts';
import { type Money, sayMoney, totals } from '../../domain/money.ts';
import { count } from '../../domain/text.ts';
import { bold, context, header, leaf, paragraph, quiet } from '../../slack/blocks.ts';
import type { Message } from '../../slack/message.ts';
import { escapeMrkdwn } from '../../slack/mrkdwn.ts';
import type { ListedLoss } from '../../store/losses.ts';

/** What the parent of a week's thread says. */
export interface WeekView {
  /** Why the team sells, in its own words (METHOD S4-25). */
  readonly purpose: string | undefined;
  readonly dueOn: Day;
  readonly today: Day;
  /** The ritual could not be held when it was due. */
  readonly late: boolean;
  /** Every loss of the week. */
  readonly losses: readonly ListedLoss[];
  /** Those of them that are listed below by name: neither private nor excused. */
  readonly named: readonly ListedLoss[];
  /** How many of the named ones have no thread of their own to come. */
  readonly withoutReview: number;
  /** The day the first of them was logged; more than a week back when an earlier one is caught up. */
  readonly firstOn: Day;
  readonly talk: { readonly replies: number; readonly voices: number };
  /** Reviews that came to their end since the ritual before. */
  readonly finished: number;
  /** One change that was put to use since then; never by whom. */
  readonly putToUse: string | undefined;
  /** Weeks before this one in which the ritual was not held. */
  readonly skipped: number;
  /** Open deals that could use a second pair of eyes, told in a week without losses. */
  readonly drifting: readonly Deal[];
}

const rules =
  'Here to learn, not to rate. Answers say I or we; say what you saw, not what someone is like.';

/** The parent of the weekly thread (METHOD §4.8, 1): counts, what came of the last ones, the rules. */
export function buildWeekMessage(week: WeekView): Message {
  const since = sinceLast(week);
  const late = lateNote(week);
  if (week.losses.length === 0) return buildQuietMessage(week, since, late);
  const opening = sayOpening(week);
  const unnamed = sayUnnamed(week);
  const talk = sayTalk(week);
  const parts = [week.purpose, opening, unnamed, since, late, talk, rules];
  return {
    text: escapeMrkdwn(parts.filter(Boolean).join(' ')),
    blocks: [
      header(`Closed-lost, week to ${sayDay(week.dueOn, week.today)}`),
      ...purposeBlocks(week),
      paragraph(bold(opening), ...(unnamed ? [leaf(` ${unnamed}`)] : [])),
      ...(since ? [paragraph(leaf(since))] : []),
      ...(late ? [context(late)] : []),
      ...(talk ? [paragraph(leaf(talk))] : []),
      context(rules),
    ],
  };
}

function purposeBlocks({ purpose }: WeekView): KnownBlock[] {
  return purpose ? [paragraph(quiet(purpose))] : [];
}

function sayOpening(week: WeekView): string {
  const span =
    daysBetween(week.firstOn, week.dueOn) > 7
      ? `since ${sayDay(week.firstOn, week.today)}`
      : 'this week';
  const deals = `${count(week.losses.length, 'deal')} closed lost ${span}`;
  return `${[deals, ...sayTotals(week.named)].join(', ')}.`;
}

/** One total a currency. An unnamed amount would show as the difference, so it is in no total. */
function sayTotals(named: readonly ListedLoss[]): string[] {
  const amounts = named.flatMap(({ amount }): Money[] => (amount ? [amount] : []));
  const unsized = named.length - amounts.length;
  return [
    ...(amounts.length > 0 ? [`${totals(amounts).map(sayMoney).join(' + ')} in total`] : []),
    ...(unsized > 0 ? [`${unsized} without an amount`] : []),
  ];
}

/** Private and excused ones are counted, never named (METHOD §3.3, 16). */
function sayUnnamed({ losses, named }: WeekView): string {
  const privateOnes = losses.filter(({ privacy }) => privacy !== 'team').length;
  const excused = losses.length - named.length - privateOnes;
  const parts: string[] = [];
  if (privateOnes > 0) {
    const ones = count(privateOnes, 'private loss is', 'private losses are');
    parts.push(`${ones} counted here, without name or amount.`);
  }
  if (excused > 0) parts.push(`${excused} excused from the talk, without name or amount.`);
  return parts.join(' ');
}

/** What came of the weeks before, as counts and one change (METHOD S1-3, §4.8). */
function sinceLast({ finished, putToUse, skipped }: WeekView): string {
  const parts: string[] = [];
  if (skipped > 0) {
    parts.push(`The talk was skipped for ${count(skipped, 'week')} before this one.`);
  }
  if (finished > 0) parts.push(`${count(finished, 'review')} finished since the last time.`);
  if (putToUse) parts.push(`Put to use since then: ${putToUse}`);
  return parts.join(' ');
}

function sayTalk({ talk, named, withoutReview }: WeekView): string {
  if (talk.replies > 0) {
    const people = count(talk.voices, 'person', 'people');
    return `${count(talk.replies, 'reply', 'replies')} from ${people} so far.`;
  }
  if (named.length === 0) return '';
  if (withoutReview === named.length) {
    return 'Each deal is below with its facts and three questions. Answer in this thread.';
  }
  if (withoutReview > 0) {
    return 'Each deal is below. Some link to a thread of their own; talk about the others here.';
  }
  return 'Each deal is below; its talk is in a thread of its own, which its line links to.';
}

/** A week without losses: no cheering, zero may mean unreported (METHOD §4.8). */
function buildQuietMessage(week: WeekView, since: string, late: string): Message {
  const names = week.drifting.map(dealTitle).join(', ');
  const eyes = `${week.drifting.length === 1 ? 'One stalled deal' : 'Two stalled deals'} could use a second pair of eyes`;
  const text = `No losses this week.${names ? ` ${eyes}: ${names}.` : ''}`;
  return {
    text: escapeMrkdwn([week.purpose, text, since, late].filter(Boolean).join(' ')),
    blocks: [
      ...purposeBlocks(week),
      paragraph(leaf(text)),
      ...(since ? [paragraph(leaf(since))] : []),
      ...(late ? [context(late)] : []),
    ],
  };
}

function lateNote({ late, dueOn, today }: WeekView): string {
  if (!late) return '';
  return `This comes late: it was due ${sayDay(dueOn, today)}.`;
}
