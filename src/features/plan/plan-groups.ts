import { type BusinessCalendar, businessDaysBetween, type Day } from '../../domain/calendar.ts';
import { type Homework, isFinished, isLate, isOpen } from '../../domain/homework.ts';

const nowBd = 5;
const nextBd = 15;

/** The steps of a plan by when they want somebody; what was dropped is in none. */
export interface PlanGroups {
  /** Late, due within five business days, or in progress; the longest late first. */
  readonly now: readonly Homework[];
  /** Due within the ten business days after that. */
  readonly next: readonly Homework[];
  readonly later: readonly Homework[];
  /** In the order they were finished. */
  readonly done: readonly Homework[];
}

export function groupSteps(
  steps: readonly Homework[],
  today: Day,
  calendar: BusinessCalendar,
): PlanGroups {
  const open = steps.filter(isOpen).sort((a, b) => compare(a.dueOn, b.dueOn));
  const placed = open.map((step) => ({ step, group: groupOf(step, today, calendar) }));
  const inGroup = (wanted: 'now' | 'next' | 'later') =>
    placed.filter(({ group }) => group === wanted).map(({ step }) => step);
  return {
    now: inGroup('now'),
    next: inGroup('next'),
    later: inGroup('later'),
    done: steps
      .filter(isFinished)
      .sort((a, b) => compare(a.doneOn ?? a.dueOn, b.doneOn ?? b.dueOn)),
  };
}

function groupOf(step: Homework, today: Day, calendar: BusinessCalendar) {
  if (isLate(step, today) || step.status === 'in_progress') return 'now';
  const leftBd = businessDaysBetween(today, step.dueOn, calendar);
  if (leftBd <= nowBd) return 'now';
  return leftBd <= nextBd ? 'next' : 'later';
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
