import { and, count, countDistinct, desc, eq, isNotNull, isNull, lt, or, sql } from 'drizzle-orm';
import {
  type ChannelId,
  type LossId,
  type LossThreadId,
  type MessageTs,
  newId,
  type SlackUserId,
  type WorkspaceId,
} from '../domain/ids.ts';
import { lossThreadEntries, lossThreadReplies, lossThreads, outbox } from './schema.ts';
import type { Tx } from './store.ts';

const keyPrefix = 'loss_thread:';

/** The key under which the parent of a thread is queued. */
export function lossThreadKey(id: LossThreadId): string {
  return keyPrefix + id;
}

/** One week's thread: which losses it covers and where it was posted. */
export interface LossThread {
  readonly id: LossThreadId;
  readonly scheduledFor: Date;
  /** When the ritual before was due; what it could not tell belongs to this one as well. */
  readonly sinceAt: Date;
  readonly late: boolean;
  readonly channelId: ChannelId | undefined;
  readonly threadTs: MessageTs | undefined;
}

/** Opens the thread of a week; undefined when that week has one already. */
export async function insertLossThread(
  tx: Tx,
  workspaceId: WorkspaceId,
  thread: { scheduledFor: Date; sinceAt: Date; late: boolean; lossIds: readonly LossId[] },
  now: Date,
): Promise<LossThreadId | undefined> {
  const id = newId<LossThreadId>(now);
  const { lossIds, ...row } = thread;
  const inserted = await tx
    .insert(lossThreads)
    .values({ ...row, id, workspaceId })
    .onConflictDoNothing()
    .returning({ id: lossThreads.id });
  if (inserted.length === 0) return undefined;
  for (let from = 0; from < lossIds.length; from += 500) {
    const rows = lossIds.slice(from, from + 500);
    await tx
      .insert(lossThreadEntries)
      .values(rows.map((lossId) => ({ workspaceId, threadId: id, lossId })));
  }
  return id;
}

export async function findLossThread(
  tx: Tx,
  workspaceId: WorkspaceId,
  id: LossThreadId,
): Promise<LossThread | undefined> {
  const [row] = await tx
    .select()
    .from(lossThreads)
    .where(and(eq(lossThreads.workspaceId, workspaceId), eq(lossThreads.id, id)));
  return row && toLossThread(row);
}

/** The thread a Slack message belongs to, if it is one of ours. */
export async function findLossThreadByTs(
  tx: Tx,
  workspaceId: WorkspaceId,
  channelId: ChannelId,
  threadTs: MessageTs,
): Promise<LossThread | undefined> {
  const [row] = await tx
    .select()
    .from(lossThreads)
    .where(
      and(
        eq(lossThreads.workspaceId, workspaceId),
        eq(lossThreads.channelId, channelId),
        eq(lossThreads.threadTs, threadTs),
      ),
    );
  return row && toLossThread(row);
}

function toLossThread(row: typeof lossThreads.$inferSelect): LossThread {
  return {
    id: row.id,
    scheduledFor: row.scheduledFor,
    sinceAt: row.sinceAt,
    late: row.late,
    channelId: row.channelId ?? undefined,
    threadTs: row.threadTs ?? undefined,
  };
}

/** The newest ritual before `scheduledFor` that was really posted. */
export async function findPreviousRitual(
  tx: Tx,
  workspaceId: WorkspaceId,
  scheduledFor: Date,
): Promise<LossThread | undefined> {
  const [row] = await tx
    .select()
    .from(lossThreads)
    .where(
      and(
        eq(lossThreads.workspaceId, workspaceId),
        lt(lossThreads.scheduledFor, scheduledFor),
        isNotNull(lossThreads.threadTs),
      ),
    )
    .orderBy(desc(lossThreads.scheduledFor))
    .limit(1);
  return row && toLossThread(row);
}

/** Ids of the losses in threads that were posted or will be: their parent has not been given up. */
export function selectToldLosses(tx: Tx, workspaceId: WorkspaceId) {
  return tx
    .select({ id: lossThreadEntries.lossId })
    .from(lossThreadEntries)
    .innerJoin(lossThreads, eq(lossThreads.id, lossThreadEntries.threadId))
    .leftJoin(
      outbox,
      and(
        eq(outbox.workspaceId, workspaceId),
        eq(outbox.key, sql`${keyPrefix} || ${lossThreads.id}`),
        isNull(outbox.finishedAt),
      ),
    )
    .where(
      and(
        eq(lossThreadEntries.workspaceId, workspaceId),
        or(isNotNull(lossThreads.threadTs), isNotNull(outbox.id)),
      ),
    );
}

export async function saveLossThreadAddress(
  tx: Tx,
  workspaceId: WorkspaceId,
  id: LossThreadId,
  address: { channelId: ChannelId; threadTs: MessageTs },
): Promise<void> {
  await tx
    .update(lossThreads)
    .set(address)
    .where(and(eq(lossThreads.workspaceId, workspaceId), eq(lossThreads.id, id)));
}

export async function saveLossEntryAddress(
  tx: Tx,
  entry: { threadId: LossThreadId; lossId: LossId; messageTs: MessageTs },
): Promise<void> {
  await tx
    .update(lossThreadEntries)
    .set({ messageTs: entry.messageTs })
    .where(
      and(
        eq(lossThreadEntries.threadId, entry.threadId),
        eq(lossThreadEntries.lossId, entry.lossId),
      ),
    );
}

/** Keeps that somebody spoke; false when this very message was counted before. */
export async function insertLossThreadReply(
  tx: Tx,
  reply: {
    workspaceId: WorkspaceId;
    threadId: LossThreadId;
    messageTs: MessageTs;
    slackUserId: SlackUserId;
  },
): Promise<boolean> {
  const rows = await tx
    .insert(lossThreadReplies)
    .values(reply)
    .onConflictDoNothing()
    .returning({ ts: lossThreadReplies.messageTs });
  return rows.length === 1;
}

/** How many replies a thread has and how many people gave them. */
export async function countLossThreadReplies(
  tx: Tx,
  threadId: LossThreadId,
): Promise<{ replies: number; voices: number }> {
  const [row] = await tx
    .select({ replies: count(), voices: countDistinct(lossThreadReplies.slackUserId) })
    .from(lossThreadReplies)
    .where(eq(lossThreadReplies.threadId, threadId));
  return { replies: row?.replies ?? 0, voices: row?.voices ?? 0 };
}
