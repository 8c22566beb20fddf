import { and } from 'drizzle-orm';
import type { Deal } from '../domain/deal.ts';
import type { DealId } from '../domain/ids.ts';
import type { Person } from '../domain/person.ts';
import { selectDeals, toDeal, visibleTo } from './deal-queries.ts';
import { inMany } from './lists.ts';
import type { Tx } from './store.ts';

/** Those of the named deals that somebody may see (`can`), in one query; nothing for outsiders. */
export async function listVisibleDeals(
  tx: Tx,
  viewer: Person,
  ids: readonly DealId[],
): Promise<Map<DealId, Deal>> {
  if (!viewer.active || viewer.standing !== 'member') return new Map();
  const { deals } = tx.tables;
  // The ids narrow it down: asked by workspace first, SQLite goes through all of its deals.
  const rows = await selectDeals(tx).where(
    and(inMany(tx, deals.id, ids), visibleTo(tx, viewer.id, viewer.role === 'admin' ? 1 : 0)),
  );
  const own = rows.filter(({ workspaceId }) => workspaceId === viewer.workspaceId);
  return new Map(own.map((row) => [row.id, toDeal(row)]));
}
