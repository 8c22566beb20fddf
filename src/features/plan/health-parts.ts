import { businessDaysBetween } from '../../domain/calendar.ts';
import { type HealthPart, shareScore } from '../../domain/health.ts';
import { type Homework, isFinished, isKept, isOpen } from '../../domain/homework.ts';
import { isCovered, onTime, paceRatio } from '../../domain/plan-metrics.ts';
import { segmentNorms } from '../../domain/segment.ts';
import { count, shorten } from '../../domain/text.ts';
import type { JudgedPlan } from './plan-view.ts';

/** What a part of the score stands on, and the one thing that would lift it. */
interface PartWords {
  readonly why: string;
  readonly action: string;
}

/** The names of the six parts as people read them. */
export const partNames: Readonly<Record<HealthPart, string>> = {
  commitment: 'Both sides work',
  next_step: 'Next step',
  plan: 'Plan and pace',
  reply: 'Answers',
  date: 'Date kept',
  people: 'People',
};

/** Each part in words, as it stands in this plan. */
export const sayPart: Readonly<Record<HealthPart, (judged: JudgedPlan) => PartWords>> = {
  commitment: sayCommitment,
  next_step: sayNextStep,
  plan: sayPlan,
  reply: sayReply,
  date: sayDateKept,
  people: sayPeople,
};

function sayCommitment({ rows, state: { share }, today }: JudgedPlan): PartWords {
  if (share === undefined) {
    return { why: 'nobody has a step yet', action: 'Give both sides one.' };
  }
  const kept = onTime(rows.steps, 'buyer', today);
  const lostOnTime = kept.n === 0 ? 0.5 : 1 - kept.k / kept.n;
  if (lostOnTime > 1 - shareScore(share)) {
    return kept.n === 0
      ? { why: 'none of their steps has come due yet', action: 'Ask for one small step this week.' }
      : {
          why: `they kept ${kept.k} of ${count(kept.n, 'first date')}`,
          action: 'Make the late ones smaller, or share them.',
        };
  }
  const percent = Math.round(share * 100);
  if (share > 0.65) {
    return { why: `they hold ${percent}% of the work`, action: 'Take one step of theirs.' };
  }
  return { why: `they hold ${percent}% of the work`, action: 'Ask them for one more small step.' };
}

function sayNextStep({ rows, state, today, calendar }: JudgedPlan): PartWords {
  const step = state.nextStep;
  if (!step) return { why: 'no step lies ahead', action: 'Agree on one with a day.' };
  const title = `“${shorten(step.title, 60)}”`;
  if (step.dueOn < today) {
    return {
      why: `the next step, ${title}, is past its day`,
      action: 'Finish it or agree a new day.',
    };
  }
  if (!step.agreedOn) {
    return { why: `nobody said yes to ${title} yet`, action: 'Ask for the yes.' };
  }
  if (!step.doer.contactId) {
    return {
      why: `nobody of theirs is named on ${title}`,
      action: 'Name who joins from their side.',
    };
  }
  const leftBd = businessDaysBetween(today, step.dueOn, calendar);
  if (leftBd > segmentNorms[rows.deal.segment].nextStepHorizonBd) {
    return {
      why: `the next step, ${title}, is ${count(leftBd, 'business day')} away`,
      action: 'Agree on something smaller before it.',
    };
  }
  return { why: `${title} is dated, agreed and named`, action: 'Keep its day.' };
}

function sayPlan({ rows, state, today, calendar }: JudgedPlan): PartWords {
  const pace = paceRatio(
    rows.steps,
    { openedOn: rows.deal.openedOn, decisionOn: rows.deal.decisionOn, today },
    calendar,
  );
  const lost = {
    coverage: 0.4 * (1 - state.coverage),
    fit: 0.3 * Math.min(1, Math.max(0, -(state.runwayBd ?? 0) / 10)),
    pace: 0.3 * (1 - Math.min(1, pace ?? 1)),
  };
  const most = Math.max(lost.coverage, lost.fit, lost.pace);
  if (most === 0) return { why: 'it fits before the date', action: 'Keep the pace.' };
  if (most === lost.fit) {
    return {
      why: `as planned, a gate is ready ${count(-(state.runwayBd ?? 0), 'business day')} too late`,
      action: 'Squeeze it, go side by side, or drop a step.',
    };
  }
  return most === lost.coverage ? sayCoverage(rows.steps) : sayPace(rows.steps);
}

function sayCoverage(steps: readonly Homework[]): PartWords {
  const gates = steps.filter((step) => step.gate && isKept(step));
  if (gates.length === 0) {
    return {
      why: 'not all is known of problem, decider, date and signing',
      action: 'Ask for the one that is missing.',
    };
  }
  const bare = gates.filter((gate) => !(isFinished(gate) || isCovered(gate)));
  return {
    why: `${bare.length} of ${count(gates.length, 'gate')} without a name`,
    action: `Name who does “${shorten(bare[0]?.title ?? '', 60)}”.`,
  };
}

function sayPace(steps: readonly Homework[]): PartWords {
  const gate = steps.find((step) => step.gate && isOpen(step));
  return {
    why: 'gates are finished more slowly than the date needs',
    action: gate ? `Finish “${shorten(gate.title, 60)}” first.` : 'Finish one this week.',
  };
}

function sayReply({ state: { rally } }: JudgedPlan): PartWords {
  if (!rally) return { why: 'no word is logged yet', action: 'Log the last one: /deal touch.' };
  if (rally.ballWith === 'buyer') {
    const usual = count(rally.typicalReplyBd, 'day');
    return {
      why: `our question is open for ${count(rally.silenceBd, 'business day')}; usual is ${usual}`,
      action: 'Ask for something smaller, or somebody else.',
    };
  }
  if (rally.ballWith === 'seller') {
    return {
      why: `we owe them an answer since ${count(rally.replyDebtBd, 'business day')}`,
      action: 'Answer that first.',
    };
  }
  return { why: 'nobody owes an answer', action: 'Book the next meeting.' };
}

function sayDateKept({ state: { slips, dateMissed } }: JudgedPlan): PartWords {
  if (dateMissed) {
    return { why: 'the date has passed', action: 'Choose how it ended, or a new date.' };
  }
  if (slips.slips === 0) return { why: 'it stands where it stood', action: 'Keep it.' };
  return {
    why: `the date moved out ${slips.slips === 1 ? 'once' : `${slips.slips} times`}`,
    action: 'Before it moves again: /deal date shows what keeps it.',
  };
}

function sayPeople({ rows, state: { people } }: JudgedPlan): PartWords {
  if (people.known === 0) {
    return { why: 'nobody of theirs is on this deal yet', action: 'Add whom you talk to.' };
  }
  const target = segmentNorms[rows.deal.segment].contacts;
  const missing = 0.6 * (1 - Math.min(1, people.engaged / target));
  const decider = { engaged: 0, known: 0.2, unknown: 0.4 }[people.decider];
  if (decider > missing) {
    return people.decider === 'known'
      ? { why: 'no recent word with who decides', action: 'Ask for an introduction.' }
      : { why: 'nobody knows who decides', action: 'Ask who can say no.' };
  }
  return {
    why: `in touch with ${people.engaged} of the ${count(target, 'person', 'people')} a deal like this needs`,
    action: 'Ask for one introduction, tied to a step.',
  };
}
