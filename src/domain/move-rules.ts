import { businessDaysAfter, type Day, sayDay } from './calendar.ts';
import { isDecider } from './contact.ts';
import { type Homework, inDueOrder, isLate, isOpen, type Side } from './homework.ts';
import type { Move, NextMoves, Situation } from './next-moves.ts';
import { slackOfStep } from './plan-metrics.ts';
import { type Phase, segmentNorms } from './segment.ts';
import { count } from './text.ts';

/** A rule has a move of ours, one of theirs, both, or nothing to say. */
type Rule = (situation: Situation) => { readonly ours?: Move; readonly theirs?: Move } | undefined;

/** The rules of METHOD §3.7, the most urgent first. */
export const moveRules: readonly Rule[] = [
  oweSomething,
  dateMissed,
  doesNotFit,
  buyerStepLate,
  noNextStep,
  tooFewPeople,
  pingPong,
  lateEntry,
  leastSlack,
  nothingOpen,
];

function oweSomething({ rally, steps, today }: Situation) {
  const late = inDueOrder(steps).find((step) => step.side === 'seller' && isLate(step, today));
  if (late) {
    return {
      ours: {
        what: `Finish “${late.title}”`,
        why: `It is ours and was due ${sayDay(late.dueOn, today)}.`,
        action: { does: 'step', homeworkId: late.id },
      },
    } as const;
  }
  if (!rally || rally.replyDebtBd === 0) return undefined;
  return {
    ours: {
      what: 'Answer their last message',
      why: `They have waited ${days(rally.replyDebtBd)}.`,
      action: { does: 'touch' },
    },
  } as const;
}

function dateMissed({ decisionOn, today }: Situation) {
  if (!decisionOn || decisionOn >= today) return undefined;
  const why = `${sayDay(decisionOn, today)} has passed.`;
  return {
    ours: { what: 'Choose how it ended, or a new date', why, action: { does: 'date' } },
    theirs: {
      what: 'Ask which day they decide now, and what missing it costs them',
      why,
      action: {
        does: 'draft',
        draft: `We had ${sayDay(decisionOn, today)} down as your decision day. Which day is it now, and what happens on your side if it moves again?`,
      },
    },
  } as const;
}

function doesNotFit({ runwayBd }: Situation) {
  if (runwayBd === undefined || runwayBd >= 0) return undefined;
  return {
    ours: {
      what: 'Make the plan fit its date',
      why: `The tightest gate is ${days(-runwayBd)} short.`,
      action: { does: 'date' },
    },
  } as const;
}

function buyerStepLate({ steps, today }: Situation) {
  const late = inDueOrder(steps).find(
    (step) => step.side === 'buyer' && step.agreedOn && isLate(step, today),
  );
  if (!late) return undefined;
  return {
    theirs: {
      what: `Make “${late.title}” smaller, share it, or drop it`,
      why: `${late.doer.name} agreed to it for ${sayDay(late.dueOn, today)}.`,
      action: { does: 'step', homeworkId: late.id },
    },
  } as const;
}

/** Without a step ahead, the gate with the least room is proposed for a day. */
function noNextStep(situation: Situation) {
  const { steps, today } = situation;
  if (steps.some((step) => isOpen(step) && step.dueOn >= today)) return undefined;
  const gate = bySlack(situation, (step) => step.gate)[0];
  if (!gate) return undefined;
  const on = sayDay(dayAhead(situation, 3), today);
  const move: Move = {
    what: `Propose ${on} for “${gate.title}”`,
    why: 'Nothing in the plan lies ahead, and this gate has the least room.',
    action: { does: 'step', homeworkId: gate.id },
  };
  return gate.side === 'seller' ? { ours: move } : { theirs: move };
}

function tooFewPeople(situation: Situation) {
  const { contacts, phase, segment, steps } = situation;
  const there = contacts.filter(({ leftOn }) => !leftOn);
  const first = there[0];
  if (!first || phase === 'awareness') return undefined;
  const hasDecider = there.some(isDecider);
  const enough = Math.min(2, segmentNorms[segment].contacts);
  if (there.length >= enough && hasDecider) return undefined;
  const whom = hasDecider ? 'a colleague who would use it' : 'whoever decides';
  const title = `Introduce us to ${whom}`;
  if (steps.some((step) => isOpen(step) && step.title === title)) return undefined;
  return {
    theirs: {
      what: `Ask ${first.name} to introduce ${whom}`,
      why: hasDecider ? `${first.name} is the only one we know.` : 'We have not met who decides.',
      action: {
        does: 'assign',
        side: 'buyer',
        title,
        dueOn: dayAhead(situation, 5),
        doneWhen: 'A meeting with them is in the calendar.',
      },
    },
  } as const;
}

function pingPong(situation: Situation) {
  if (!situation.pingPong) return undefined;
  const item = tightestStep(situation);
  const about = item ? `“${item.title}”` : 'the next step';
  return {
    ours: {
      what: `Swap the next message for 15 minutes together on ${about}`,
      why: `${sayIdleTurns(situation.rally?.idleTurns ?? 0)}.`,
      action: { does: 'draft', draft: inviteDraft(item) },
    },
  } as const;
}

/** How much went to and fro for nothing; the last turn may have moved something after all. */
export function sayIdleTurns(turns: number): string {
  if (turns === 0) return 'Most turns have moved nothing in the plan';
  return `${count(turns, 'turn')} ${turns === 1 ? 'has' : 'have'} moved nothing in the plan`;
}

/** An invitation to work together instead of writing on, for a person to send. */
export function inviteDraft(item: Pick<Homework, 'title'> | undefined): string {
  return `Could we take 15 minutes together on ${item ? `“${item.title}”` : 'the next step'} instead of writing? I can bring what is there, and we finish it in one go.`;
}

/** The open step with the least room: what a session together should be about. */
export function tightestStep(situation: Situation): Homework | undefined {
  return bySlack(situation, () => true)[0];
}

function lateEntry(situation: Situation) {
  if (!situation.lateEntry) return undefined;
  return {
    ours: {
      what: 'Bring one criterion only we meet, with somebody inside who backs it',
      why: 'We came after their preference had formed.',
      action: { does: 'late_entry' },
    },
  } as const;
}

/** Otherwise the open step of each side that has the least room. */
function leastSlack(situation: Situation) {
  const { today } = situation;
  const move = (step: Homework | undefined): Move | undefined =>
    step && {
      what: toDoWith(step),
      why: `${whose(step)} · due ${sayDay(step.dueOn, today)}${step.unlocks ? `, opens ${step.unlocks}` : ''}.`,
      action: { does: 'step', homeworkId: step.id },
    };
  const ours = move(bySlack(situation, ({ side }) => side === 'seller' || side === 'both')[0]);
  const theirs = move(bySlack(situation, ({ side }) => side === 'buyer')[0]);
  return { ...(ours ? { ours } : {}), ...(theirs ? { theirs } : {}) };
}

/** Whoever did it may have left their company since. */
function whose({ doer }: Homework): string {
  return doer.contactId || doer.personId ? doer.name : 'It needs a new name';
}

/** A step to word again, to get a yes to, or simply to do. */
function toDoWith({ status, side, title }: Homework): string {
  if (status === 'needs_rewrite')
    return `Word “${title}” again, so that it is clear what it is for`;
  return status === 'proposed' && side !== 'seller' ? `Get a yes to “${title}”` : title;
}

function nothingOpen(situation: Situation) {
  const { steps } = situation;
  if (steps.some(isOpen)) return undefined;
  const hasPlan = steps.length > 0;
  return {
    ours: {
      what: hasPlan
        ? 'Set up the decision call'
        : 'Write the problem back in their words, with a guess at its cost',
      why: hasPlan ? 'Every step is done.' : 'The plan has no step yet.',
      action: {
        does: 'assign',
        side: 'seller',
        title: hasPlan ? 'Set up the decision call' : 'Write the problem back in their words',
        dueOn: dayAhead(situation, 2),
        doneWhen: hasPlan
          ? 'It is in both calendars.'
          : 'They have read it and corrected one thing.',
      },
    },
    theirs: {
      what: 'Ask what would have to be true to decide sooner',
      why: hasPlan
        ? 'Nothing stands between them and the decision.'
        : 'It shows what the plan needs.',
      action: {
        does: 'draft',
        draft: 'What would have to be true on your side to decide sooner than planned?',
      },
    },
  } as const;
}

interface PhasePair {
  readonly ours: string;
  readonly theirs: string;
}

/** A pair for every phase (METHOD §4.5). */
const pairs: Readonly<Record<Phase, PhasePair>> = {
  awareness: {
    ours: 'Write the problem back in their words with one guess at its cost',
    theirs: 'Name who would own the problem, and one number',
  },
  interest: {
    ours: 'Propose the live date and ask what missing it costs',
    theirs: 'List who decides and who can say no',
  },
  preference: {
    ours: 'Hold a working session on their material, with one recommendation',
    theirs: 'Score it against a pass mark and bring a second sponsor',
  },
  decision: {
    ours: 'Take one risk off the table',
    theirs: 'Confirm the signer, the purchase order and the meeting date',
  },
};

/** A pair for when no rule has a better one. */
export function byPhase(situation: Situation): Pick<NextMoves, 'ours' | 'theirs'> {
  const { phase } = situation;
  const dueOn = dayAhead(situation, 3);
  const move = (side: Side, title: string): Move => ({
    what: title,
    why: `It is what moves a deal on in the phase of ${phase}.`,
    action: { does: 'assign', side, title, dueOn, doneWhen: 'Both sides have seen it.' },
  });
  return { ours: move('seller', pairs[phase].ours), theirs: move('buyer', pairs[phase].theirs) };
}

/** Some business days ahead, but not after the decision. */
export function dayAhead(
  { today, decisionOn, calendar }: Pick<Situation, 'today' | 'decisionOn' | 'calendar'>,
  businessDays: number,
): Day {
  const ahead = businessDaysAfter(today, businessDays, calendar);
  return decisionOn && decisionOn >= today && decisionOn < ahead ? decisionOn : ahead;
}

function bySlack(
  { steps, today, calendar }: Situation,
  fits: (step: Homework) => boolean,
): Homework[] {
  return steps
    .filter((step) => isOpen(step) && fits(step))
    .sort((a, b) => slackOfStep(a, today, calendar) - slackOfStep(b, today, calendar));
}

function days(businessDays: number): string {
  return count(businessDays, 'business day');
}
