import type { Deps } from '../../deps.ts';
import { dayIn } from '../../domain/calendar.ts';
import { dealTitle, type OpenDeal } from '../../domain/deal.ts';
import type { DealId } from '../../domain/ids.ts';
import type { Person } from '../../domain/person.ts';
import { isRefusal, type Refusal, refuse } from '../../domain/refusal.ts';
import { changeDeal } from '../../store/deals.ts';
import { appendEvent } from '../../store/events.ts';
import { reachOpenDeal } from '../../store/reach-deal.ts';
import { dealChanged } from './deal-changed.ts';

/**
 * Ends a pause, also one whose day has come. The decision date is left alone: when it passed
 * meanwhile, the caller asks for a new one.
 */
export async function resumeDeal(
  deps: Deps,
  actor: Person,
  dealId: DealId,
): Promise<OpenDeal | Refusal> {
  const now = deps.clock.now();
  return deps.store.transaction(async (tx) => {
    const deal = await reachOpenDeal(tx, actor, dealId);
    if (isRefusal(deal)) return deal;
    if (!deal.pausedUntil) {
      return refuse(
        'not_paused',
        `${dealTitle(deal)} is not paused. /deal pause lets it rest until a day.`,
      );
    }
    const change = { pausedUntil: undefined, pauseReason: undefined };
    if (!(await changeDeal(tx, deal, change))) return dealChanged;
    await appendEvent(tx, {
      workspaceId: actor.workspaceId,
      dealId,
      at: now,
      actorId: actor.id,
      kind: 'deal_resumed',
      payload: { until: deal.pausedUntil, on: dayIn(now, deal.zone) },
    });
    return { ...deal, ...change };
  });
}
