import type { OpenDeal } from '../domain/deal.ts';
import type { PlanRows } from '../domain/plan-state.ts';
import { listContactsOfDeals, listDealContacts } from './contacts.ts';
import { listHomework, listHomeworkOfDeals } from './homework.ts';
import { listRevisions } from './revisions.ts';
import type { Tx } from './store.ts';
import { listTouches, listTouchesOfDeals } from './touches.ts';

/** Everything a plan is judged by, for `assessPlan`. */
export async function loadPlanRows(tx: Tx, deal: OpenDeal): Promise<PlanRows> {
  return {
    deal,
    steps: await listHomework(tx, deal.id),
    contacts: await listDealContacts(tx, deal.id),
    touches: await listTouches(tx, deal.id),
    revisions: (await listRevisions(tx, deal.workspaceId, [deal.id])).get(deal.id) ?? [],
  };
}

/**
 * The same for any number of deals of one workspace, in their order, in one query a table. All of it
 * is held at once: whoever goes through a whole pipeline gives a few thousand deals at a time.
 */
export async function loadPlanRowsOf(tx: Tx, deals: readonly OpenDeal[]): Promise<PlanRows[]> {
  const [first] = deals;
  if (!first) return [];
  const ids = deals.map(({ id }) => id);
  const steps = await listHomeworkOfDeals(tx, ids);
  const contacts = await listContactsOfDeals(tx, ids);
  const touches = await listTouchesOfDeals(tx, ids);
  const revisions = await listRevisions(tx, first.workspaceId, ids);
  return deals.map((deal) => ({
    deal,
    steps: steps.get(deal.id) ?? [],
    contacts: contacts.get(deal.id) ?? [],
    touches: touches.get(deal.id) ?? [],
    revisions: revisions.get(deal.id) ?? [],
  }));
}
