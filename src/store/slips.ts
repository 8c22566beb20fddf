import { weekdays } from '../domain/calendar.ts';
import type { Deal } from '../domain/deal.ts';
import type { DealId } from '../domain/ids.ts';
import { type SlipSummary, summarizeSlips } from '../domain/slips.ts';
import { listRevisions } from './revisions.ts';
import type { Tx } from './store.ts';

/**
 * What stands beside the dates of deals of one workspace, in one query (METHOD §3.3, 4). Nothing
 * that is printed asks a calendar, so Monday to Friday will do.
 */
export async function listSlips(tx: Tx, deals: readonly Deal[]): Promise<Map<DealId, SlipSummary>> {
  const [first] = deals;
  if (!first) return new Map();
  const ids = deals.map(({ id }) => id);
  const revisions = await listRevisions(tx, first.workspaceId, ids);
  return new Map(
    deals.map((deal) => {
      const dates = { original: deal.originalDecisionOn, current: deal.decisionOn };
      return [deal.id, summarizeSlips(revisions.get(deal.id) ?? [], dates, weekdays)];
    }),
  );
}
