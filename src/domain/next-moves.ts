import { type BusinessCalendar, businessDaysAfter, type Day, sayDay } from './calendar.ts';
import type { DealContact } from './contact.ts';
import { isDecider } from './contact.ts';
import { type Homework, isLate, isOpen, type Side } from './homework.ts';
import type { HomeworkId } from './ids.ts';
import { slackOfStep } from './plan-metrics.ts';
import type { Rally } from './rally.ts';
import type { Phase } from './segment.ts';

/** What a tap on a move does. */
export type MoveAction =
  | { readonly does: 'step'; readonly homeworkId: HomeworkId }
  /** Opens the form for a new step, filled in. */
  | {
      readonly does: 'assign';
      readonly side: Side;
      readonly title: string;
      readonly dueOn: Day;
      readonly doneWhen: string;
    }
  | { readonly does: 'date' }
  /** Shows words to send, for a person to send. */
  | { readonly does: 'draft'; readonly draft: string }
  | { readonly does: 'touch' }
  | { readonly does: 'late_entry' };

/** One move: what, why it is the one, and what does it. */
export interface Move {
  readonly what: string;
  readonly why: string;
  readonly action: MoveAction;
}

/** One of ours and one small ask of theirs; both are always there (METHOD §3.7). */
export interface NextMoves {
  readonly ours: Move;
  readonly theirs: Move;
}

/** What the moves are chosen from. */
export interface Situation {
  readonly phase: Phase;
  readonly lateEntry: boolean;
  readonly decisionOn: Day | undefined;
  readonly today: Day;
  readonly calendar: BusinessCalendar;
  readonly steps: readonly Homework[];
  readonly contacts: readonly DealContact[];
  readonly rally: Rally | undefined;
  readonly runwayBd: number | undefined;
  readonly pingPong: boolean;
}

type Rule = (situation: Situation) => { readonly ours?: Move; readonly theirs?: Move } | undefined;

/** The first rule that has one gives our move, the first that has one gives theirs. */
export function nextMoves(situation: Situation): NextMoves {
  const found = rules.map((rule) => rule(situation));
  const fallback = byPhase(situation);
  return {
    ours: found.find((moves) => moves?.ours)?.ours ?? fallback.ours,
    theirs: found.find((moves) => moves?.theirs)?.theirs ?? fallback.theirs,
  };
}

const rules: readonly Rule[] = [
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
  const { steps, today, calendar } = situation;
  if (steps.some((step) => isOpen(step) && step.dueOn >= today)) return undefined;
  const gate = bySlack(situation, (step) => step.gate)[0];
  if (!gate) return undefined;
  const on = sayDay(businessDaysAfter(today, 3, calendar), today);
  const move: Move = {
    what: `Propose ${on} for “${gate.title}”`,
    why: 'Nothing in the plan lies ahead, and this gate has the least room.',
    action: { does: 'step', homeworkId: gate.id },
  };
  return gate.side === 'seller' ? { ours: move } : { theirs: move };
}

function tooFewPeople({ contacts, today, calendar, phase }: Situation) {
  const there = contacts.filter(({ leftOn }) => !leftOn);
  const first = there[0];
  if (!first || phase === 'awareness') return undefined;
  const hasDecider = there.some(isDecider);
  if (there.length > 1 && hasDecider) return undefined;
  const whom = hasDecider ? 'a colleague who would use it' : 'whoever decides';
  return {
    theirs: {
      what: `Ask ${first.name} to introduce ${whom}`,
      why: hasDecider ? `${first.name} is the only one we know.` : 'We have not met who decides.',
      action: {
        does: 'assign',
        side: 'buyer',
        title: `Introduce us to ${whom}`,
        dueOn: businessDaysAfter(today, 5, calendar),
        doneWhen: 'A meeting with them is in the calendar.',
      },
    },
  } as const;
}

function pingPong(situation: Situation) {
  if (!situation.pingPong) return undefined;
  const item = bySlack(situation, () => true)[0];
  const about = item ? `“${item.title}”` : 'the next step';
  return {
    ours: {
      what: `Swap the next message for 15 minutes together on ${about}`,
      why: `${situation.rally?.turns ?? 0} turns have moved nothing in the plan.`,
      action: {
        does: 'draft',
        draft: `Could we take 15 minutes together on ${item ? item.title : 'the next step'} instead of writing? I can bring what is there, and we finish it in one go.`,
      },
    },
  } as const;
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
      what:
        step.status === 'proposed' && step.side !== 'seller'
          ? `Get a yes to “${step.title}”`
          : step.title,
      why: `${step.doer.name} · due ${sayDay(step.dueOn, today)}${step.unlocks ? `, opens ${step.unlocks}` : ''}.`,
      action: { does: 'step', homeworkId: step.id },
    };
  const ours = move(bySlack(situation, ({ side }) => side === 'seller' || side === 'both')[0]);
  const theirs = move(bySlack(situation, ({ side }) => side === 'buyer')[0]);
  return { ...(ours ? { ours } : {}), ...(theirs ? { theirs } : {}) };
}

function nothingOpen({ steps, decisionOn, today, calendar }: Situation) {
  if (steps.some(isOpen)) return undefined;
  const hasPlan = steps.length > 0;
  const soon = businessDaysAfter(today, 2, calendar);
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
        dueOn: decisionOn && decisionOn >= today && decisionOn < soon ? decisionOn : soon,
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

/** A pair for every phase (METHOD §4.5), for when no rule has a better one. */
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

function byPhase({ phase, today, calendar }: Situation): NextMoves {
  const dueOn = businessDaysAfter(today, 3, calendar);
  const move = (side: Side, title: string): Move => ({
    what: title,
    why: `It is what moves a deal on in the phase of ${phase}.`,
    action: { does: 'assign', side, title, dueOn, doneWhen: 'Both sides have seen it.' },
  });
  return { ours: move('seller', pairs[phase].ours), theirs: move('buyer', pairs[phase].theirs) };
}

function inDueOrder(steps: readonly Homework[]): Homework[] {
  return [...steps].sort((a, b) => (a.dueOn < b.dueOn ? -1 : a.dueOn > b.dueOn ? 1 : 0));
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
  return `${businessDays} business ${businessDays === 1 ? 'day' : 'days'}`;
}
