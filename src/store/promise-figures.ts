import { and, count, eq, gt, lte, sql } from 'drizzle-orm';
import type { Day } from '../domain/calendar.ts';
import type { WorkspaceId } from '../domain/ids.ts';
import type { Tally } from '../domain/plan-metrics.ts';
import type { CommitmentKind, CommitmentState } from '../domain/practice.ts';
import type { Tx } from './store.ts';

/** A promise that was due in a stretch of days. */
export interface DuePromise {
  readonly kind: CommitmentKind;
  readonly what: string;
  readonly dueOn: Day;
  readonly state: CommitmentState;
  readonly endedAt: Date | undefined;
}

/** Promises due in a stretch, those of restricted deals apart. */
export async function listDuePromises(
  tx: Tx,
  workspaceId: WorkspaceId,
  { after, until }: { readonly after: Day; readonly until: Day },
): Promise<DuePromise[]> {
  const { commitments, deals, reviews } = tx.tables;
  const rows = await tx
    .select({
      kind: commitments.kind,
      what: commitments.what,
      dueOn: commitments.dueOn,
      state: commitments.state,
      endedAt: commitments.endedAt,
    })
    .from(commitments)
    .leftJoin(reviews, eq(reviews.id, commitments.reviewId))
    .leftJoin(deals, eq(deals.id, reviews.dealId))
    .where(
      and(
        eq(commitments.workspaceId, workspaceId),
        gt(commitments.dueOn, after),
        lte(commitments.dueOn, until),
        sql`(${deals.privacy} is null or ${deals.privacy} = 'team')`,
      ),
    )
    .orderBy(commitments.dueOn, commitments.id);
  return rows.map((row) => ({ ...row, endedAt: row.endedAt ?? undefined }));
}

/** Buyers who answered, of those who were asked in a stretch (METHOD §3.5, feedback reply rate). */
export async function countFeedback(
  tx: Tx,
  workspaceId: WorkspaceId,
  { after, until }: { readonly after: Day; readonly until: Day },
): Promise<Tally> {
  const { deals, feedbackRequests } = tx.tables;
  const rows = await tx
    .select({ state: feedbackRequests.state, requests: count() })
    .from(feedbackRequests)
    .innerJoin(deals, eq(deals.id, feedbackRequests.dealId))
    .where(
      and(
        eq(feedbackRequests.workspaceId, workspaceId),
        eq(deals.privacy, 'team'),
        gt(feedbackRequests.sentOn, after),
        lte(feedbackRequests.sentOn, until),
      ),
    )
    .groupBy(feedbackRequests.state);
  const sum = (own: typeof rows) => own.reduce((total, row) => total + row.requests, 0);
  return { k: sum(rows.filter(({ state }) => state === 'replied')), n: sum(rows) };
}
