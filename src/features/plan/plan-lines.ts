import { businessDaysBetween, type Day, sayDay } from '../../domain/calendar.ts';
import { type Homework, isLate } from '../../domain/homework.ts';
import { count, shorten } from '../../domain/text.ts';
import { bold, type Leaf, leaf, quiet } from '../../slack/blocks.ts';
import type { PlanView } from './plan-view.ts';

const whoseStep = {
  buyer: 'Theirs',
  seller: 'Ours',
  both: 'Together',
  partner: 'Partner',
} as const;

/** One open step on one line: how late, what, whose, who, when, and how far the asking is. */
export function stepLeaves(step: Homework, view: PlanView, longest: number): Leaf[] {
  const state = view.deal.status === 'open' ? stateOf(step, view) : '';
  return [
    ...(state ? [bold(`${state}: `)] : []),
    bold(shorten(step.title, longest)),
    leaf(` — ${factsOf(step, view.today).join(' · ')}`),
  ];
}

/** A finished step on one line. */
export function doneLeaves(step: Homework, today: Day, longest: number): Leaf[] {
  const on = step.doneOn ? `, ${sayDay(step.doneOn, today)}` : '';
  return [
    leaf(shorten(step.title, longest), { strike: true }),
    quiet(` — ${whoseStep[step.side]} · ${nameOf(step)}${on}`),
  ];
}

/** A deal that ended asks nothing of anybody any more. */
function stateOf(step: Homework, { today, calendar }: PlanView): string {
  if (step.dueOn === today) return 'Today';
  if (!isLate(step, today)) return '';
  const lateBd = businessDaysBetween(step.dueOn, today, calendar);
  return lateBd === 0 ? 'Late' : `Late by ${count(lateBd, 'day')}`;
}

function factsOf(step: Homework, today: Day): string[] {
  const moved = step.originalDueOn !== step.dueOn;
  const first = moved ? ` (first ${sayDay(step.originalDueOn, today)})` : '';
  return [
    whoseStep[step.side],
    nameOf(step),
    `due ${sayDay(step.dueOn, today)}${first}`,
    ...markOf(step),
    ...(step.gate ? ['gate'] : []),
  ];
}

function nameOf({ doer: { name } }: Homework): string {
  return name === '—' ? 'no name yet' : shorten(name, 50);
}

/** Asked and agreed are two things; our own steps need no asking. */
function markOf(step: Homework): string[] {
  if (step.status === 'needs_rewrite') {
    return [step.pointless ? 'called pointless, reword it' : 'confused them, reword it'];
  }
  if (step.status === 'in_progress') return ['under way'];
  if (step.side === 'seller') return [];
  if (step.agreedOn) return ['said yes'];
  return [step.askedOn ? 'asked' : 'not asked'];
}
