import { and, eq } from 'drizzle-orm';
import type { Day } from '../domain/calendar.ts';
import type { DealId, RevisitId, WorkspaceId } from '../domain/ids.ts';
import type { RevisitState } from '../domain/revisit.ts';
import type { Tx } from './store.ts';

/** When to look at a lost deal again, and for what (METHOD §4.7). */
export interface Revisit {
  readonly id: RevisitId;
  readonly workspaceId: WorkspaceId;
  readonly dealId: DealId;
  readonly on: Day;
  readonly trigger: string;
  readonly state: RevisitState;
  /** The deal that began again. */
  readonly newDealId: DealId | undefined;
}

type Row = Tx['tables']['revisits']['$inferSelect'];

function toRevisit(row: Row): Revisit {
  return { ...row, newDealId: row.newDealId ?? undefined };
}

/** Keeps a day to come back; false when the deal has one. */
export async function insertRevisit(tx: Tx, revisit: Revisit): Promise<boolean> {
  const { revisits } = tx.tables;
  const rows = await tx
    .insert(revisits)
    .values(revisit)
    .onConflictDoNothing()
    .returning({ id: revisits.id });
  return rows.length === 1;
}

export async function findRevisit(
  tx: Tx,
  workspaceId: WorkspaceId,
  id: RevisitId,
): Promise<Revisit | undefined> {
  const { revisits } = tx.tables;
  const [row] = await tx
    .select()
    .from(revisits)
    .where(and(eq(revisits.workspaceId, workspaceId), eq(revisits.id, id)));
  return row && toRevisit(row);
}

export async function findRevisitOfDeal(
  tx: Tx,
  workspaceId: WorkspaceId,
  dealId: DealId,
): Promise<Revisit | undefined> {
  const { revisits } = tx.tables;
  const [row] = await tx
    .select()
    .from(revisits)
    .where(and(eq(revisits.workspaceId, workspaceId), eq(revisits.dealId, dealId)));
  return row && toRevisit(row);
}

/** Changes a revisit that is still in the state the caller saw; false when somebody was faster. */
export async function changeRevisit(
  tx: Tx,
  { workspaceId, id, state }: Pick<Revisit, 'workspaceId' | 'id' | 'state'>,
  change: Partial<Pick<Revisit, 'on' | 'trigger' | 'state' | 'newDealId'>>,
): Promise<boolean> {
  const { revisits } = tx.tables;
  const rows = await tx
    .update(revisits)
    .set(change)
    .where(
      and(eq(revisits.workspaceId, workspaceId), eq(revisits.id, id), eq(revisits.state, state)),
    )
    .returning({ id: revisits.id });
  return rows.length === 1;
}
