import {
  type FairFightAnswer,
  type FairFightMove,
  fairFightMarks,
  fairFightMoves,
  labelOf,
} from './loss-story.ts';
import type { Segment } from './segment.ts';
import { lowerFirst } from './text.ts';

/** What a deal's facts say about moves that are left (METHOD §4.9). */
export interface FightFacts {
  readonly segment: Segment;
  /** No colleague of the owner took part. */
  readonly alone: boolean;
  /** Whoever decides was in touch with us. */
  readonly deciderMet: boolean;
  /** People there who are against it and have not left. */
  readonly doubters: number;
  /** Keys of the playbook's steps that were finished. */
  readonly finishedSteps: ReadonlySet<string>;
  /** Slips of the decision date. */
  readonly slips: number;
  /** Business days to the decision, negative once it has passed; undefined without a date. */
  readonly leftBd: number | undefined;
  /** The family of the reason that the last answers about the deal point to. */
  readonly family: string | undefined;
  /** A security, legal or buying step of theirs is open. */
  readonly riskOpen: boolean;
}

const shown = 3;
const soonBd = 5;

interface Rule {
  /** Already done, as far as the facts say: it comes back only when too few are left. */
  readonly tried: (facts: FightFacts) => boolean;
  /** How much speaks for it. */
  readonly weight: (facts: FightFacts) => number;
}

const anyOf = (facts: FightFacts, ...keys: string[]) =>
  keys.some((key) => facts.finishedSteps.has(key));

const rules: Readonly<Record<FairFightMove, Rule>> = {
  executive_call: {
    tried: (facts) => anyOf(facts, 'exec', 'execs'),
    weight: ({ alone, segment }) => (alone ? 2 : 0) + (segment === 'smb' ? 0 : 1),
  },
  smaller_step: {
    tried: (facts) => anyOf(facts, 'trial', 'proof', 'slice', 'try'),
    weight: ({ family, segment }) =>
      (family === 'Commercial' || family === 'Outside event' ? 3 : 0) + (segment === 'ent' ? 1 : 0),
  },
  doubter_meets_customer: {
    tried: (facts) => anyOf(facts, 'refs'),
    weight: ({ doubters, family }) => (doubters > 0 ? 3 : 0) + (family === 'Competition' ? 1 : 0),
  },
  carry_a_risk: {
    tried: (facts) => anyOf(facts, 'risk'),
    weight: ({ family, riskOpen }) =>
      (family === 'Risk, legal, security' || family === 'Chose not to decide' ? 3 : 0) +
      (riskOpen ? 1 : 0),
  },
  ask_the_decider: {
    tried: ({ deciderMet }) => deciderMet,
    weight: () => 3,
  },
  ask_for_a_week: {
    tried: ({ slips }) => slips > 0,
    weight: ({ leftBd }) => (leftBd !== undefined && leftBd <= soonBd ? 2 : 0),
  },
};

/**
 * Three moves worth a thought before a deal is given up, the strongest first: those that seem not to
 * have been made, by what speaks for them; equal ones in the order of the list.
 */
export function pickFairFight(facts: FightFacts): FairFightMove[] {
  const rank = (move: FairFightMove) =>
    rules[move].weight(facts) - (rules[move].tried(facts) ? 100 : 0);
  return fairFightMoves
    .map(({ code }) => code)
    .sort((a, b) => rank(b) - rank(a))
    .slice(0, shown);
}

/** The step of ours that begins a move, for who tries it. */
export const fairFightSteps: Readonly<
  Record<FairFightMove, { readonly title: string; readonly doneWhen: string }>
> = {
  executive_call: {
    title: 'Set up a call between executives',
    doneWhen: 'The call is in both calendars',
  },
  smaller_step: {
    title: 'Offer a smaller first step',
    doneWhen: 'They have it on one page, with a price and a day',
  },
  doubter_meets_customer: {
    title: 'Bring a customer of ours together with who doubts',
    doneWhen: 'The two of them have a day to talk',
  },
  carry_a_risk: {
    title: 'Offer to carry one risk for them',
    doneWhen: 'They have it in writing',
  },
  ask_the_decider: {
    title: 'Ask the one who decides, directly',
    doneWhen: 'We have their own answer',
  },
  ask_for_a_week: {
    title: 'Ask them for a week, and for what',
    doneWhen: 'They said yes or no to the week',
  },
};

/** The longest why of “none of these, because …”. */
export const noneBecauseMax = 200;

/**
 * What was said of the moves that seemed to be left, for the two who talk about the loss first;
 * undefined when nothing was.
 */
export function sayFairFight(answers: readonly FairFightAnswer[]): string | undefined {
  const moves = answers.flatMap((one) =>
    'move' in one
      ? [
          `${lowerFirst(labelOf(fairFightMoves, one.move))} (${lowerFirst(labelOf(fairFightMarks, one.mark))})`,
        ]
      : [],
  );
  const because = answers.flatMap((one) => ('noneBecause' in one ? [one.noneBecause] : []))[0];
  const none = because && `none of these, because ${because}`;
  const said = [...(moves.length > 0 ? [moves.join(', ')] : []), ...(none ? [none] : [])];
  return said.length > 0 ? `Before it was closed: ${said.join('; ')}` : undefined;
}
