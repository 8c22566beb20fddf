import { and, asc, count, eq, gt, inArray, isNull, lte, sql } from 'drizzle-orm';
import type { Day } from '../domain/calendar.ts';
import type { Privacy } from '../domain/deal.ts';
import type { Finding, FindingPlace, FindingState, ReasonCount } from '../domain/finding.ts';
import {
  type ChannelId,
  type DealId,
  type FindingId,
  type MessageTs,
  newId,
  type ReviewId,
  type RevisitId,
  type WorkspaceId,
} from '../domain/ids.ts';
import { inMany } from './lists.ts';
import type { Tx } from './store.ts';

type FindingRow = Tx['tables']['findings']['$inferSelect'];

function toFinding(row: FindingRow): Finding {
  return {
    ...row,
    reasonCode: row.reasonCode ?? undefined,
    ownerId: row.ownerId ?? undefined,
    answerNote: row.answerNote ?? undefined,
    createdById: row.createdById ?? undefined,
    channelId: row.channelId ?? undefined,
    messageTs: row.messageTs ?? undefined,
  };
}

/** A finding that nobody has seen yet. */
export type NewFinding = Pick<
  Finding,
  'workspaceId' | 'reviewId' | 'place' | 'text' | 'reasonCode' | 'evidence' | 'createdById'
>;

export async function insertFindings(
  tx: Tx,
  found: readonly NewFinding[],
  now: Date,
): Promise<void> {
  if (found.length === 0) return;
  await tx.insert(tx.tables.findings).values(
    found.map((finding) => ({
      ...finding,
      id: newId<FindingId>(now),
      state: 'received' as const,
      createdAt: now,
      changedAt: now,
    })),
  );
}

export async function findFinding(
  tx: Tx,
  workspaceId: WorkspaceId,
  id: FindingId,
): Promise<Finding | undefined> {
  const { findings } = tx.tables;
  const [row] = await tx
    .select()
    .from(findings)
    .where(and(eq(findings.workspaceId, workspaceId), eq(findings.id, id)));
  return row && toFinding(row);
}

/** A finding with the deal it comes from. */
export interface PlacedFinding extends Finding {
  readonly dealId: DealId;
  readonly account: string;
  readonly dealName: string;
  readonly privacy: Privacy;
}

/** Findings by their ids in the order they were made, each with its deal, in one query. */
export async function listFindings(
  tx: Tx,
  workspaceId: WorkspaceId,
  ids: readonly FindingId[],
): Promise<PlacedFinding[]> {
  const { findings } = tx.tables;
  const rows = await selectPlaced(tx)
    .where(and(eq(findings.workspaceId, workspaceId), inMany(tx, findings.id, ids)))
    .orderBy(asc(findings.id));
  return rows.map(toPlaced);
}

/** All findings of some reviews, the earlier ones first. */
export async function listFindingsOfReviews(
  tx: Tx,
  workspaceId: WorkspaceId,
  reviewIds: readonly ReviewId[],
): Promise<Finding[]> {
  const { findings } = tx.tables;
  const rows = await tx
    .select()
    .from(findings)
    .where(and(eq(findings.workspaceId, workspaceId), inMany(tx, findings.reviewId, reviewIds)))
    .orderBy(asc(findings.id));
  return rows.map(toFinding);
}

/** The findings that stand in one message. */
export async function listFindingsOfMessage(
  tx: Tx,
  workspaceId: WorkspaceId,
  at: { readonly channelId: ChannelId; readonly messageTs: MessageTs },
): Promise<PlacedFinding[]> {
  const { findings } = tx.tables;
  const rows = await selectPlaced(tx)
    .where(
      and(
        eq(findings.workspaceId, workspaceId),
        eq(findings.channelId, at.channelId),
        eq(findings.messageTs, at.messageTs),
      ),
    )
    .orderBy(asc(findings.id));
  return rows.map(toPlaced);
}

function selectPlaced(tx: Tx) {
  const { accounts, deals, findings, reviews } = tx.tables;
  return tx
    .select({
      finding: findings,
      dealId: deals.id,
      account: accounts.name,
      dealName: deals.name,
      privacy: deals.privacy,
    })
    .from(findings)
    .innerJoin(reviews, eq(reviews.id, findings.reviewId))
    .innerJoin(deals, eq(deals.id, reviews.dealId))
    .innerJoin(accounts, eq(accounts.id, deals.accountId));
}

function toPlaced({
  finding,
  ...deal
}: Awaited<ReturnType<typeof selectPlaced>>[number]): PlacedFinding {
  return { ...toFinding(finding), ...deal };
}

/**
 * Findings made up to `until` that stand in no message and are on their way in none, in the order
 * they were made. One whose message could not be posted comes along with the next.
 */
export async function listFindingsToPost(
  tx: Tx,
  workspaceId: WorkspaceId,
  until: Date,
): Promise<Finding[]> {
  const { findings, outbox } = tx.tables;
  const rows = await tx
    .select()
    .from(findings)
    .where(
      and(
        eq(findings.workspaceId, workspaceId),
        eq(findings.state, 'received'),
        isNull(findings.messageTs),
        lte(findings.createdAt, until),
      ),
    )
    .orderBy(asc(findings.id));
  if (rows.length === 0) return [];
  const queued = await tx
    .select({ payload: outbox.payload })
    .from(outbox)
    .where(
      and(
        eq(outbox.workspaceId, workspaceId),
        eq(outbox.kind, 'findings_posted'),
        inArray(outbox.state, ['pending', 'sending', 'unknown']),
      ),
    );
  const away = new Set(queued.flatMap(({ payload }) => readFindingIds(payload)));
  return rows.map(toFinding).filter(({ id }) => !away.has(id));
}

/** The findings a queued message is about. */
export function readFindingIds(payload: Readonly<Record<string, string>>): FindingId[] {
  const { findingIds = '' } = payload;
  return findingIds.split(',').filter(Boolean) as FindingId[];
}

/** Keeps where some findings stand. */
export async function placeFindings(
  tx: Tx,
  workspaceId: WorkspaceId,
  ids: readonly FindingId[],
  at: { readonly channelId: ChannelId; readonly messageTs: MessageTs },
): Promise<void> {
  const { findings } = tx.tables;
  await tx
    .update(findings)
    .set(at)
    .where(
      and(
        eq(findings.workspaceId, workspaceId),
        inMany(tx, findings.id, ids),
        isNull(findings.messageTs),
      ),
    );
}

/** Moves a finding on from the state the caller saw. @returns false when somebody was faster. */
export async function changeFinding(
  tx: Tx,
  { id, workspaceId, state }: Pick<Finding, 'id' | 'workspaceId' | 'state'>,
  to: Pick<Finding, 'state' | 'changedAt'> & Partial<Pick<Finding, 'ownerId' | 'answerNote'>>,
): Promise<boolean> {
  const { findings } = tx.tables;
  const rows = await tx
    .update(findings)
    .set(to)
    .where(
      and(eq(findings.workspaceId, workspaceId), eq(findings.id, id), eq(findings.state, state)),
    )
    .returning({ id: findings.id });
  return rows.length === 1;
}

/** How many findings of a time went where and how they stand; restricted deals are in it, unnamed. */
export async function countFindings(
  tx: Tx,
  workspaceId: WorkspaceId,
  span: { readonly since: Date; readonly until: Date },
): Promise<{ place: FindingPlace; state: FindingState; findings: number }[]> {
  const { findings } = tx.tables;
  return tx
    .select({ place: findings.place, state: findings.state, findings: count() })
    .from(findings)
    .where(
      and(
        eq(findings.workspaceId, workspaceId),
        gt(findings.createdAt, span.since),
        lte(findings.createdAt, span.until),
      ),
    )
    .groupBy(findings.place, findings.state)
    .orderBy(findings.place, findings.state);
}

/** How often losses logged in a time named each reason, as first or contributing; in one query. */
export async function tallyReasons(
  tx: Tx,
  workspaceId: WorkspaceId,
  span: { readonly since: Date; readonly until: Date },
): Promise<(reasonCode: string) => ReasonCount> {
  const { deals, losses } = tx.tables;
  const rows = await tx
    .select({ reasonCode: losses.reasonCode, contributing: losses.contributing })
    .from(losses)
    .innerJoin(deals, and(eq(deals.id, losses.dealId), eq(deals.status, 'lost')))
    .where(
      and(
        eq(losses.workspaceId, workspaceId),
        gt(losses.loggedAt, span.since),
        lte(losses.loggedAt, span.until),
      ),
    );
  const named = new Map<string, number>();
  for (const { reasonCode, contributing } of rows) {
    for (const code of new Set([...(reasonCode ? [reasonCode] : []), ...contributing])) {
      named.set(code, (named.get(code) ?? 0) + 1);
    }
  }
  return (code) => ({ named: named.get(code) ?? 0, losses: rows.length });
}

/**
 * Something a lost deal lacked is there now: its come-back day is today (METHOD §4.7). One that was
 * followed up or let go stays as it is.
 */
export async function raiseRevisit(
  tx: Tx,
  of: { readonly workspaceId: WorkspaceId; readonly dealId: DealId },
  raised: { readonly on: Day; readonly trigger: string; readonly now: Date },
): Promise<void> {
  const { revisits } = tx.tables;
  const { on, trigger, now } = raised;
  await tx
    .insert(revisits)
    .values({ id: newId<RevisitId>(now), ...of, on, trigger, state: 'raised' })
    .onConflictDoUpdate({
      target: revisits.dealId,
      set: { on, trigger, state: 'raised' },
      setWhere: sql`${revisits.state} in ('waiting', 'raised')`,
    });
}
