import type { Day } from '../../domain/calendar.ts';
import { replan, type StepMove } from '../../domain/date-move.ts';
import { type Homework, isOpen } from '../../domain/homework.ts';
import type { DealId } from '../../domain/ids.ts';
import type { Person } from '../../domain/person.ts';
import { isRefusal, type Refusal, refuse } from '../../domain/refusal.ts';
import { firstSeen } from '../../store/inbox.ts';
import { type DateDeps, type DateState, reachDate, refuseMoved } from './date-state.ts';
import { dropSteps, moveSteps, toKeepTheDate } from './date-steps.ts';

/** What is done to keep a date. */
export interface KeepForm {
  readonly formId: string;
  /** The date that stood when the form was opened. */
  readonly seenOn: Day;
  readonly squeeze: boolean;
  readonly drop: readonly string[];
}

export interface KeptDate extends DateState {
  readonly moved: readonly StepMove[];
  readonly dropped: readonly Homework[];
}

/**
 * Keeps a date: drops the optional steps that were ticked, then counts the others back from it
 * again. Gates are never dropped here, and no step is due in the past. The same form twice does it
 * once.
 */
export async function keepDate(
  deps: DateDeps,
  actor: Person,
  dealId: DealId,
  form: KeepForm,
): Promise<KeptDate | Refusal> {
  return deps.store.transaction(async (tx) => {
    const state = await reachDate(deps, tx, actor, dealId);
    if (isRefusal(state)) return state;
    const { deal, steps, today, calendar } = state;
    const moved = refuseMoved(state, form.seenOn);
    if (moved) return moved;
    if (!deal.decisionOn || deal.decisionOn < today) {
      return refuse('past_day', 'That day has passed. Open /deal date again for a new one.');
    }
    if (!form.squeeze && form.drop.length === 0) {
      return refuse('nothing_chosen', 'Tick what you want to do, or close this and do nothing.');
    }
    const dropped = steps.filter((step) => isDroppable(step) && form.drop.includes(step.id));
    const kept = steps.filter((step) => !dropped.includes(step));
    const { moves } = form.squeeze ? replan(kept, deal.decisionOn, today, calendar) : { moves: [] };
    const now = deps.clock.now();
    if (!(await firstSeen(tx, actor.workspaceId, `form:${form.formId}`, now))) {
      return { ...state, moved: [], dropped: [] };
    }
    await dropSteps(tx, { actor, now }, dropped);
    await moveSteps(tx, { actor, now, reason: toKeepTheDate }, moves);
    return { ...state, moved: moves, dropped };
  });
}

/** An open step that the decision does not need. */
export function isDroppable(step: Homework): boolean {
  return isOpen(step) && !step.gate;
}
