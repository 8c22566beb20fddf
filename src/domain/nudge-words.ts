import { type Day, sayDay } from './calendar.ts';
import type { HeldReason, NudgeKind, PlanNudge } from './nudge.ts';
import type { Phase } from './segment.ts';
import { count } from './text.ts';

/** What a question may name. Business days; whatever is not known is left out of the sentence. */
export interface QuestionFacts {
  readonly today: Day;
  /** `Acme · Core platform`. */
  readonly deal: string;
  readonly account: string;
  /** The step that is asked about. */
  readonly title: string;
  /** Whoever does it, or whom we are in touch with at the buyer. */
  readonly who: string;
  /** The reader does it, and not a colleague who left. */
  readonly mine: boolean;
  readonly dueOn: Day;
  readonly lateBd: number;
  readonly unlocks: string | undefined;
  readonly why: string | undefined;
  readonly askedOn: Day | undefined;
  /** What we owe them in return. */
  readonly pair: string | undefined;
  readonly typicalReplyBd: number;
  readonly silenceBd: number;
  readonly replyDebtBd: number;
  readonly idleTurns: number;
  readonly gate: { readonly title: string; readonly slackBd: number } | undefined;
  readonly proposeOn: Day;
  readonly ourSteps: number;
  readonly allSteps: number;
  readonly gift: string | undefined;
  readonly decisionOn: Day | undefined;
  readonly leftBd: number;
  readonly shortBd: number;
  readonly phase: Phase;
  readonly phaseAgeBd: number;
  readonly gap: { readonly days: number; readonly endsOn: Day | undefined };
  /** What holds the deal up, in words. */
  readonly stalls: string;
  /** What a manager could do about it, to go on from “you could”. */
  readonly offer: string;
  /** What worked elsewhere; undefined while there is none yet. */
  readonly precedent: string | undefined;
  readonly owner: string;
}

type Wording = (facts: QuestionFacts) => string;

const bd = (days: number) => count(days, 'business day');
const on = (day: Day | undefined, today: Day) => (day ? sayDay(day, today) : 'a day to be agreed');
const opens = ({ unlocks }: QuestionFacts) => (unlocks ? ` It opens ${unlocks}.` : '');
const seen = ({ stalls }: QuestionFacts) => (stalls ? ` ${stalls}` : '');
/** What no code stands for, such as a late step of a small deal. */
const nothingNamed = ' some of it has waited for a while.';
const whose = ({ mine, who }: QuestionFacts) => (mine ? '' : ` (${who}’s)`);
const room = (slackBd: number) =>
  slackBd >= 0 ? `${bd(slackBd)} of room` : `${bd(-slackBd)} short`;

/** What I see, what could help, what worked elsewhere, each on its own line (METHOD S4-7). */
const manage = (f: QuestionFacts) =>
  [
    `What I see on ${f.account} (${f.owner}):${seen(f) || nothingNamed}`,
    `What could help: ${f.offer}.`,
    `What worked elsewhere: ${f.precedent ?? 'none yet.'}`,
    '',
  ].join('\n');

/** Two wordings a kind, each naming who, what and when, with one question at its end (METHOD §4.4). */
export const questionWords: Readonly<Record<PlanNudge, readonly [Wording, Wording]>> = {
  item_soon: [
    (f) => `“${f.title}”${whose(f)} is due ${on(f.dueOn, f.today)}.${opens(f)} On track?`,
    (f) =>
      `${on(f.dueOn, f.today)} is the day for “${f.title}”${whose(f)}.${opens(f)} All set for it?`,
  ],
  item_due: [
    (f) =>
      `Today: “${f.title}”${whose(f)} for ${f.account}.${f.why ? ` They count on it: ${f.why}` : opens(f)} Done by tonight?`,
    (f) =>
      `“${f.title}”${whose(f)} was promised to ${f.account} for today.${opens(f)} Will it be there?`,
  ],
  item_late: [
    (f) => `“${f.title}”${whose(f)} slipped past ${on(f.dueOn, f.today)}. What gets in the way?`,
    (f) =>
      `“${f.title}”${whose(f)} was due ${on(f.dueOn, f.today)}, ${bd(f.lateBd)} ago. What would get it done?`,
  ],
  ask_them: [
    (f) =>
      `“${f.title}” ${f.dueOn < f.today ? 'was' : 'is'} meant for ${f.who} by ${on(f.dueOn, f.today)}, and nobody has asked yet. Ask today?`,
    (f) =>
      `${f.who} has not heard of “${f.title}”, due ${on(f.dueOn, f.today)}. Who asks, and when?`,
  ],
  ask_yes: [
    (f) => `Did ${f.who} say yes to “${f.title}” for ${on(f.dueOn, f.today)}?`,
    (f) => `${f.who} was asked about “${f.title}” on ${on(f.askedOn, f.today)}. What did they say?`,
  ],
  buyer_soon: [
    (f) =>
      `${f.who}’s step “${f.title}” is due ${on(f.dueOn, f.today)}. A useful note is ready${f.pair ? `: it offers “${f.pair}”` : ''}. Send it?`,
    (f) =>
      `${on(f.dueOn, f.today)} is the day for “${f.title}” by ${f.who}.${f.pair ? ` We owe them “${f.pair}”.` : ''} Is it moving?`,
  ],
  buyer_late: [
    (f) =>
      `“${f.title}” by ${f.who} is ${bd(f.lateBd)} past ${on(f.dueOn, f.today)}. Usual reply: ${bd(f.typicalReplyBd)}. Make it smaller, share it, or drop it?`,
    (f) =>
      `${f.who} meant to finish “${f.title}” by ${on(f.dueOn, f.today)}. What would make it easier for them?`,
  ],
  no_next: [
    (f) =>
      f.gate
        ? `No next step with ${f.account}. Closest gate: “${f.gate.title}”, ${room(f.gate.slackBd)}. Propose ${on(f.proposeOn, f.today)}?`
        : `No next step yet. What could ${f.account} and we do together by ${on(f.proposeOn, f.today)}?`,
    (f) =>
      f.gate
        ? `Nothing lies ahead with ${f.account}. “${f.gate.title}” on ${on(f.proposeOn, f.today)} would change that. Propose it?`
        : `Nothing lies ahead with ${f.account}. Which small step fits before ${on(f.proposeOn, f.today)}?`,
  ],
  ping_pong: [
    (f) =>
      `${count(f.idleTurns, 'turn')} since anything in the plan with ${f.account} moved. Swap the next message for a 15-minute session on “${f.gate?.title ?? 'the next step'}”?`,
    (f) =>
      `Messages with ${f.who} go to and fro, ${count(f.idleTurns, 'turn')} by now, and the plan stands still. Invite them to 15 minutes on “${f.gate?.title ?? 'the next step'}”?`,
  ],
  carry: [
    (f) =>
      `You hold ${f.ourSteps} of ${f.allSteps} steps. ${f.who} might like “${f.gift ?? 'one of them'}”: small, and theirs to shape. Draft the ask?`,
    (f) =>
      `Nearly all the work for ${f.account} is ours: ${f.ourSteps} of ${f.allSteps} steps. Could ${f.who} take “${f.gift ?? 'one of them'}”?`,
  ],
  fit: [
    (f) =>
      `At this pace “${f.gate?.title ?? 'the last gate'}” lands ${bd(f.shortBd)} after ${on(f.decisionOn, f.today)}. Keep the date: what gives?`,
    (f) =>
      `The plan with ${f.account} is ${bd(f.shortBd)} longer than the time to ${on(f.decisionOn, f.today)}. What can be smaller, side by side, or dropped?`,
  ],
  date_passed: [
    (f) => `${on(f.decisionOn, f.today)} has passed for ${f.account}. How did it end?`,
    (f) => `${f.account} meant to decide on ${on(f.decisionOn, f.today)}. What happened?`,
  ],
  owe_reply: [
    (f) => `${f.who} asked ${bd(f.replyDebtBd)} ago; the answer is with us. What does it need?`,
    (f) => `An answer to ${f.who} is ${bd(f.replyDebtBd)} old by now. Can it go out today?`,
  ],
  silence: [
    (f) =>
      `${f.who} has been quiet for ${bd(f.silenceBd)}; ${bd(f.typicalReplyBd)} is usual. What holds it up?`,
    (f) =>
      `Our last question to ${f.who} is ${bd(f.silenceBd)} old; they usually take ${bd(f.typicalReplyBd)}. What is in the way?`,
  ],
  no_decider: [
    (f) =>
      `Nobody who decides at ${f.account} is in touch with us, ${bd(f.leftBd)} before ${on(f.decisionOn, f.today)}. Ask ${f.who} for an introduction?`,
    (f) =>
      `${on(f.decisionOn, f.today)} is ${bd(f.leftBd)} away, and we have not met who decides at ${f.account}. Who could open that door?`,
  ],
  one_contact: [
    (f) => `${f.who} is the only one at ${f.account} in touch with us. Who else should be?`,
    (f) => `If ${f.who} is away, nobody at ${f.account} knows the plan. Whom could they bring in?`,
  ],
  their_yes: [
    (f) =>
      `${f.account} is in ${f.phase}, and ${f.who} has not said yes to ${on(f.decisionOn, f.today)} and a step yet. Ask them?`,
    (f) =>
      `The plan with ${f.account} is still ours alone. What would ${f.who} need to say yes to ${on(f.decisionOn, f.today)}?`,
  ],
  phase: [
    (f) => `${f.account} has been in ${f.phase} for ${bd(f.phaseAgeBd)}. What holds it up?`,
    (f) => `${bd(f.phaseAgeBd)} in ${f.phase} is long for ${f.account}. What is it waiting for?`,
  ],
  gap: [
    (f) =>
      `${f.account} has nothing to do for ${bd(f.gap.days)} up to ${on(f.gap.endsOn, f.today)}. Add a small step of theirs?`,
    (f) =>
      `The plan leaves ${f.account} idle for ${bd(f.gap.days)}, up to ${on(f.gap.endsOn, f.today)}. What could they do meanwhile?`,
  ],
  alone: [
    (f) => `You have had nobody on ${f.account} with you.${seen(f)} Who would help most?`,
    (f) => `${f.account} is yours alone so far.${seen(f)} Who else should look at it?`,
  ],
  exit_ramp: [
    (f) => `${f.account} has stalled a third time.${seen(f)} Which way out fits?`,
    (f) =>
      `A third stall with ${f.account}.${seen(f)} Close it, rest it, date it anew, or move it?`,
  ],
  still_worth: [
    (f) => `Asked three times: “${f.title}”. Still worth doing?`,
    (f) => `“${f.title}” has had no answer three times. Does it still matter?`,
  ],
  manager_help: [
    (f) => `${manage(f)}What will you offer?`,
    (f) => `${manage(f)}How would you like to help?`,
  ],
};

/** The question of a kind in one of its wordings. */
export function sayQuestion(kind: PlanNudge, variant: number, facts: QuestionFacts): string {
  const wordings = questionWords[kind];
  return (wordings[variant % wordings.length] ?? wordings[0])(facts);
}

/** What a question is about, in a list and for who mutes it. */
export const kindWords: Readonly<Record<NudgeKind, string>> = {
  item_soon: 'a step of ours is due soon',
  item_due: 'a step of ours is due today',
  item_late: 'a step of ours is late',
  ask_them: 'nobody has asked them yet',
  ask_yes: 'whether they said yes',
  buyer_soon: 'a step of theirs is due soon',
  buyer_late: 'a step of theirs is late',
  date_passed: 'the decision date has passed',
  exit_ramp: 'a third stall: the ways out',
  owe_reply: 'we owe them an answer',
  fit: 'the plan does not fit its date',
  silence: 'they have gone quiet',
  no_next: 'no next step',
  no_decider: 'nobody who decides is in touch',
  ping_pong: 'messages that move nothing',
  one_contact: 'only one contact',
  their_yes: 'they have not said yes yet',
  carry: 'we carry nearly all the work',
  phase: 'long in one phase',
  gap: 'a long stretch without them',
  alone: 'who could help',
  still_worth: 'still worth doing?',
  manager_help: 'a deal of your team could use you',
  promise_try: 'what you practise',
  observe_call: 'a call you watch for somebody',
  review_wait: 'a review waits for your word',
  review_take: 'a review of your team stands still',
  feedback_send: 'a note to a buyer is ready',
  feedback_remind: 'a last word to a buyer',
  come_back: 'a lost deal is worth another look',
};

const heldWords: Readonly<Record<HeldReason, string>> = {
  snoozed: 'snoozed',
  muted: 'muted',
  answered: 'answered; the next check is later',
  asked_lately: 'asked lately',
  one_a_deal: 'one question a deal and day',
  budget: 'over the budget of the week',
  for_the_week: 'asked three times: it waits for the week',
  their_holiday: 'their holiday',
};

/** Why something was held back. */
export function sayHeld(reason: HeldReason): string {
  return heldWords[reason];
}
