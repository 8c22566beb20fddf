import { and, eq } from 'drizzle-orm';
import type { Day } from '../domain/calendar.ts';
import type { HelpRole, HelpState } from '../domain/help.ts';
import type { DealId, HelpRequestId, PersonId, WorkspaceId } from '../domain/ids.ts';
import type { StallCode } from '../domain/stalls.ts';
import type { Tx } from './store.ts';

/** One person asked another to help with a deal. */
export interface HelpRequest {
  readonly id: HelpRequestId;
  readonly workspaceId: WorkspaceId;
  readonly dealId: DealId;
  readonly askedById: PersonId;
  readonly askedId: PersonId;
  readonly role: HelpRole;
  readonly what: string;
  readonly dueOn: Day;
  readonly state: HelpState;
  /** What held the deal up when they were asked. */
  readonly code: StallCode | undefined;
  readonly createdAt: Date;
  readonly answeredAt: Date | undefined;
  /** Why not, in their words. */
  readonly note: string | undefined;
}

export async function insertHelpRequest(tx: Tx, request: HelpRequest): Promise<void> {
  await tx.insert(tx.tables.helpRequests).values(request);
}

export async function findHelpRequest(
  tx: Tx,
  workspaceId: WorkspaceId,
  id: HelpRequestId,
): Promise<HelpRequest | undefined> {
  const { helpRequests } = tx.tables;
  const [row] = await tx
    .select()
    .from(helpRequests)
    .where(and(eq(helpRequests.workspaceId, workspaceId), eq(helpRequests.id, id)));
  return (
    row && {
      ...row,
      code: row.code ?? undefined,
      answeredAt: row.answeredAt ?? undefined,
      note: row.note ?? undefined,
    }
  );
}

/** Keeps an answer. @returns false when somebody has changed its state meanwhile. */
export async function changeHelpRequest(
  tx: Tx,
  { id, state }: Pick<HelpRequest, 'id' | 'state'>,
  to: Pick<HelpRequest, 'state' | 'note'> & { readonly answeredAt: Date },
): Promise<boolean> {
  const { helpRequests } = tx.tables;
  const rows = await tx
    .update(helpRequests)
    .set({ ...to, note: to.note ?? null })
    .where(and(eq(helpRequests.id, id), eq(helpRequests.state, state)))
    .returning({ id: helpRequests.id });
  return rows.length === 1;
}
