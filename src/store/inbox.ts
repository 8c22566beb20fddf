import type { WorkspaceId } from '../domain/ids.ts';
import type { Tx } from './store.ts';

/**
 * Whether an event or a submitted view comes for the first time. Asked in the transaction that
 * does the work, so that a redelivery does nothing and a failure leaves it to be done.
 */
export async function firstSeen(
  tx: Tx,
  workspaceId: WorkspaceId,
  key: string,
  now: Date,
): Promise<boolean> {
  const { inbox } = tx.tables;
  const rows = await tx
    .insert(inbox)
    .values({ workspaceId, key, seenAt: now })
    .onConflictDoNothing({ target: [inbox.workspaceId, inbox.key] })
    .returning({ key: inbox.key });
  return rows.length === 1;
}
