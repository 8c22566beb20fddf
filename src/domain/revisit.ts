import { addMonths, format } from 'date-fns';
import { addDays, type Day } from './calendar.ts';
import type { Outcome } from './loss.ts';
import type { LossStory, WhyClass } from './loss-story.ts';

/** `waiting → raised → started | dropped` (METHOD §3.1). */
export type RevisitState = 'waiting' | 'raised' | 'started' | 'dropped';

/** When to look at a lost deal again, and what to look for. */
export interface ComeBack {
  readonly on: Day;
  readonly trigger: string;
}

/** What decides when to come back. A loss from a CRM says less than a form does. */
export type ComeBackFacts = Pick<LossStory, 'underlyingOutcome' | 'noDecisionKind'> & {
  readonly lostOn: Day;
  readonly outcome: Outcome | undefined;
  readonly whyClass: WhyClass | undefined;
  readonly reasonCode: string | undefined;
  /** A day of theirs that nobody can move: the end or the notice of a contract. */
  readonly deadlineOn?: Day | undefined;
};

/** No word to them for so many days after we stepped away (METHOD §4.7). */
export const quietDays = 60;

const outsideEvents: readonly string[] = ['out.merger', 'out.regulation', 'out.partner'];

/**
 * When to look at a lost deal again (METHOD §4.7, come-back dates): the first row that fits.
 * Undefined is never: we should not have been there. Days nobody knows are taken to be the usual
 * ones, for whoever knows better to change: a contract ends a year after it is signed, and a budget
 * year is the calendar's.
 */
export function planComeBack(facts: ComeBackFacts): ComeBack | undefined {
  const { lostOn, whyClass, reasonCode = '' } = facts;
  if (whyClass === 'not_there') return undefined;
  if (facts.outcome === 'we_withdrew' && facts.underlyingOutcome === 'none') {
    return {
      on: addDays(lostOn, quietDays),
      trigger: 'The first cost of waiting shows, or they write',
    };
  }
  if (reasonCode === 'prd.must_have') {
    return { on: months(lostOn, 6), trigger: 'What they needed has shipped' };
  }
  if (reasonCode === 'out.budget_gone') return beforeTheirBudget(lostOn);
  if (outsideEvents.includes(reasonCode)) {
    return { on: months(lostOn, 3), trigger: 'Their new organisation is announced' };
  }
  return byOutcome(facts);
}

/**
 * The look after one that has come: a budget opens every year, a contract ends, and of a rival's the
 * second look is six months before it does (METHOD §4.7). Anything else is three months off.
 */
export function planNextLook(facts: ComeBackFacts, today: Day): Day {
  const first = planComeBack(facts);
  if (first && first.on > today) return first.on;
  const { lostOn, deadlineOn } = facts;
  const outcome = facts.outcome === 'we_withdrew' ? facts.underlyingOutcome : facts.outcome;
  if (outcome === 'rival' || outcome === 'incumbent') return beforeEnd(deadlineOn, lostOn, today);
  if (outcome === 'budget_withdrawn') return beforeTheirBudget(today).on;
  return months(today, 3);
}

function byOutcome(facts: ComeBackFacts): ComeBack {
  const { lostOn, outcome, underlyingOutcome, noDecisionKind, deadlineOn } = facts;
  const isFear = noDecisionKind === 'fear';
  switch (outcome === 'we_withdrew' ? underlyingOutcome : outcome) {
    case 'rival':
      return { on: months(lostOn, 4), trigger: 'Trouble in the rollout, or their sponsor changes' };
    case 'incumbent':
      return {
        on: beforeEnd(deadlineOn, lostOn),
        trigger: 'A renewal notice, or a higher price from the one they have',
      };
    case 'in_house':
      return { on: months(lostOn, 6), trigger: 'Whoever builds it leaves, or it grows too large' };
    case 'none':
      if (isFear) {
        return {
          on: addDays(lostOn, quietDays),
          trigger: 'Something new, or a first cost of waiting',
        };
      }
      return noDecisionKind === 'rational'
        ? { on: months(lostOn, 6), trigger: 'Their list of priorities changes' }
        : anyReply(lostOn);
    case 'budget_withdrawn':
      return beforeTheirBudget(lostOn);
    default:
      return anyReply(lostOn);
  }
}

function anyReply(lostOn: Day): ComeBack {
  return { on: months(lostOn, 3), trigger: 'Any reply; first ask what we should do better' };
}

/** A month before 1 January, in the year after when that is hardly a month off. */
function beforeTheirBudget(lostOn: Day): ComeBack {
  const year = Number(lostOn.slice(0, 4));
  const before = `${year}-12-01` as Day;
  const on = before > addDays(lostOn, 30) ? before : (`${year + 1}-12-01` as Day);
  return { on, trigger: 'Their budget round opens' };
}

/** Six months before a contract ends, after a day; of an end that is nearer one of those after it. */
function beforeEnd(deadlineOn: Day | undefined, lostOn: Day, after = lostOn): Day {
  const on = months(deadlineOn ?? months(lostOn, 12), -6);
  const years = Array.from({ length: 12 }, (_, at) => months(on, 12 * at));
  return years.find((next) => next > after) ?? months(after, 12);
}

/** The same day so many months on, or the last of a shorter month. */
function months(from: Day, count: number): Day {
  return format(addMonths(new Date(`${from}T12:00:00`), count), 'yyyy-MM-dd') as Day;
}
