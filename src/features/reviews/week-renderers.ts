import type { LossId, LossThreadId, ReviewId } from '../../domain/ids.ts';
import type { Renderer, RenderInput } from '../../outbox/renderer.ts';
import { permalinkOf } from '../../slack/permalink.ts';
import {
  findLossThread,
  saveLossEntryAddress,
  saveLossThreadAddress,
} from '../../store/loss-threads.ts';
import { findListing, listReopened } from '../../store/loss-weeks.ts';
import { findLoss, type ListedLoss } from '../../store/losses.ts';
import { findReview, findReviewOfDeal } from '../../store/reviews.ts';
import type { Tx } from '../../store/store.ts';
import { postCardIfListed } from './card-post.ts';
import { buildEntryMessage, type EntryView } from './entry-message.ts';
import { buildWeekMessage } from './week-messages.ts';
import { loadWeek, type WeekTeam } from './week-view.ts';

const threadIdOf = ({ payload }: RenderInput) => payload['threadId'] as LossThreadId;
const lossIdOf = ({ payload }: RenderInput) => payload['lossId'] as LossId;

/** The parent of a week's thread. */
export function lossThreadRenderer(team: WeekTeam): Renderer {
  return {
    whenUnknown: 'reconcile',
    render: async (tx, input) => {
      const thread = await findLossThread(tx, input.workspaceId, threadIdOf(input));
      if (!thread) return { do: 'drop', reason: 'no such thread' };
      const message = buildWeekMessage(await loadWeek(tx, input, thread, team));
      return { do: 'post', target: input.target, message };
    },
    sent: (tx, input, posted) =>
      saveLossThreadAddress(tx, input.workspaceId, threadIdOf(input), {
        channelId: posted.channelId,
        threadTs: posted.messageTs,
      }),
  };
}

/** One loss, under the parent of its week; a review that was released gets its own thread next. */
export const lossListedRenderer: Renderer = {
  whenUnknown: 'reconcile',
  render: async (tx, input) => {
    const thread = await findLossThread(tx, input.workspaceId, threadIdOf(input));
    const loss = await findLoss(tx, input.workspaceId, lossIdOf(input));
    if (!thread?.threadTs || !thread.channelId)
      return { do: 'drop', reason: 'no thread to reply to' };
    if (!loss) return { do: 'drop', reason: 'the deal is no longer lost' };
    if (loss.privacy !== 'team') return { do: 'drop', reason: 'the deal is private' };
    const view = await loadEntry(tx, input.workspaceId, loss);
    if (view.review?.state === 'excused') return { do: 'drop', reason: 'the review is excused' };
    const message = buildEntryMessage(view);
    return { do: 'post', target: thread.channelId, threadTs: thread.threadTs, message };
  },
  sent: async (tx, input, posted) => {
    const { workspaceId, now } = input;
    const entry = { threadId: threadIdOf(input), lossId: lossIdOf(input) };
    await saveLossEntryAddress(tx, { ...entry, messageTs: posted.messageTs });
    const loss = await findLoss(tx, workspaceId, entry.lossId);
    const review = loss && (await findReviewOfDeal(tx, workspaceId, loss.dealId));
    if (review) await postCardIfListed(tx, review, now);
  },
};

/** The line of a loss again, after its review went on. */
export const entryChangedRenderer: Renderer = {
  whenUnknown: 'reconcile',
  render: async (tx, { workspaceId, payload }) => {
    const review = await findReview(tx, workspaceId, payload['reviewId'] as ReviewId);
    const { lossId } = review ?? {};
    if (!review || !lossId) return { do: 'drop', reason: 'no loss' };
    const loss = await findLoss(tx, workspaceId, lossId);
    if (!loss) return { do: 'drop', reason: 'the deal is no longer lost' };
    if (loss.privacy !== 'team') return { do: 'drop', reason: 'the deal is private' };
    const listing = await findListing(tx, workspaceId, lossId);
    if (!listing) return { do: 'drop', reason: 'no week told of it yet' };
    const { channelId, messageTs } = listing;
    const message = buildEntryMessage(await loadEntry(tx, workspaceId, loss));
    return { do: 'update', channelId, messageTs, message };
  },
};

/** The parent again, after somebody spoke; of several replies only the last one counted updates it. */
export function lossThreadRepliedRenderer(team: WeekTeam): Renderer {
  return {
    whenUnknown: 'reconcile',
    render: async (tx, input) => {
      const thread = await findLossThread(tx, input.workspaceId, threadIdOf(input));
      if (!thread?.threadTs || !thread.channelId) return { do: 'drop', reason: 'no thread' };
      const week = await loadWeek(tx, input, thread, team);
      if (String(week.talk.replies) !== input.payload['replies'])
        return { do: 'drop', reason: 'a newer reply counts' };
      // The deals a quiet week named are being talked about: they must not change under the talk.
      if (week.losses.length === 0) return { do: 'drop', reason: 'a quiet week shows no count' };
      const { channelId, threadTs: messageTs } = thread;
      return { do: 'update', channelId, messageTs, message: buildWeekMessage(week) };
    },
  };
}

async function loadEntry(
  tx: Tx,
  workspaceId: RenderInput['workspaceId'],
  loss: ListedLoss,
): Promise<EntryView> {
  const review = await findReviewOfDeal(tx, workspaceId, loss.dealId);
  const reopened = await listReopened(tx, workspaceId, [loss.dealId]);
  const link =
    review?.channelId && review.threadTs
      ? permalinkOf({ channelId: review.channelId, messageTs: review.threadTs })
      : undefined;
  return { loss, review, reopened: reopened.has(loss.dealId), link };
}
