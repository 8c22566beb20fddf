import type { ListenerDeps } from '../../deps.ts';
import { type FeedbackRequest, feedbackChoices } from '../../domain/feedback.ts';
import type { FeedbackRequestId } from '../../domain/ids.ts';
import { codeOf, fixables } from '../../domain/loss-story.ts';
import type { Person } from '../../domain/person.ts';
import { isRefusal, type Refusal, refuse } from '../../domain/refusal.ts';
import { stripUnseen } from '../../domain/text.ts';
import { voicesLine } from '../../domain/three-voices.ts';
import { appendEvent } from '../../store/events.ts';
import { changeFeedbackRequest } from '../../store/feedback-requests.ts';
import { enqueue } from '../../store/outbox.ts';
import { findReviewOfDeal } from '../../store/reviews.ts';
import type { Tx } from '../../store/store.ts';
import { findVote, loadVoices } from '../../store/voices.ts';
import { type KnownFeedback, reachFeedback } from './reach-feedback.ts';

/** What a buyer told us, as it was ticked and typed. */
export interface ReplyForm {
  readonly choices: readonly string[];
  readonly words: string | undefined;
  readonly couldHaveWon: string | undefined;
}

export interface KeptReply {
  readonly known: KnownFeedback;
  /** Where it differs from what we said ourselves; undefined where it does not, or nobody said anything. */
  readonly voices: string | undefined;
}

const mostWords = 1_000;

/**
 * Keeps what a buyer told us in plain choices (METHOD S3-14); a later one takes its place. Late
 * answers and those nobody asked for count as well. The talk about the loss hears of the first.
 */
export async function keepReply(
  { store, clock, calendars, team }: Pick<ListenerDeps, 'store' | 'clock' | 'calendars' | 'team'>,
  actor: Person,
  id: FeedbackRequestId,
  form: ReplyForm,
): Promise<KeptReply | Refusal> {
  const read = readReply(form);
  if (isRefusal(read)) return read;
  const now = clock.now();
  return store.transaction(async (tx) => {
    const known = await reachFeedback(tx, actor, id, { now, calendars });
    if (isRefusal(known)) return known;
    const { request, deal, today } = known;
    const change = { ...read, state: 'replied' as const, closedOn: today };
    if (!(await changeFeedbackRequest(tx, request, change))) {
      return refuse('changed', 'Somebody changed this just now. /deal feedback shows it afresh.');
    }
    const { workspaceId } = actor;
    const event = { workspaceId, dealId: deal.id, at: now, actorId: actor.id };
    await appendEvent(tx, {
      ...event,
      kind: 'feedback_replied',
      payload: { feedbackId: id, choices: read.choices, couldHaveWon: read.couldHaveWon ?? null },
    });
    const voices = await tellReview(tx, known, { now, channel: team.lossChannel });
    return { known: { ...known, request: { ...request, ...change } }, voices };
  });
}

/**
 * Once: what was corrected afterwards stands in the card alone. While peers vote the thread is not
 * told; it hears of all three when the vote is over (`sweepVoices`).
 */
async function tellReview(
  tx: Tx,
  { request, deal }: KnownFeedback,
  { now, channel }: { readonly now: Date; readonly channel: string },
): Promise<string | undefined> {
  const review = await findReviewOfDeal(tx, deal.workspaceId, deal.id);
  if (!review) return undefined;
  const vote = await findVote(tx, review);
  if (!vote?.isOpen) {
    const payload = { reviewId: review.id, heardAt: now.toISOString() };
    const target = review.channelId ?? channel;
    await enqueue(tx, deal.workspaceId, now, [
      { kind: 'voices_compared', key: `voices:${request.id}`, target, payload },
    ]);
  }
  return voicesLine(await loadVoices(tx, review));
}

type ReadReply = Pick<FeedbackRequest, 'choices' | 'words' | 'couldHaveWon'>;

function readReply(form: ReplyForm): ReadReply | Refusal {
  const choices = feedbackChoices
    .map(({ code }) => code)
    .filter((code) => form.choices.includes(code));
  const words = stripUnseen(form.words ?? '').trim() || undefined;
  if (words && words.length > mostWords) {
    const message = `These are ${words.length} characters. Please keep it to ${mostWords}.`;
    return refuse('too_long', message, 'words');
  }
  if (choices.length === 0 && !words) {
    return refuse('empty', 'Tick what they named, or write down their words.', 'choices');
  }
  return { choices, words, couldHaveWon: codeOf(fixables, form.couldHaveWon) };
}
