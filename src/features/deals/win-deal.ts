import type { Deps } from '../../deps.ts';
import { dayIn } from '../../domain/calendar.ts';
import type { ClosedDeal } from '../../domain/deal.ts';
import type { DealId } from '../../domain/ids.ts';
import type { Person } from '../../domain/person.ts';
import { isRefusal, type Refusal, refuse } from '../../domain/refusal.ts';
import { closeDeal } from '../../store/deals.ts';
import { appendEvent } from '../../store/events.ts';
import { enqueue } from '../../store/outbox.ts';
import { reachOpenDeal } from '../../store/reach-deal.ts';
import { mayThankInChannel } from './thanks-message.ts';

/**
 * Ends a deal as won, today in its own zone, and thanks both sides in its channel, once (METHOD
 * S0-17). A restricted deal is thanked for nowhere.
 */
export async function winDeal(
  deps: Deps,
  actor: Person,
  dealId: DealId,
): Promise<ClosedDeal | Refusal> {
  const now = deps.clock.now();
  return deps.store.transaction(async (tx) => {
    const deal = await reachOpenDeal(tx, actor, dealId);
    if (isRefusal(deal)) return deal;
    const end = { status: 'won', closedOn: dayIn(now, deal.zone), closedAt: now } as const;
    if (!(await closeDeal(tx, deal, end))) {
      return refuse('deal_changed', 'Somebody changed this deal just now. Please look again.');
    }
    await appendEvent(tx, {
      workspaceId: actor.workspaceId,
      dealId,
      at: now,
      actorId: actor.id,
      kind: 'deal_won',
    });
    if (deal.channelId && mayThankInChannel(deal)) {
      await enqueue(tx, actor.workspaceId, now, [
        {
          kind: 'deal_thanked',
          key: `deal_thanked:${dealId}`,
          target: deal.channelId,
          payload: { dealId },
        },
      ]);
    }
    return { ...deal, ...end };
  });
}
