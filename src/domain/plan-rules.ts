import { addDays, type Day, parseDay, sayDay } from './calendar.ts';
import type { Deal } from './deal.ts';
import { type Refusal, refuse } from './refusal.ts';

/** A plan further ahead than five years is a slip of the finger or a placeholder. */
const furthestDays = 5 * 366;

/**
 * Checks a day a step shall be due: a real day, not before today, not after the decision (METHOD
 * §1.3, S2-9).
 */
export function readDueOn(
  text: string | undefined,
  deal: Pick<Deal, 'decisionOn'>,
  today: Day,
  field: string,
): Day | Refusal {
  const dueOn = parseDay(text ?? '');
  if (!dueOn) return refuse('no_day', 'Pick the day it is due.', field);
  if (dueOn > addDays(today, furthestDays)) return refuseTooFar(dueOn, today, field);
  if (dueOn < today) {
    return refuse('past_day', `${sayDay(dueOn, today)} has passed. Pick today or later.`, field);
  }
  if (deal.decisionOn && dueOn > deal.decisionOn && deal.decisionOn >= today) {
    return refuse(
      'after_decision',
      `They decide on ${sayDay(deal.decisionOn, today)}. Pick a day up to then.`,
      field,
    );
  }
  return dueOn;
}

/** Checks the day the buyer decides: a real day from today on. */
export function readDecisionOn(text: string | undefined, today: Day, field: string): Day | Refusal {
  const on = parseDay(text ?? '');
  if (!on) return refuse('no_day', 'Pick the day they decide.', field);
  if (on > addDays(today, furthestDays)) return refuseTooFar(on, today, field);
  if (on < today) {
    return refuse(
      'past_day',
      `${sayDay(on, today)} has passed. Pick the day they will decide.`,
      field,
    );
  }
  return on;
}

function refuseTooFar(on: Day, today: Day, field: string): Refusal {
  return refuse(
    'far_day',
    `${sayDay(on, today)} is more than five years away. Pick a nearer day.`,
    field,
  );
}
