import { businessDaysAfter, dayIn, sayDay } from '../../domain/calendar.ts';
import { sayFactLines } from '../../domain/fact-words.ts';
import type { PersonId, ReviewId } from '../../domain/ids.ts';
import { isRefusal } from '../../domain/refusal.ts';
import { outsideEyeBd } from '../../domain/review-flow.ts';
import type { Rendered, Renderer, RenderInput } from '../../outbox/renderer.ts';
import type { Message } from '../../slack/message.ts';
import { findPerson } from '../../store/people.ts';
import { reachDeal } from '../../store/reach-deal.ts';
import { findReviewMessage, saveReviewMessage } from '../../store/review-messages.ts';
import { findReview } from '../../store/reviews.ts';
import type { Tx } from '../../store/store.ts';
import type { TalkTime } from './carry-on.ts';
import { type KnownReview, loadReview, nameOf } from './known-review.ts';
import { buildCompleteMessage, buildOutsideMessage, buildPromptMessage } from './prompt-message.ts';
import { buildSheetMessage } from './sheet-message.ts';
import { sheetKey } from './talk-changed.ts';

const drop = (reason: string): Rendered => ({ do: 'drop', reason });
const pausedForMs = 30 * 60_000;

/** Which message of a review an intent means. */
function addressOf({ payload }: RenderInput) {
  return {
    reviewId: payload['reviewId'] as ReviewId,
    messageKey: String(payload['messageKey']),
    readerId: payload['readerId'] as PersonId | undefined,
  };
}

/** What stands there now; undefined when its reader may no longer see the deal. */
async function buildTalk(
  tx: Tx,
  input: RenderInput,
  known: KnownReview,
  time: TalkTime,
): Promise<Message | undefined> {
  const { messageKey, readerId } = addressOf(input);
  const reader = readerId && (await findPerson(tx, input.workspaceId, readerId));
  if (readerId && !reader) return undefined;
  if (reader && isRefusal(await reachDeal(tx, reader, known.deal.id))) return undefined;
  if (messageKey === sheetKey) {
    return reader ? buildSheetMessage(known, { reader, now: input.now, time }) : undefined;
  }
  const prompt = known.prompts.find(({ key }) => key === messageKey);
  if (!prompt) return undefined;
  if (!reader) return buildPromptMessage(known, prompt);
  const { reviewerAskedAt = input.now } = known.review;
  const askedOn = dayIn(reviewerAskedAt, time.zone);
  const due = businessDaysAfter(askedOn, outsideEyeBd, time.calendar);
  return buildOutsideMessage(known, prompt, {
    askedBy: nameOf(known, known.review.ownerId),
    due: sayDay(due, askedOn),
    facts: known.loss ? sayFactLines(known.loss.facts, askedOn) : [],
  });
}

async function find(tx: Tx, input: RenderInput): Promise<KnownReview | undefined> {
  const review = await findReview(tx, input.workspaceId, addressOf(input).reviewId);
  return review && loadReview(tx, review);
}

const keep: NonNullable<Renderer['sent']> = (tx, input, posted) =>
  saveReviewMessage(tx, input.workspaceId, { ...addressOf(input), ...posted });

/** The sheet of one of the two, posted once. */
export function reviewOpenedRenderer(time: TalkTime): Renderer {
  return {
    whenUnknown: 'reconcile',
    render: async (tx, input) => {
      const known = await find(tx, input);
      if (!known || known.review.state === 'void') return drop('no such review');
      const message = await buildTalk(tx, input, known, time);
      if (!message) return drop('they do not see the deal');
      return { do: 'post', target: input.target, message };
    },
    sent: keep,
  };
}

/** A prompt in the thread, or the outside view asked of one person. */
export function reviewPromptedRenderer(time: TalkTime): Renderer {
  return {
    whenUnknown: 'reconcile',
    render: async (tx, input) => {
      const known = await find(tx, input);
      if (!known) return drop('no such review');
      const { review } = known;
      const { readerId } = addressOf(input);
      if (review.state === 'void' || review.state === 'excused') return drop('the review is over');
      if (review.pausedAt) {
        const until = new Date(input.now.getTime() + pausedForMs);
        return { do: 'wait', until, reason: 'the review is paused' };
      }
      if (readerId && readerId !== review.reviewerId) return drop('somebody else is asked now');
      if (!readerId && !review.threadTs) return drop('no thread to ask in');
      const message = await buildTalk(tx, input, known, time);
      if (!message) return drop('nothing to ask');
      const { threadTs } = review;
      const thread = !readerId && threadTs ? { threadTs } : {};
      return { do: 'post', target: input.target, ...thread, message };
    },
    sent: keep,
  };
}

/** The same message as it stands now. */
export function reviewChangedRenderer(time: TalkTime): Renderer {
  return {
    whenUnknown: 'reconcile',
    render: async (tx, input) => {
      const posted = await findReviewMessage(tx, addressOf(input));
      if (!posted) return drop('it was never posted');
      const known = await find(tx, input);
      const message = known && (await buildTalk(tx, input, known, time));
      if (!message) return drop('nothing to show');
      const { channelId, messageTs } = posted;
      return { do: 'update', channelId, messageTs, message };
    },
  };
}

/** The thread hears that it has everything it needs. */
export const reviewCompletedRenderer: Renderer = {
  whenUnknown: 'reconcile',
  render: async (tx, input) => {
    const known = await find(tx, input);
    const { threadTs } = known?.review ?? {};
    if (known?.review.state !== 'complete' || !threadTs) return drop('it is not complete');
    const message = buildCompleteMessage(known);
    return { do: 'post', target: input.target, threadTs, message };
  },
};
