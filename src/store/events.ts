import { and, asc, eq } from 'drizzle-orm';
import type { DealEventKind } from '../domain/events.ts';
import type { Side } from '../domain/homework.ts';
import { type DealId, newId, type PersonId, type WorkspaceId } from '../domain/ids.ts';
import { inMany } from './lists.ts';
import { refreshBundles } from './nudge-refresh.ts';
import type { Tx } from './store.ts';

/** One thing that happened to a deal. */
export interface DealEvent {
  readonly workspaceId: WorkspaceId;
  readonly dealId: DealId;
  readonly at: Date;
  readonly actorId?: PersonId;
  readonly side?: Side;
  readonly kind: DealEventKind;
  readonly payload?: Record<string, unknown>;
}

/**
 * Appends to the history; nothing ever changes or removes a row of it. Today's bundles that ask
 * about the deal follow.
 */
export async function appendEvent(tx: Tx, event: DealEvent): Promise<void> {
  const { events } = tx.tables;
  await tx.insert(events).values({ id: newId(event.at), payload: {}, ...event });
  await refreshBundles(tx, event);
}

/** Which of the deals a thing of that kind has ever happened to. */
export async function listDealsWithEvent(
  tx: Tx,
  workspaceId: WorkspaceId,
  kind: DealEventKind,
  dealIds: readonly DealId[],
): Promise<Set<DealId>> {
  const { events } = tx.tables;
  const rows = await tx
    .selectDistinct({ dealId: events.dealId })
    .from(events)
    .where(
      and(
        eq(events.workspaceId, workspaceId),
        eq(events.kind, kind),
        inMany(tx, events.dealId, dealIds),
      ),
    );
  return new Set(rows.map(({ dealId }) => dealId));
}

/** Appends several at once, in their order. */
export async function appendEvents(tx: Tx, list: readonly DealEvent[]): Promise<void> {
  const { events } = tx.tables;
  if (list.length === 0) return;
  const rows = list.map((event) => ({ id: newId(event.at), payload: {}, ...event }));
  await tx.insert(events).values(rows);
  for (const dealId of new Set(list.map((event) => event.dealId))) {
    const event = list.find((one) => one.dealId === dealId);
    if (event) await refreshBundles(tx, event);
  }
}

/** What happened to one deal of one kind, in the order it happened. */
export async function listDealEvents(
  tx: Tx,
  dealId: DealId,
  kind: DealEventKind,
): Promise<{ readonly at: Date; readonly payload: Record<string, unknown> }[]> {
  const { events } = tx.tables;
  return tx
    .select({ at: events.at, payload: events.payload })
    .from(events)
    .where(and(eq(events.dealId, dealId), eq(events.kind, kind)))
    .orderBy(asc(events.at), asc(events.id));
}
