import { type BusinessCalendar, businessDaysAfter, type Day, sayDay } from './calendar.ts';
import { type Homework, isOpen } from './homework.ts';
import type { NudgeKind } from './nudge.ts';

/** The questions that come with words for the buyer. */
export const noteKinds = [
  'ask_them',
  'buyer_soon',
  'buyer_late',
  'ping_pong',
  'carry',
  'silence',
  'no_decider',
  'one_contact',
  'their_yes',
] as const satisfies readonly NudgeKind[];

export type NoteKind = (typeof noteKinds)[number];

export function isNoteKind(kind: NudgeKind): kind is NoteKind {
  return (noteKinds as readonly NudgeKind[]).includes(kind);
}

/** What a note may name. Whatever is not known is left out of it. */
export interface NoteFacts {
  readonly today: Day;
  readonly account: string;
  /** Whom it is written to; the account's name when we know nobody there. */
  readonly who: string;
  /** What we owe them soon or by now, the oldest first. */
  readonly owed: readonly Pick<Homework, 'title' | 'dueOn'>[];
  /** The step the note is about: theirs, or one of ours that they might like. */
  readonly step: { readonly title: string; readonly dueOn: Day } | undefined;
  /** Why it is worth their time. */
  readonly why: string | undefined;
  /** What it opens. */
  readonly unlocks: string | undefined;
  readonly decisionOn: Day | undefined;
  /** A day near enough to be named, for what has none ahead. */
  readonly proposeOn: Day;
}

interface Ask {
  /** One small thing, and why. */
  readonly ask: string;
  /** The only question of the note. */
  readonly question: string;
}

const owedAheadBd = 5;
const owedNamed = 2;
// In words: two promises, a title and a reason stay under the 120 of a whole note.
const titleWords = 12;
const whyWords = 24;

/** What we owe them late or within a week, as a note names it; `except` is what they are offered. */
export function owedToThem(
  steps: readonly Homework[],
  today: Day,
  calendar: BusinessCalendar,
  except?: Homework,
): Homework[] {
  const until = businessDaysAfter(today, owedAheadBd, calendar);
  return steps
    .filter((step) => step.side === 'seller' && isOpen(step) && step.dueOn <= until)
    .filter(({ id }) => id !== except?.id)
    .sort((a, b) => (a.dueOn < b.dueOn ? -1 : a.dueOn > b.dueOn ? 1 : 0))
    .slice(0, owedNamed);
}

/**
 * Words to the buyer, for a person to make theirs and to send (METHOD §4.4): what we owe them first,
 * then one small thing of theirs with its reason, one question at the end, 120 words at most.
 */
export function buyerNote(kind: NoteKind, facts: NoteFacts): string {
  const { ask, question } = asks[kind](facts);
  const greeting = facts.who === facts.account ? 'Hello,' : `Hi ${firstName(facts.who)},`;
  return [greeting, ...owedLine(facts), ask, question].join('\n\n');
}

function firstName(who: string): string {
  return who.split(' ')[0] ?? who;
}

function owedLine({ owed, today }: NoteFacts): string[] {
  if (owed.length === 0) return [];
  const parts = owed.map(({ title, dueOn }) =>
    dueOn < today
      ? `“${cut(title)}”, which we meant to finish by ${sayDay(dueOn, today)}`
      : `“${cut(title)}” by ${sayDay(dueOn, today)}`,
  );
  return [`From us first: ${parts.join('; ')}.`];
}

function cut(text: string, words = titleWords): string {
  const all = text.split(/\s+/u);
  return all.length <= words ? text : `${all.slice(0, words).join(' ')}…`;
}

/** Why it is worth it, in the words of the plan. */
function reason({ why, unlocks }: NoteFacts, otherwise: string): string {
  if (why) return endWithStop(`Why: ${cut(why, whyWords)}`);
  return unlocks ? `It opens ${cut(unlocks)}.` : otherwise;
}

function endWithStop(text: string): string {
  return /[.!…]$/u.test(text) ? text : `${text}.`;
}

/** A day that can still be kept. */
function dayOf({ step, proposeOn, today }: NoteFacts): string {
  return sayDay(step && step.dueOn >= today ? step.dueOn : proposeOn, today);
}

const titleOf = ({ step }: NoteFacts) => `“${cut(step?.title ?? 'the next step')}”`;

const asks: Readonly<Record<NoteKind, (facts: NoteFacts) => Ask>> = {
  ask_them: (f) => ({
    ask: `One small step on your side would help us both: ${titleOf(f)} by ${dayOf(f)}. ${reason(f, 'It keeps the plan in one piece for both of us.')}`,
    question: `Does ${dayOf(f)} suit you?`,
  }),
  buyer_soon: (f) => ({
    ask: `On your side ${titleOf(f)} comes up on ${dayOf(f)}. ${reason(f, 'The next step of ours builds on it.')} If half of it is easier, we gladly do the other half.`,
    question: `Is ${dayOf(f)} still a good day for it?`,
  }),
  buyer_late: (f) => ({
    ask: `${titleOf(f)} can be smaller than we planned it: a first half by ${dayOf(f)} is plenty, and we take the rest. ${reason(f, 'The next step of ours builds on it.')}`,
    question: 'Which half is easier for you?',
  }),
  ping_pong: (f) => ({
    ask: `Instead of another message I suggest 15 minutes together on ${titleOf(f)}. ${reason(f, 'We look at one page, and both sides leave with it finished.')}`,
    question: `Could it be on ${sayDay(f.proposeOn, f.today)}?`,
  }),
  carry: (f) => ({
    ask: `${titleOf(f)} might be better in your hands: it is small, and yours to shape. ${reason(f, 'You know best what it has to say at your end.')}`,
    question: `Would you like to take it by ${dayOf(f)}?`,
  }),
  silence: (f) => ({
    ask: `Here is a lighter version of what I asked: one line from you about ${titleOf(f)} is enough for now. ${reason(f, 'It lets us plan our side around yours.')} A “not now” helps just as much.`,
    question: 'Which of the two is it?',
  }),
  no_decider: (f) => ({
    ask: `One small thing from you: an introduction to whoever decides at ${cut(f.account)}. They hear from you what it would change, so that ${decision(f)} needs no second round.`,
    question: `Could you introduce us by ${sayDay(f.proposeOn, f.today)}?`,
  }),
  one_contact: (f) => ({
    ask: `One small thing from you: the name of a colleague at ${cut(f.account)} who would use this every week. The plan then rests on more shoulders than yours, also while you are away.`,
    question: 'Who would that be?',
  }),
  their_yes: (f) => ({
    ask: f.decisionOn
      ? `One small thing from you: a yes to ${sayDay(f.decisionOn, f.today)} as the day you decide, or a better day. Both sides can then plan backwards from it.`
      : 'One small thing from you: the day you mean to decide. Both sides can then plan backwards from it.',
    question: f.decisionOn
      ? `Does ${sayDay(f.decisionOn, f.today)} hold for you?`
      : 'Which day is it?',
  }),
};

function decision({ decisionOn, today }: NoteFacts): string {
  return decisionOn ? `the decision on ${sayDay(decisionOn, today)}` : 'the decision';
}
