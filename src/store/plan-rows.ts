import { and, asc, eq } from 'drizzle-orm';
import type { OpenDeal } from '../domain/deal.ts';
import type { DealId, PersonId, WorkspaceId } from '../domain/ids.ts';
import type { PlanRows } from '../domain/plan-state.ts';
import type { TeamRules } from '../domain/team-rules.ts';
import { listContactsOfDeals, listDealContacts } from './contacts.ts';
import { selectDeals, toDeal } from './deal-queries.ts';
import { listHomework, listHomeworkOfDeals } from './homework.ts';
import { inMany } from './lists.ts';
import { listRevisions } from './revisions.ts';
import type { Store, Tx } from './store.ts';
import { loadRulesOfOwners } from './team-rules.ts';
import { listTurnsOfDeals } from './touches.ts';

/** Everything a plan is judged by, for `assessPlan`. */
export async function loadPlanRows(tx: Tx, deal: OpenDeal): Promise<PlanRows> {
  return {
    deal,
    steps: await listHomework(tx, deal.id),
    contacts: await listDealContacts(tx, deal.id),
    touches: (await listTurnsOfDeals(tx, [deal.id])).get(deal.id) ?? [],
    revisions: (await listRevisions(tx, deal.workspaceId, [deal.id])).get(deal.id) ?? [],
    rules: (await loadRulesOfOwners(tx, deal.workspaceId)).get(deal.ownerId),
  };
}

/**
 * The same for any number of deals of one workspace, in their order, in one query a table. All of it
 * is held at once: whoever goes through a whole pipeline takes it by `pagesOfPlans`.
 *
 * @param known the rules of every owner, for who loads several pages.
 */
export async function loadPlanRowsOf(
  tx: Tx,
  deals: readonly OpenDeal[],
  known?: ReadonlyMap<PersonId, TeamRules>,
): Promise<PlanRows[]> {
  const [first] = deals;
  if (!first) return [];
  const rules = known ?? (await loadRulesOfOwners(tx, first.workspaceId));
  const ids = deals.map(({ id }) => id);
  const steps = await listHomeworkOfDeals(tx, ids);
  const contacts = await listContactsOfDeals(tx, ids);
  const touches = await listTurnsOfDeals(tx, ids);
  const revisions = await listRevisions(tx, first.workspaceId, ids);
  return deals.map((deal) => ({
    deal,
    steps: steps.get(deal.id) ?? [],
    contacts: contacts.get(deal.id) ?? [],
    touches: touches.get(deal.id) ?? [],
    revisions: revisions.get(deal.id) ?? [],
    rules: rules.get(deal.ownerId),
  }));
}

/**
 * The rows of every open deal of a workspace by id, a page at a time: only the ids of all are held
 * at once. Each page sees one state; a deal that is closed meanwhile is left out.
 *
 * @param pageSize larger pages are no faster and take more memory.
 */
export async function* pagesOfPlans(
  store: Pick<Store, 'read'>,
  workspaceId: WorkspaceId,
  pageSize = 1_000,
): AsyncGenerator<PlanRows[], void> {
  const { ids, rules } = await store.read(async (tx) => ({
    ids: await listOpenIds(tx, workspaceId),
    rules: await loadRulesOfOwners(tx, workspaceId),
  }));
  for (let from = 0; from < ids.length; from += pageSize) {
    const page = ids.slice(from, from + pageSize);
    yield await store.read(async (tx) => loadPlanRowsOf(tx, await listOpenDeals(tx, page), rules));
  }
}

async function listOpenIds(tx: Tx, workspaceId: WorkspaceId): Promise<DealId[]> {
  const { deals } = tx.tables;
  const rows = await tx
    .select({ id: deals.id })
    .from(deals)
    .where(and(eq(deals.workspaceId, workspaceId), eq(deals.status, 'open')))
    .orderBy(asc(deals.id));
  return rows.map(({ id }) => id);
}

async function listOpenDeals(tx: Tx, ids: readonly DealId[]): Promise<OpenDeal[]> {
  const { deals } = tx.tables;
  const rows = await selectDeals(tx)
    .where(inMany(tx, deals.id, ids))
    .orderBy(asc(deals.id));
  return rows.map(toDeal).flatMap((deal) => (deal.status === 'open' ? [deal] : []));
}
