import { asc, eq } from 'drizzle-orm';
import type { Day } from '../domain/calendar.ts';
import type {
  ContactId,
  DealId,
  HomeworkId,
  PersonId,
  TouchId,
  WorkspaceId,
} from '../domain/ids.ts';
import type { TouchKind, Turn } from '../domain/rally.ts';
import { inMany } from './lists.ts';
import type { Tx } from './store.ts';

/** A word that went to and fro, with who logged it and what it moved. */
export interface Touch extends Turn {
  readonly id: TouchId;
  readonly dealId: DealId;
  readonly at: Date;
  readonly on: Day;
  readonly kind: TouchKind;
  readonly contactId: ContactId | undefined;
  readonly homeworkId: HomeworkId | undefined;
  readonly note: string | undefined;
  readonly byId: PersonId;
}

export async function insertTouch(tx: Tx, workspaceId: WorkspaceId, touch: Touch): Promise<void> {
  const { touches } = tx.tables;
  await tx.insert(touches).values({ ...touch, workspaceId });
}

/** All touches of a deal in the order they happened. */
export async function listTouches(tx: Tx, dealId: DealId): Promise<Touch[]> {
  const { touches } = tx.tables;
  const rows = await tx
    .select()
    .from(touches)
    .where(eq(touches.dealId, dealId))
    .orderBy(asc(touches.at), asc(touches.id));
  return rows.map(({ workspaceId: _, ...row }) => ({
    ...row,
    contactId: row.contactId ?? undefined,
    homeworkId: row.homeworkId ?? undefined,
    note: row.note ?? undefined,
  }));
}

/** Only what a rally is judged by, for any number of deals, in one query. */
export async function listTurnsOfDeals(
  tx: Tx,
  dealIds: readonly DealId[],
): Promise<Map<DealId, Turn[]>> {
  const { dealId, on, side, expectsReply, advance, at, id } = tx.tables.touches;
  const rows = await tx
    .select({ dealId, on, side, expectsReply, advance })
    .from(tx.tables.touches)
    .where(inMany(tx, dealId, dealIds))
    .orderBy(asc(dealId), asc(at), asc(id));
  const byDeal = new Map<DealId, Turn[]>(dealIds.map((one) => [one, []]));
  for (const row of rows) byDeal.get(row.dealId)?.push(row);
  return byDeal;
}
