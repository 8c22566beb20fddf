import { and, asc, eq, inArray, isNull } from 'drizzle-orm';
import type { DateRevisionId, DealId, PersonId, WorkspaceId } from '../domain/ids.ts';
import type { DateRevision, KeepWay } from '../domain/slips.ts';
import type { Tx } from './store.ts';

/** A move of a decision date with who made it and why. */
export interface KeptRevision extends DateRevision {
  readonly id: DateRevisionId;
  readonly dealId: DealId;
  readonly at: Date;
  /** Undefined when nobody did: the date passed. */
  readonly byId: PersonId | undefined;
  readonly reason: string;
  readonly tried: readonly KeepWay[];
}

/** Keeps a move; nothing but its acknowledgement ever changes about it. */
export async function insertRevision(
  tx: Tx,
  workspaceId: WorkspaceId,
  { acknowledged: _, ...revision }: KeptRevision,
): Promise<void> {
  const { dateRevisions } = tx.tables;
  const row = { ...revision, workspaceId, byId: revision.byId ?? null, tried: [...revision.tried] };
  await tx.insert(dateRevisions).values(row);
}

/** The moves of each deal in the order they were made, in one query. */
export async function listRevisions(
  tx: Tx,
  workspaceId: WorkspaceId,
  dealIds: readonly DealId[],
): Promise<Map<DealId, KeptRevision[]>> {
  const { dateRevisions } = tx.tables;
  const found = new Map<DealId, KeptRevision[]>();
  if (dealIds.length === 0) return found;
  const rows = await tx
    .select()
    .from(dateRevisions)
    .where(
      and(eq(dateRevisions.workspaceId, workspaceId), inArray(dateRevisions.dealId, [...dealIds])),
    )
    .orderBy(asc(dateRevisions.at), asc(dateRevisions.id));
  for (const { workspaceId: __, acknowledgedAt, acknowledgedById: ___, byId, ...row } of rows) {
    const revision = { ...row, byId: byId ?? undefined, acknowledged: acknowledgedAt !== null };
    found.set(row.dealId, [...(found.get(row.dealId) ?? []), revision]);
  }
  return found;
}

/** The manager has seen the slips of a deal. @returns how many were new to them. */
export async function acknowledgeRevisions(
  tx: Tx,
  dealId: DealId,
  by: { readonly personId: PersonId; readonly now: Date },
): Promise<number> {
  const { dateRevisions } = tx.tables;
  const rows = await tx
    .update(dateRevisions)
    .set({ acknowledgedById: by.personId, acknowledgedAt: by.now })
    .where(and(eq(dateRevisions.dealId, dealId), isNull(dateRevisions.acknowledgedAt)))
    .returning({ id: dateRevisions.id });
  return rows.length;
}
