import { z } from 'zod';
import type { Deps, ListenerDeps } from '../../deps.ts';
import type { ChannelId, MessageTs, SlackUserId, WorkspaceId } from '../../domain/ids.ts';
import { firstSeen } from '../../store/inbox.ts';
import {
  countLossThreadReplies,
  findLossThreadByTs,
  insertLossThreadReply,
} from '../../store/loss-threads.ts';
import { enqueue } from '../../store/outbox.ts';
import type { Tx } from '../../store/store.ts';

/** A message in a thread, as far as we look at it: never what it says. */
const threadMessage = z.object({
  channel: z.string(),
  ts: z.string(),
  thread_ts: z.string(),
  user: z.string(),
  bot_id: z.undefined().optional(),
  subtype: z.enum(['thread_broadcast', 'file_share']).optional(),
});

type ThreadMessage = z.infer<typeof threadMessage>;

/** Listens to messages; everything outside our loss threads is forgotten at once. */
export function registerLosses(deps: ListenerDeps): void {
  deps.bolt.event('message', async ({ event, body }) => {
    const message = threadMessage.safeParse(event);
    if (!message.success) return;
    const counted = await hearReply(deps, deps.workspaceId, body.event_id, message.data);
    if (counted) deps.wake();
  });
}

/**
 * Counts a reply in a loss thread: who spoke and when, nothing of what was said. The same event or
 * the same message twice counts once.
 * @returns whether it was a new reply in one of our threads.
 */
async function hearReply(
  deps: Deps,
  workspaceId: WorkspaceId,
  eventId: string,
  message: ThreadMessage,
): Promise<boolean> {
  const now = deps.clock.now();
  const channelId = message.channel as ChannelId;
  const messageTs = message.ts as MessageTs;
  const threadTs = message.thread_ts as MessageTs;
  const find = (tx: Tx) => findLossThreadByTs(tx, workspaceId, channelId, threadTs);
  // Nearly every message is said elsewhere, and those must not take turns at writing.
  if (!(await deps.store.read(find))) return false;
  return deps.store.transaction(async (tx) => {
    const thread = await find(tx);
    if (!thread || !(await firstSeen(tx, workspaceId, `event:${eventId}`, now))) return false;
    const reply = {
      workspaceId,
      threadId: thread.id,
      messageTs,
      slackUserId: message.user as SlackUserId,
    };
    if (!(await insertLossThreadReply(tx, reply))) return false;
    const { replies } = await countLossThreadReplies(tx, thread.id);
    await enqueue(tx, workspaceId, now, [
      {
        kind: 'loss_thread_replied',
        key: `loss_thread_replied:${thread.id}:${messageTs}`,
        target: channelId,
        payload: { threadId: thread.id, replies: String(replies) },
      },
    ]);
    return true;
  });
}
