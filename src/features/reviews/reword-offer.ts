import type { ListenerDeps } from '../../deps.ts';
import { dayIn, sayDay } from '../../domain/calendar.ts';
import type { ChannelId, DealId, MessageTs, SlackUserId } from '../../domain/ids.ts';
import type { Person } from '../../domain/person.ts';
import { AppError } from '../../domain/refusal.ts';
import { isUnderWay } from '../../domain/review-flow.ts';
import { mayNameCause, type Rewording, rewordingFor } from '../../domain/reword.ts';
import { leaf, quiet } from '../../slack/blocks.ts';
import { classifySlackError } from '../../slack/errors.ts';
import type { SubmissionAnswer } from '../../slack/listen.ts';
import { buildResultModal } from '../../slack/result-modal.ts';
import { listColleagueNames } from '../../store/review-people.ts';
import { findLastReply } from '../../store/touches.ts';
import type { KnownReview } from './known-review.ts';
import { buildRewordMessage, forYou, rewordLine } from './reword-message.ts';

/** Something somebody wrote, looked at once and never kept. */
interface Wrote {
  readonly text: string;
  readonly author: SlackUserId;
  /** Undefined where a whole week is talked about. */
  readonly dealId: DealId | undefined;
}

/** Another wording for it, if it needs one; names and days are looked up only where they matter. */
async function findRewording(
  { store, workspaceId, clock, team }: ListenerDeps,
  { text, author, dealId }: Wrote,
): Promise<Rewording | undefined> {
  const names = mayNameCause(text)
    ? await store.read((tx) => listColleagueNames(tx, workspaceId, author))
    : [];
  const found = rewordingFor(text, names);
  if (found?.family !== 'silence' || !dealId) return found;
  const on = await store.read((tx) => findLastReply(tx, dealId));
  const today = dayIn(clock.now(), team.zone);
  return rewordingFor(text, names, { lastReply: on && sayDay(on, today) });
}

/** Offers its author alone another wording; an offer that does not arrive is no failure. */
export async function offerInThread(
  deps: ListenerDeps,
  { channelId, threadTs, ...wrote }: Wrote & { channelId: ChannelId; threadTs: MessageTs },
): Promise<void> {
  const rewording = await findRewording(deps, wrote);
  if (!rewording) return;
  const message = buildRewordMessage(rewording);
  try {
    await deps.gateway.whisper({ channelId, userId: wrote.author, threadTs, message });
  } catch (error) {
    // What Slack's client throws may hold the message, which is nobody's to log.
    const { code } = classifySlackError(error);
    deps.report(new AppError('A rewording could not be offered', { code }), 'rewording');
  }
}

/** The same in place of the form they wrote it in; what they wrote is kept as it is. */
export async function offerInModal(
  deps: ListenerDeps,
  { slackUserId: author }: Person,
  { review, deal }: KnownReview,
  text: string | undefined,
): Promise<SubmissionAnswer> {
  const rewording =
    author && text && isUnderWay(review)
      ? await findRewording(deps, { text, author, dealId: deal.id })
      : undefined;
  if (!rewording) return { do: 'close' };
  const lines = [[leaf('Kept as you wrote it.')], rewordLine(rewording), [quiet(forYou)]];
  return { do: 'show', modal: buildResultModal({ title: 'Another wording', lines }) };
}
