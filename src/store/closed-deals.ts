import { and, desc, eq, inArray } from 'drizzle-orm';
import type { ClosedDeal } from '../domain/deal.ts';
import type { ChannelId } from '../domain/ids.ts';
import { foldName, soundsLike } from '../domain/names.ts';
import type { Person } from '../domain/person.ts';
import { contains } from './contains.ts';
import { selectDeals, toDeal, visibleTo } from './deal-queries.ts';
import type { Tx } from './store.ts';

/** How closed deals are looked for: by name, else those of the channel, else the viewer's own. */
export interface ClosedQuery {
  readonly text: string;
  readonly channelId: ChannelId;
  readonly statuses: readonly ClosedDeal['status'][];
}

/**
 * Closed deals that a person may see and may mean, the last one to end first. A name in any close
 * spelling finds them; of several of one name each is there.
 */
export async function searchClosedDeals(
  tx: Tx,
  viewer: Person,
  query: ClosedQuery,
  limit: number,
): Promise<ClosedDeal[]> {
  const { deals } = tx.tables;
  const typed = foldName(query.text);
  if (typed === '') {
    const here = await select(tx, viewer, query, [eq(deals.channelId, query.channelId)], limit);
    return here.length > 0
      ? here
      : select(tx, viewer, query, [eq(deals.ownerId, viewer.id)], limit);
  }
  const words = typed.split(' ').map((word) => contains(deals.searchKey, word));
  const named = await select(tx, viewer, query, words, limit);
  return named.length > 0 ? named : findClose(tx, viewer, query, typed, limit);
}

async function select(
  tx: Tx,
  viewer: Person,
  { statuses }: Pick<ClosedQuery, 'statuses'>,
  conditions: ReturnType<typeof eq>[],
  limit: number,
): Promise<ClosedDeal[]> {
  const { deals } = tx.tables;
  const rows = await selectDeals(tx)
    .where(
      and(
        eq(deals.workspaceId, viewer.workspaceId),
        inArray(deals.status, [...statuses]),
        visibleTo(tx, viewer.id, viewer.role === 'admin' ? 1 : 0),
        ...conditions,
      ),
    )
    .orderBy(desc(deals.closedAt), desc(deals.id))
    .limit(limit);
  return rows.map(toDeal).filter((deal) => deal.status !== 'open');
}

async function findClose(
  tx: Tx,
  viewer: Person,
  query: ClosedQuery,
  typed: string,
  limit: number,
): Promise<ClosedDeal[]> {
  const { deals } = tx.tables;
  const names = await tx
    .selectDistinct({ searchKey: deals.searchKey })
    .from(deals)
    .where(
      and(
        eq(deals.workspaceId, viewer.workspaceId),
        inArray(deals.status, [...query.statuses]),
        visibleTo(tx, viewer.id, viewer.role === 'admin' ? 1 : 0),
      ),
    );
  const close = names.map(({ searchKey }) => searchKey).filter((key) => soundsLike(typed, key));
  if (close.length === 0) return [];
  return select(tx, viewer, query, [inArray(deals.searchKey, close.slice(0, limit))], limit);
}

/**
 * Marks a deal that ended as one that never was; its end stays the day it had. False when somebody
 * was faster.
 */
export async function voidDeal(tx: Tx, deal: ClosedDeal): Promise<boolean> {
  const { deals } = tx.tables;
  const changed = await tx
    .update(deals)
    .set({ status: 'invalid', version: deal.version + 1 })
    .where(
      and(
        eq(deals.workspaceId, deal.workspaceId),
        eq(deals.id, deal.id),
        eq(deals.status, deal.status),
        eq(deals.version, deal.version),
      ),
    )
    .returning({ id: deals.id });
  return changed.length === 1;
}
