import { type Day, sayDay } from '../../domain/calendar.ts';
import type { OpenDeal } from '../../domain/deal.ts';
import type { DealId } from '../../domain/ids.ts';
import type { Person } from '../../domain/person.ts';
import { AppError, isRefusal, type Refusal, refuse } from '../../domain/refusal.ts';
import { changeDeal } from '../../store/deals.ts';
import { appendEvent } from '../../store/events.ts';
import { type DateDeps, type DateState, reachDate, refuseMoved } from './date-state.ts';

/** The date of a deal that the buyer said yes to. */
export interface AgreedDate extends DateState {
  readonly deal: OpenDeal & { readonly dateAgreedOn: Day };
}

/**
 * The buyer said yes to the date that stands; `actor` vouches for it. It is the day the words were
 * told here. Said twice, the first time counts.
 * @param seenOn the date they said yes to, where it was shown: not to one that came after it.
 */
export async function agreeDate(
  deps: DateDeps,
  actor: Person,
  dealId: DealId,
  seenOn?: Day,
): Promise<AgreedDate | Refusal> {
  return deps.store.transaction(async (tx) => {
    const state = await reachDate(deps, tx, actor, dealId);
    if (isRefusal(state)) return state;
    const { deal, today } = state;
    const moved = seenOn && refuseMoved(state, seenOn);
    if (moved) return moved;
    if (!deal.decisionOn) {
      return refuse('no_date', 'There is no decision date yet. /deal date sets the first one.');
    }
    if (deal.dateAgreedOn) return { ...state, deal: { ...deal, dateAgreedOn: deal.dateAgreedOn } };
    if (deal.decisionOn < today) {
      const passed = sayDay(deal.decisionOn, today);
      return refuse('past_day', `${passed} has passed. Agree on a new date with /deal date first.`);
    }
    const change = { dateAgreedOn: today };
    if (!(await changeDeal(tx, deal, change))) {
      throw new AppError(`Deal '${deal.id}' changed within the transaction that read it`, {
        code: 'deal_conflict',
      });
    }
    await appendEvent(tx, {
      workspaceId: deal.workspaceId,
      dealId,
      at: deps.clock.now(),
      actorId: actor.id,
      side: 'buyer',
      kind: 'date_agreed',
      payload: { decisionOn: deal.decisionOn, attestedBy: actor.id },
    });
    return { ...state, deal: { ...deal, ...change, version: deal.version + 1 } };
  });
}
