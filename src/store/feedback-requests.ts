import { and, asc, eq, inArray, lte } from 'drizzle-orm';
import type { Day } from '../domain/calendar.ts';
import {
  type FeedbackChoice,
  type FeedbackRequest,
  openFeedbackStates,
} from '../domain/feedback.ts';
import type { DealId, FeedbackRequestId, WorkspaceId } from '../domain/ids.ts';
import { inMany } from './lists.ts';
import type { Tx } from './store.ts';

type Row = Tx['tables']['feedbackRequests']['$inferSelect'];

function toRequest(row: Row): FeedbackRequest {
  return {
    ...row,
    contactId: row.contactId ?? undefined,
    sentOn: row.sentOn ?? undefined,
    remindedOn: row.remindedOn ?? undefined,
    closedOn: row.closedOn ?? undefined,
    choices: row.choices as FeedbackChoice[],
    words: row.words ?? undefined,
    couldHaveWon: row.couldHaveWon ?? undefined,
  };
}

/** Keeps a request; false when the deal has one. */
export async function insertFeedbackRequest(tx: Tx, request: FeedbackRequest): Promise<boolean> {
  const { feedbackRequests } = tx.tables;
  const rows = await tx
    .insert(feedbackRequests)
    .values({ ...request, choices: [...request.choices] })
    .onConflictDoNothing()
    .returning({ id: feedbackRequests.id });
  return rows.length === 1;
}

export async function findFeedbackRequest(
  tx: Tx,
  workspaceId: WorkspaceId,
  id: FeedbackRequestId,
): Promise<FeedbackRequest | undefined> {
  const { feedbackRequests } = tx.tables;
  const [row] = await tx
    .select()
    .from(feedbackRequests)
    .where(and(eq(feedbackRequests.workspaceId, workspaceId), eq(feedbackRequests.id, id)));
  return row && toRequest(row);
}

/** The requests of many deals, in one query. */
export async function listFeedbackOfDeals(
  tx: Tx,
  workspaceId: WorkspaceId,
  dealIds: readonly DealId[],
): Promise<Map<DealId, FeedbackRequest>> {
  const { feedbackRequests } = tx.tables;
  const rows = await tx
    .select()
    .from(feedbackRequests)
    .where(inMany(tx, feedbackRequests.dealId, dealIds));
  const ours = rows.filter((row) => row.workspaceId === workspaceId);
  return new Map(ours.map((row) => [row.dealId, toRequest(row)]));
}

export async function findFeedbackOfDeal(
  tx: Tx,
  workspaceId: WorkspaceId,
  dealId: DealId,
): Promise<FeedbackRequest | undefined> {
  return (await listFeedbackOfDeals(tx, workspaceId, [dealId])).get(dealId);
}

/** Requests that somebody may still have to send or to remind of, drafted for `day` or before. */
export async function listOpenFeedback(
  tx: Tx,
  workspaceId: WorkspaceId,
  draftedBy: Day,
): Promise<FeedbackRequest[]> {
  const { feedbackRequests } = tx.tables;
  const rows = await tx
    .select()
    .from(feedbackRequests)
    .where(
      and(
        eq(feedbackRequests.workspaceId, workspaceId),
        inArray(feedbackRequests.state, [...openFeedbackStates]),
        lte(feedbackRequests.draftedOn, draftedBy),
      ),
    )
    .orderBy(asc(feedbackRequests.id));
  return rows.map(toRequest);
}

/** What may change about a request. */
export type FeedbackChange = Partial<
  Omit<FeedbackRequest, 'id' | 'workspaceId' | 'dealId' | 'agreed' | 'draftedOn'>
>;

/**
 * Changes a request that is still in the state the caller saw; false when somebody was faster. A key
 * that is there with `undefined` empties its column.
 */
export async function changeFeedbackRequest(
  tx: Tx,
  { workspaceId, id, state }: Pick<FeedbackRequest, 'workspaceId' | 'id' | 'state'>,
  change: FeedbackChange,
): Promise<boolean> {
  const { feedbackRequests } = tx.tables;
  const columns = Object.fromEntries(
    Object.entries(change).map(([name, value]) => [name, value ?? null]),
  );
  const rows = await tx
    .update(feedbackRequests)
    .set(columns)
    .where(
      and(
        eq(feedbackRequests.workspaceId, workspaceId),
        eq(feedbackRequests.id, id),
        eq(feedbackRequests.state, state),
      ),
    )
    .returning({ id: feedbackRequests.id });
  return rows.length === 1;
}

/** Closes requests that had their time without an answer. */
export async function closeFeedbackRequests(
  tx: Tx,
  workspaceId: WorkspaceId,
  ids: readonly FeedbackRequestId[],
  closedOn: Day,
): Promise<void> {
  const { feedbackRequests } = tx.tables;
  await tx
    .update(feedbackRequests)
    .set({ state: 'closed', closedOn })
    .where(
      and(eq(feedbackRequests.workspaceId, workspaceId), inMany(tx, feedbackRequests.id, ids)),
    );
}
