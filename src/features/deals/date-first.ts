import type { OpenDeal } from '../../domain/deal.ts';
import type { DealId } from '../../domain/ids.ts';
import type { Person } from '../../domain/person.ts';
import { readDecisionOn } from '../../domain/plan-rules.ts';
import { AppError, isRefusal, type Refusal, refuse } from '../../domain/refusal.ts';
import { appendEvent } from '../../store/events.ts';
import { setFirstDate } from '../../store/revisions.ts';
import { type DateDeps, type DateState, reachDate } from './date-state.ts';

/**
 * Gives a deal without a decision date its first one, the original for ever. A date that is there
 * already moves with `moveDate` only; the same one again is no error.
 */
export async function nameFirstDate(
  deps: DateDeps,
  actor: Person,
  dealId: DealId,
  typed: string | undefined,
): Promise<(DateState & { readonly deal: OpenDeal }) | Refusal> {
  return deps.store.transaction(async (tx) => {
    const state = await reachDate(deps, tx, actor, dealId);
    if (isRefusal(state)) return state;
    const { deal, today } = state;
    const decisionOn = readDecisionOn(typed, today, 'decision_on');
    if (isRefusal(decisionOn)) return decisionOn;
    if (deal.decisionOn === decisionOn) return state;
    if (deal.decisionOn) {
      return refuse(
        'date_set',
        'Somebody set the date just now. /deal date shows it.',
        'decision_on',
      );
    }
    if (!(await setFirstDate(tx, deal, decisionOn))) {
      throw new AppError(`Deal '${deal.id}' changed within the transaction that read it`, {
        code: 'deal_conflict',
      });
    }
    await appendEvent(tx, {
      workspaceId: deal.workspaceId,
      dealId,
      at: deps.clock.now(),
      actorId: actor.id,
      kind: 'decision_date_set',
      payload: { decisionOn },
    });
    const dated = { ...deal, decisionOn, originalDecisionOn: decisionOn };
    return { ...state, deal: { ...dated, version: deal.version + 1 } };
  });
}
