import type { DealEventKind } from '../domain/events.ts';
import type { Side } from '../domain/homework.ts';
import { type DealId, newId, type PersonId, type WorkspaceId } from '../domain/ids.ts';
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

/** Appends to the history; nothing ever changes or removes a row of it. */
export async function appendEvent(tx: Tx, event: DealEvent): Promise<void> {
  const { events } = tx.tables;
  await tx.insert(events).values({ id: newId(event.at), payload: {}, ...event });
}
