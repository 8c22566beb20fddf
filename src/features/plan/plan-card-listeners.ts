import type { ListenerDeps } from '../../deps.ts';
import { buildBuyerPlan } from '../../domain/buyer-plan.ts';
import { dayIn } from '../../domain/calendar.ts';
import type { DealId } from '../../domain/ids.ts';
import { isRefusal, type Refusal } from '../../domain/refusal.ts';
import type { Modal } from '../../slack/blocks.ts';
import { type Click, onClick, onSubmit } from '../../slack/listen.ts';
import { reachOpenDeal } from '../../store/reach-deal.ts';
import { buildBuyerModal, buyerModalIds } from './buyer-modal.ts';
import { buildHealthModal } from './health-modal.ts';
import { planCardIds } from './plan-buttons.ts';
import type { JudgedPlan } from './plan-view.ts';
import { judgePlan } from './show-plan.ts';

/** What a plan card opens: the parts of its health, and the buyer's view to copy. */
export function registerPlanCard(deps: ListenerDeps): void {
  onClick(deps, planCardIds.why, (click) => openFor(deps, click, buildHealthModal));
  onClick(deps, planCardIds.copy, (click) => openFor(deps, click, buyerModalOf));
  // There is nothing to save: it was there to be copied.
  onSubmit(deps, buyerModalIds.view, async () => ({ do: 'close' }));
}

function buyerModalOf({ rows, state, today }: JudgedPlan): Modal {
  const { deal, steps } = rows;
  return buildBuyerModal(buildBuyerPlan({ deal, steps, slips: state.slips, today }));
}

async function openFor(
  deps: ListenerDeps,
  click: Click,
  build: (judged: JudgedPlan) => Modal,
): Promise<Refusal | undefined> {
  const judged = await deps.store.read(async (tx) => {
    const deal = await reachOpenDeal(tx, click.actor, click.value as DealId);
    if (isRefusal(deal)) return deal;
    return judgePlan(tx, deal, dayIn(deps.clock.now(), deal.zone), deps.calendars);
  });
  if (isRefusal(judged)) return judged;
  await deps.gateway.openView({ triggerId: click.triggerId, view: build(judged) });
  return undefined;
}
