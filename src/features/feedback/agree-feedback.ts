import type { Deps } from '../../deps.ts';
import type { OpenDeal } from '../../domain/deal.ts';
import type { DealId } from '../../domain/ids.ts';
import type { Person } from '../../domain/person.ts';
import { isRefusal, type Refusal, refuse } from '../../domain/refusal.ts';
import { changeDeal } from '../../store/deals.ts';
import { appendEvent } from '../../store/events.ts';
import { reachOpenDeal } from '../../store/reach-deal.ts';

/** Keeps whether a buyer will tell us afterwards what to do better, asked before they decide. */
export async function agreeFeedback(
  deps: Deps,
  actor: Person,
  dealId: DealId,
  answer: string | undefined,
): Promise<OpenDeal | Refusal> {
  if (answer !== 'yes' && answer !== 'no') {
    return refuse('no_answer', 'Pick what they said, or close this and ask them first.', 'agreed');
  }
  const feedbackAgreed = answer === 'yes';
  const now = deps.clock.now();
  return deps.store.transaction(async (tx) => {
    const deal = await reachOpenDeal(tx, actor, dealId);
    if (isRefusal(deal)) return deal;
    if (deal.feedbackAgreed === feedbackAgreed) return deal;
    if (!(await changeDeal(tx, deal, { feedbackAgreed }))) {
      return refuse('deal_changed', 'Somebody changed this deal just now. Please look again.');
    }
    await appendEvent(tx, {
      workspaceId: actor.workspaceId,
      dealId,
      at: now,
      actorId: actor.id,
      kind: 'feedback_agreed',
      payload: { agreed: feedbackAgreed },
    });
    return { ...deal, feedbackAgreed };
  });
}
