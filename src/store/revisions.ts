import { and, asc, desc, eq, inArray, isNull, lt, lte, ne, or } from 'drizzle-orm';
import type { Day } from '../domain/calendar.ts';
import type { DateSetting } from '../domain/date-move.ts';
import type { OpenDeal } from '../domain/deal.ts';
import type { DateRevisionId, DealId, PersonId, WorkspaceId } from '../domain/ids.ts';
import type { DateRevision, KeepWay } from '../domain/slips.ts';
import { inMany } from './lists.ts';
import type { Tx } from './store.ts';

const insertChunk = 200;

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
  revision: KeptRevision,
): Promise<void> {
  await insertRevisions(tx, workspaceId, [revision]);
}

/** The same for many deals at once. */
export async function insertRevisions(
  tx: Tx,
  workspaceId: WorkspaceId,
  revisions: readonly KeptRevision[],
): Promise<void> {
  const { dateRevisions } = tx.tables;
  const rows = revisions.map(({ acknowledged: _, byId, tried, ...revision }) => ({
    ...revision,
    workspaceId,
    byId: byId ?? null,
    tried: [...tried],
  }));
  for (let from = 0; from < rows.length; from += insertChunk) {
    await tx.insert(dateRevisions).values(rows.slice(from, from + insertChunk));
  }
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
      and(eq(dateRevisions.workspaceId, workspaceId), inMany(tx, dateRevisions.dealId, dealIds)),
    )
    .orderBy(asc(dateRevisions.at), asc(dateRevisions.id));
  for (const { workspaceId: __, acknowledgedAt, acknowledgedById: ___, byId, ...row } of rows) {
    const revision = { ...row, byId: byId ?? undefined, acknowledged: acknowledgedAt !== null };
    found.set(row.dealId, [...(found.get(row.dealId) ?? []), revision]);
  }
  return found;
}

/**
 * The manager has seen the slips of a deal, up to the one they were told of: what came after it is
 * still unseen. @returns how many were new to them.
 */
export async function acknowledgeRevisions(
  tx: Tx,
  dealId: DealId,
  by: {
    readonly personId: PersonId;
    readonly now: Date;
    readonly upTo: Pick<KeptRevision, 'id' | 'at'>;
  },
): Promise<number> {
  const { dateRevisions } = tx.tables;
  const { id, at } = by.upTo;
  const rows = await tx
    .update(dateRevisions)
    .set({ acknowledgedById: by.personId, acknowledgedAt: by.now })
    .where(
      and(
        eq(dateRevisions.dealId, dealId),
        isNull(dateRevisions.acknowledgedAt),
        or(lt(dateRevisions.at, at), and(eq(dateRevisions.at, at), lte(dateRevisions.id, id))),
      ),
    )
    .returning({ id: dateRevisions.id });
  return rows.length;
}

/** Who gave a deal the date that stands, and when: by a move, else by what it began with. */
export async function findDateSetting(tx: Tx, deal: OpenDeal): Promise<DateSetting | undefined> {
  const { dateRevisions, events } = tx.tables;
  const [move] = await tx
    .select({ byId: dateRevisions.byId, at: dateRevisions.at })
    .from(dateRevisions)
    .where(and(eq(dateRevisions.dealId, deal.id), ne(dateRevisions.kind, 'missed')))
    .orderBy(desc(dateRevisions.at), desc(dateRevisions.id))
    .limit(1);
  if (move) return { ...move, byId: move.byId ?? undefined };
  const [first] = await tx
    .select({ byId: events.actorId, at: events.at })
    .from(events)
    .where(
      and(
        eq(events.dealId, deal.id),
        inArray(events.kind, ['deal_opened', 'deal_imported', 'decision_date_set']),
      ),
    )
    .orderBy(desc(events.at), desc(events.id))
    .limit(1);
  return first && { ...first, byId: first.byId ?? undefined };
}

/**
 * Gives a deal that has no decision date its first one, which is the original for ever. @returns
 * false when somebody was faster.
 */
export async function setFirstDate(tx: Tx, deal: OpenDeal, decisionOn: Day): Promise<boolean> {
  const { deals } = tx.tables;
  const rows = await tx
    .update(deals)
    .set({ decisionOn, originalDecisionOn: decisionOn, version: deal.version + 1 })
    .where(
      and(
        eq(deals.workspaceId, deal.workspaceId),
        eq(deals.id, deal.id),
        eq(deals.status, 'open'),
        eq(deals.version, deal.version),
        isNull(deals.decisionOn),
      ),
    )
    .returning({ id: deals.id });
  return rows.length === 1;
}
