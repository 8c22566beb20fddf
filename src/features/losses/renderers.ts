import { dayIn } from '../../domain/calendar.ts';
import type { LossId, LossThreadId } from '../../domain/ids.ts';
import type { Renderer, RenderInput } from '../../outbox/renderer.ts';
import type { Message } from '../../slack/message.ts';
import { listDriftingDeals } from '../../store/deals.ts';
import {
  countLossThreadReplies,
  findLossThread,
  type LossThread,
  saveLossEntryAddress,
  saveLossThreadAddress,
} from '../../store/loss-threads.ts';
import { findLoss, type ListedLoss, listThreadLosses } from '../../store/losses.ts';
import type { Tx } from '../../store/store.ts';
import { buildLossMessage, buildWeekMessage } from './loss-messages.ts';

const threadIdOf = ({ payload }: RenderInput) => payload['threadId'] as LossThreadId;
const lossIdOf = ({ payload }: RenderInput) => payload['lossId'] as LossId;

/** The parent of a week's thread. */
export function lossThreadRenderer(zone: string): Renderer {
  return {
    whenUnknown: 'reconcile',
    render: async (tx, input) => {
      const thread = await findLossThread(tx, input.workspaceId, threadIdOf(input));
      if (!thread) return { do: 'drop', reason: 'no such thread' };
      const losses = await listThreadLosses(tx, input.workspaceId, thread.id);
      const message = await buildWeek(tx, input, { thread, losses, zone });
      return { do: 'post', target: input.target, message };
    },
    sent: (tx, input, posted) =>
      saveLossThreadAddress(tx, input.workspaceId, threadIdOf(input), {
        channelId: posted.channelId,
        threadTs: posted.messageTs,
      }),
  };
}

/** One loss, under the parent of its week. */
export const lossListedRenderer: Renderer = {
  whenUnknown: 'reconcile',
  render: async (tx, input) => {
    const thread = await findLossThread(tx, input.workspaceId, threadIdOf(input));
    const loss = await findLoss(tx, input.workspaceId, lossIdOf(input));
    if (!thread?.threadTs || !thread.channelId)
      return { do: 'drop', reason: 'no thread to reply to' };
    if (!loss) return { do: 'drop', reason: 'the deal is no longer lost' };
    if (loss.privacy !== 'team') return { do: 'drop', reason: 'the deal is private' };
    const message = buildLossMessage(loss);
    return { do: 'post', target: thread.channelId, threadTs: thread.threadTs, message };
  },
  sent: (tx, input, posted) =>
    saveLossEntryAddress(tx, {
      threadId: threadIdOf(input),
      lossId: lossIdOf(input),
      messageTs: posted.messageTs,
    }),
};

/** The parent again, after somebody spoke; of several replies only the last one counted updates it. */
export function lossThreadRepliedRenderer(zone: string): Renderer {
  return {
    whenUnknown: 'reconcile',
    render: async (tx, input) => {
      const thread = await findLossThread(tx, input.workspaceId, threadIdOf(input));
      if (!thread?.threadTs || !thread.channelId) return { do: 'drop', reason: 'no thread' };
      const { replies } = await countLossThreadReplies(tx, thread.id);
      if (String(replies) !== input.payload['replies'])
        return { do: 'drop', reason: 'a newer reply counts' };
      const { channelId, threadTs: messageTs } = thread;
      const losses = await listThreadLosses(tx, input.workspaceId, thread.id);
      // The deals a quiet week named are being talked about: they must not change under the talk.
      if (losses.length === 0) return { do: 'drop', reason: 'a quiet week shows no count' };
      const message = await buildWeek(tx, input, { thread, losses, zone });
      return { do: 'update', channelId, messageTs, message };
    },
  };
}

async function buildWeek(
  tx: Tx,
  { workspaceId, now }: RenderInput,
  { thread, losses, zone }: { thread: LossThread; losses: readonly ListedLoss[]; zone: string },
): Promise<Message> {
  const today = dayIn(now, zone);
  const dueOn = dayIn(thread.scheduledFor, zone);
  return buildWeekMessage({
    dueOn,
    today,
    late: thread.late,
    losses,
    firstOn: losses[0] ? dayIn(losses[0].loggedAt, zone) : dueOn,
    talk: await countLossThreadReplies(tx, thread.id),
    drifting: losses.length === 0 ? await listDriftingDeals(tx, workspaceId, today, 2) : [],
  });
}
