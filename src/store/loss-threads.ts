import {
  aliasedTable,
  and,
  asc,
  count,
  countDistinct,
  desc,
  eq,
  isNotNull,
  isNull,
  lt,
  or,
  sql,
} from 'drizzle-orm';
import {
  type ChannelId,
  type LossId,
  type LossThreadId,
  type MessageTs,
  newId,
  type SlackUserId,
  type WorkspaceId,
} from '../domain/ids.ts';
import type { Tables } from './schema.ts';
import type { Tx } from './store.ts';

const threadPrefix = 'loss_thread:';
const entryPrefix = 'loss_listed:';

/** The key under which the parent of a thread is queued. */
export function lossThreadKey(id: LossThreadId): string {
  return threadPrefix + id;
}

/** The key under which a loss is queued as a reply in a thread. */
export function lossEntryKey(id: LossThreadId, lossId: LossId): string {
  return `${entryPrefix}${id}:${lossId}`;
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
  const { lossThreadEntries, lossThreads } = tx.tables;
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
  const { lossThreads } = tx.tables;
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
  const { lossThreads } = tx.tables;
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

function toLossThread(row: Tables['lossThreads']['$inferSelect']): LossThread {
  return {
    id: row.id,
    scheduledFor: row.scheduledFor,
    sinceAt: row.sinceAt,
    late: row.late,
    channelId: row.channelId ?? undefined,
    threadTs: row.threadTs ?? undefined,
  };
}

/** The newest ritual before `scheduledFor` that was posted; the very first one when none was. */
export async function findPreviousRitual(
  tx: Tx,
  workspaceId: WorkspaceId,
  scheduledFor: Date,
): Promise<LossThread | undefined> {
  const { lossThreads } = tx.tables;
  const before = and(
    eq(lossThreads.workspaceId, workspaceId),
    lt(lossThreads.scheduledFor, scheduledFor),
  );
  const [posted] = await tx
    .select()
    .from(lossThreads)
    .where(and(before, isNotNull(lossThreads.threadTs)))
    .orderBy(desc(lossThreads.scheduledFor))
    .limit(1);
  if (posted) return toLossThread(posted);
  const [first] = await tx
    .select()
    .from(lossThreads)
    .where(before)
    .orderBy(asc(lossThreads.scheduledFor))
    .limit(1);
  return first && toLossThread(first);
}

/**
 * Ids of the losses that a thread told of or still will: neither its parent nor the loss's own
 * reply was given up.
 */
export function selectToldLosses(tx: Tx, workspaceId: WorkspaceId) {
  const { lossThreadEntries, lossThreads, outbox } = tx.tables;
  const parent = aliasedTable(outbox, 'parent');
  const reply = aliasedTable(outbox, 'reply');
  return tx
    .select({ id: lossThreadEntries.lossId })
    .from(lossThreadEntries)
    .innerJoin(lossThreads, eq(lossThreads.id, lossThreadEntries.threadId))
    .leftJoin(
      parent,
      and(
        eq(parent.workspaceId, workspaceId),
        eq(parent.key, sql`${threadPrefix} || ${lossThreads.id}`),
        isNull(parent.finishedAt),
      ),
    )
    .leftJoin(
      reply,
      and(
        eq(reply.workspaceId, workspaceId),
        eq(
          reply.key,
          sql`${entryPrefix} || ${lossThreads.id} || ':' || ${lossThreadEntries.lossId}`,
        ),
        eq(reply.state, 'dead'),
      ),
    )
    .where(
      and(
        eq(lossThreadEntries.workspaceId, workspaceId),
        or(isNotNull(lossThreads.threadTs), isNotNull(parent.id)),
        isNull(reply.id),
      ),
    );
}

export async function saveLossThreadAddress(
  tx: Tx,
  workspaceId: WorkspaceId,
  id: LossThreadId,
  address: { channelId: ChannelId; threadTs: MessageTs },
): Promise<void> {
  const { lossThreads } = tx.tables;
  await tx
    .update(lossThreads)
    .set(address)
    .where(and(eq(lossThreads.workspaceId, workspaceId), eq(lossThreads.id, id)));
}

export async function saveLossEntryAddress(
  tx: Tx,
  entry: { threadId: LossThreadId; lossId: LossId; messageTs: MessageTs },
): Promise<void> {
  const { lossThreadEntries } = tx.tables;
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
  const { lossThreadReplies } = tx.tables;
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
  const { lossThreadReplies } = tx.tables;
  const [row] = await tx
    .select({ replies: count(), voices: countDistinct(lossThreadReplies.slackUserId) })
    .from(lossThreadReplies)
    .where(eq(lossThreadReplies.threadId, threadId));
  return { replies: row?.replies ?? 0, voices: row?.voices ?? 0 };
}
