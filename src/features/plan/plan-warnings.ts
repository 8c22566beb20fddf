import { sayDay } from '../../domain/calendar.ts';
import { type Homework, isOpen } from '../../domain/homework.ts';
import { normsOf } from '../../domain/segment.ts';
import { count, shorten } from '../../domain/text.ts';
import { bold, type Leaf, leaf } from '../../slack/blocks.ts';
import type { JudgedPlan } from './plan-view.ts';

const carriedFrom = 5;
const carriedShare = 0.2;

/** What somebody should know before the steps: each a line, none when all is well. */
export function warningsOf(judged: JudgedPlan): Leaf[][] {
  return [...carrying(judged), ...quietAhead(judged), ...lateEntry(judged)];
}

/** METHOD S0-1: five live steps and hardly any of theirs. */
function carrying({ rows, state }: JudgedPlan): Leaf[][] {
  const live = rows.steps.filter(isOpen);
  if (live.length < carriedFrom || state.share === undefined || state.share >= carriedShare) {
    return [];
  }
  const ours = live.filter(({ side }) => side === 'seller');
  const could = couldBeTheirs(ours).map(({ title }) => `“${shorten(title, 80)}”`);
  const share = `You hold ${ours.length} of ${live.length} open steps.`;
  const move =
    could.length === 0 ? '' : ` Could move to them: ${could.join(' and ')}. Small steps go first.`;
  return [[bold('You are carrying this one. '), leaf(`${share}${move}`)]];
}

/** Two of ours that nobody has begun: the small and the optional ones are the easiest to hand over. */
function couldBeTheirs(ours: readonly Homework[]): Homework[] {
  const weight = (step: Homework) => (step.gate ? 10 : 0) + step.effort;
  return ours
    .filter(({ status }) => status !== 'in_progress')
    .sort((a, b) => weight(a) - weight(b))
    .slice(0, 2);
}

/** METHOD S0-6: with nothing to do they second-guess alone. */
function quietAhead({ rows, state, today }: JudgedPlan): Leaf[][] {
  const limit = normsOf(rows.deal).quietGapBd;
  const { days, endsOn } = state.gap;
  if (days <= limit || !endsOn) return [];
  return [
    [
      bold(`Nothing for them to do for ${count(days, 'business day')}, up to `),
      bold(sayDay(endsOn, today)),
      leaf(`; ${limit} is the most for a deal like this. A small ask to fit in: `),
      leaf(fillers[rows.deal.phase]),
    ],
  ];
}

/** Small, dated and theirs; each produces something (METHOD §4.5). */
const fillers = {
  awareness: '“Put one number on what it costs today, and name who owns it.”',
  interest: '“List who decides and who can say no.”',
  preference: '“Score our draft against your pass mark and mark one thing to change.”',
  decision: '“Confirm who signs, and in which order.”',
} as const;

const entered = { preference: 'comparing', decision: 'deciding' } as const;

/** METHOD S4: what they compare by was shaped before we came. */
function lateEntry({ rows, state }: JudgedPlan): Leaf[][] {
  const { entryPhase } = rows.deal;
  if (!state.lateEntry || (entryPhase !== 'preference' && entryPhase !== 'decision')) return [];
  return [
    [
      bold('Late entry. '),
      leaf(`They let us in when they were ${entered[entryPhase]} already. `),
      leaf('Bring one new criterion that only we meet and one supporter inside, or step away.'),
    ],
  ];
}
