import { and, eq } from 'drizzle-orm';
import type { DealId, PersonId } from '../domain/ids.ts';
import { inMany } from './lists.ts';
import type { Tx } from './store.ts';

/** Who gave which deal away, as far back as there is a history. */
export async function listFormerOwners(
  tx: Tx,
  dealIds: readonly DealId[],
): Promise<{ dealId: DealId; ownerId: PersonId }[]> {
  const { events } = tx.tables;
  if (dealIds.length === 0) return [];
  const rows = await tx
    .select({ dealId: events.dealId, payload: events.payload })
    .from(events)
    .where(and(inMany(tx, events.dealId, dealIds), eq(events.kind, 'deal_reassigned')));
  return rows.flatMap(({ dealId, payload }) => {
    const from = payload['from'];
    return typeof from === 'string' ? [{ dealId, ownerId: from as PersonId }] : [];
  });
}
