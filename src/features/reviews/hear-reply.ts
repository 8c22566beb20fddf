import { z } from 'zod';
import type { Deps, ListenerDeps } from '../../deps.ts';
import type { ChannelId, MessageTs, SlackUserId, WorkspaceId } from '../../domain/ids.ts';
import type { Review } from '../../domain/review.ts';
import { firstSeen } from '../../store/inbox.ts';
import {
  findLossThreadByTs,
  insertLossThreadReply,
  type LossThread,
} from '../../store/loss-threads.ts';
import { insertReviewReply } from '../../store/review-replies.ts';
import { findReviewByThread } from '../../store/reviews.ts';
import type { Tx } from '../../store/store.ts';
import type { AskNext } from './card-renderer.ts';
import { isHere } from './partners.ts';
import { reviewChanged } from './review-changed.ts';
import { offerInThread } from './reword-offer.ts';
import { weekChanged, weekOfReviewChanged } from './week-changed.ts';

/** A message in a thread; its text is looked at once, for a private offer, and never kept. */
const threadMessage = z.object({
  channel: z.string(),
  ts: z.string(),
  thread_ts: z.string(),
  user: z.string(),
  text: z.string().default(''),
  bot_id: z.undefined().optional(),
  subtype: z.enum(['thread_broadcast', 'file_share']).optional(),
});

interface Heard {
  readonly workspaceId: WorkspaceId;
  readonly eventId: string;
  readonly channelId: ChannelId;
  readonly messageTs: MessageTs;
  readonly threadTs: MessageTs;
  readonly author: SlackUserId;
}

/** What a thread of ours is about: a whole week, or one deal. */
type Place =
  | { readonly of: 'week'; readonly thread: LossThread }
  | { readonly of: 'deal'; readonly review: Review };

/** Listens to colleagues; everything outside our threads, and who is none, is forgotten at once. */
export function registerReplies(deps: ListenerDeps, afterReply: AskNext): void {
  deps.bolt.event('message', async ({ event, body }) => {
    const message = threadMessage.safeParse(event);
    if (!message.success) return;
    const { channel, ts, thread_ts: thread, user, text } = message.data;
    const heard: Heard = {
      workspaceId: deps.workspaceId,
      eventId: body.event_id,
      channelId: channel as ChannelId,
      messageTs: ts as MessageTs,
      threadTs: thread as MessageTs,
      author: user as SlackUserId,
    };
    // Nearly every message is said elsewhere, and those must not take turns at writing.
    if (!(await deps.store.read((tx) => findPlace(tx, heard)))) return;
    const author = await deps.knowPerson({ teamId: deps.workspaceId, userId: user });
    if (!isHere(author)) return;
    const place = await hearReply(deps, heard, afterReply);
    if (!place) return;
    deps.wake();
    // A paused review is left alone altogether.
    if (place.of === 'deal' && place.review.pausedAt) return;
    const dealId = place.of === 'deal' ? place.review.dealId : undefined;
    await offerInThread(deps, { ...heard, text, dealId });
  });
}

/**
 * Counts a reply in one of our threads: who spoke and when, nothing of what was said. The same event
 * or the same message twice counts once.
 * @returns where it was said, if it was a new one.
 */
async function hearReply(
  deps: Deps,
  heard: Heard,
  afterReply: AskNext,
): Promise<Place | undefined> {
  const now = deps.clock.now();
  const { workspaceId, eventId } = heard;
  return deps.store.transaction(async (tx) => {
    const place = await findPlace(tx, heard);
    if (!place || !(await firstSeen(tx, workspaceId, `event:${eventId}`, now))) return undefined;
    const counted =
      place.of === 'week'
        ? await countInWeek(tx, heard, place.thread, now)
        : await countInDeal(tx, heard, place.review, { now, afterReply });
    return counted ? place : undefined;
  });
}

async function findPlace(
  tx: Tx,
  { workspaceId, channelId, threadTs }: Heard,
): Promise<Place | undefined> {
  const thread = await findLossThreadByTs(tx, workspaceId, channelId, threadTs);
  if (thread) return { of: 'week', thread };
  const review = await findReviewByThread(tx, workspaceId, channelId, threadTs);
  return review && { of: 'deal', review };
}

async function countInWeek(
  tx: Tx,
  { workspaceId, messageTs, author: slackUserId }: Heard,
  thread: LossThread,
  now: Date,
): Promise<boolean> {
  const reply = { workspaceId, threadId: thread.id, messageTs, slackUserId };
  if (!(await insertLossThreadReply(tx, reply))) return false;
  await weekChanged(tx, workspaceId, thread, { now, mark: messageTs });
  return true;
}

async function countInDeal(
  tx: Tx,
  { workspaceId, messageTs, author: slackUserId }: Heard,
  review: Review,
  { now, afterReply }: { readonly now: Date; readonly afterReply: AskNext },
): Promise<boolean> {
  const reply = { workspaceId, reviewId: review.id, messageTs, slackUserId, at: now };
  if (!(await insertReviewReply(tx, reply))) return false;
  // People may talk in a paused review; the bot keeps quiet meanwhile.
  if (review.pausedAt) return true;
  await weekOfReviewChanged(tx, review, { now, mark: messageTs });
  await reviewChanged(tx, review, { now, mark: messageTs });
  await afterReply(tx, review, now);
  return true;
}
