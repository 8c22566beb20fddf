import type { Deps } from '../../deps.ts';
import { dayIn } from '../../domain/calendar.ts';
import type { DealId } from '../../domain/ids.ts';
import type { Person } from '../../domain/person.ts';
import { isRefusal, type Refusal } from '../../domain/refusal.ts';
import type { Message } from '../../slack/message.ts';
import { listHomework } from '../../store/homework.ts';
import { findPerson } from '../../store/people.ts';
import { reachDeal } from '../../store/reach-deal.ts';
import { buildPlanMessage } from './plan-message.ts';

/** The plan card of a deal as `actor` may see it, from the state of this moment. */
export async function showPlan(
  deps: Deps,
  actor: Person,
  dealId: DealId,
): Promise<Message | Refusal> {
  return deps.store.read(async (tx) => {
    const deal = await reachDeal(tx, actor, dealId);
    if (isRefusal(deal)) return deal;
    const owner = await findPerson(tx, actor.workspaceId, deal.ownerId);
    return buildPlanMessage({
      deal,
      ownerName: owner?.name ?? '—',
      steps: await listHomework(tx, deal.id),
      today: dayIn(deps.clock.now(), deal.zone),
      mayChange: !isRefusal(await reachDeal(tx, actor, dealId, 'change')),
    });
  });
}
