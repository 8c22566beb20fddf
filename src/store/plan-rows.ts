import type { OpenDeal } from '../domain/deal.ts';
import type { PlanRows } from '../domain/plan-state.ts';
import { listDealContacts } from './contacts.ts';
import { listHomework } from './homework.ts';
import { listRevisions } from './revisions.ts';
import type { Tx } from './store.ts';
import { listTouches } from './touches.ts';

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
