import type { Day } from './calendar.ts';
import { sayDay } from './calendar.ts';
import type { DealId, PersonId } from './ids.ts';
import type { Money } from './money.ts';
import { type FollowUpKind, followUpSubject } from './nudge.ts';
import { type Matter, matterOf } from './nudge-matters.ts';
import { triesTarget } from './practice.ts';

/** What a question about an ended deal may name. */
export interface FollowUpFacts {
  readonly account: string;
  /** Whose call, who owns the review (empty once they left), or whom a note goes to. */
  readonly who: string;
  /** The behaviour that is practised, or what to look for. */
  readonly what: string;
  readonly tries: number;
  /** The day it waits since, was sent on, or is due. */
  readonly on: Day;
}

/** Something that follows from a deal that has ended and is due for somebody. */
export interface FollowUp {
  readonly kind: FollowUpKind;
  /** The practice, promise, review, request or revisit it is about. */
  readonly id: string;
  readonly personId: PersonId;
  readonly dealId: DealId;
  readonly amount: Money | undefined;
  /** It is asked once for each of these days, where that matters. */
  readonly dueOn: Day | undefined;
  /** What was asked earlier was about something else. */
  readonly since: Day | undefined;
  readonly facts: FollowUpFacts;
}

/** What is due as something to ask about; it shares the budget with all the rest. */
export function matterOfFollowUp(followUp: FollowUp): Matter {
  const { kind, id, dueOn, since } = followUp;
  return matterOf(followUp, kind, {
    subject: followUpSubject(kind, id),
    ...(dueOn ? { dueOn } : {}),
    ...(since ? { since } : {}),
  });
}

type Wording = (facts: FollowUpFacts, today: Day) => string;

const day = ({ on }: FollowUpFacts, today: Day) => sayDay(on, today);
const of3 = ({ tries }: FollowUpFacts) => `${tries} of ${triesTarget}`;

/** Two wordings a kind, each naming who, what and when, with one question at its end (METHOD §4.4). */
export const followUpWords: Readonly<Record<FollowUpKind, readonly [Wording, Wording]>> = {
  promise_try: [
    (f) => `${of3(f)} so far: how many times have you tried “${f.what}”?`,
    (f, today) =>
      `“${f.what}” is what you practise since ${day(f, today)}, ${of3(f)} by now. Was there another chance to try it?`,
  ],
  observe_call: [
    (f, today) =>
      `${f.who} asked you to watch a call by ${day(f, today)}, for “${f.what}”. What did you see?`,
    (f, today) =>
      `You watch a call of ${f.who}’s by ${day(f, today)}: “${f.what}”. What would you tell them?`,
  ],
  review_wait: [
    (f, today) =>
      `The talk about ${f.account} has waited for your word since ${day(f, today)}. What would you add?`,
    (f, today) =>
      `Your view of ${f.account} was asked for on ${day(f, today)}. Would two minutes today do?`,
  ],
  review_take: [
    (f, today) =>
      f.who
        ? `The review of ${f.account} has waited since ${day(f, today)}, and ${f.who} may have other things first. Keep it going for them, or excuse it?`
        : `The review of ${f.account}, open since ${day(f, today)}, lost its owner: they have left. Keep it going as “we”, or excuse it?`,
    (f, today) =>
      f.who
        ? `${f.who} was asked twice about ${f.account}, first on ${day(f, today)}. Would you keep the talk going, or excuse it?`
        : `Whoever owned the review of ${f.account} (${day(f, today)}) is no longer here. Would you keep the talk going, or excuse it?`,
  ],
  feedback_send: [
    (f, today) =>
      `A note that asks ${f.who} at ${f.account} what we should do better has been ready since ${day(f, today)}. Send it?`,
    (f, today) =>
      `Since ${day(f, today)} the time is right to ask ${f.who} at ${f.account} what would make us better. Send the note today?`,
  ],
  feedback_remind: [
    (f, today) =>
      `${f.who} at ${f.account} had our note on ${day(f, today)}. One last try, for one word?`,
    (f, today) =>
      `No word from ${f.who} at ${f.account} on our note of ${day(f, today)}. Send one last line?`,
  ],
  come_back: [
    (f, today) =>
      `${f.account} is worth another look since ${day(f, today)}. What to look for: “${f.what}”. Is it there?`,
    (f, today) =>
      `You meant to look at ${f.account} again on ${day(f, today)}. Do you see this: “${f.what}”?`,
  ],
};

/** The question about what follows from an ended deal, in one of its wordings. */
export function sayFollowUp(
  kind: FollowUpKind,
  variant: number,
  facts: FollowUpFacts,
  today: Day,
): string {
  const wordings = followUpWords[kind];
  return (wordings[variant % wordings.length] ?? wordings[0])(facts, today);
}
