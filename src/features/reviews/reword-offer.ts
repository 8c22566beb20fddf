import type { ListenerDeps } from '../../deps.ts';
import type { ChannelId, MessageTs, SlackUserId } from '../../domain/ids.ts';
import { AppError } from '../../domain/refusal.ts';
import { mayNameCause, type Rewording, rewordingFor } from '../../domain/reword.ts';
import { classifySlackError } from '../../slack/errors.ts';
import { listColleagueNames } from '../../store/review-people.ts';
import { buildRewordMessage } from './reword-message.ts';

/** Something somebody wrote, looked at once and never kept. */
interface Wrote {
  readonly text: string;
  readonly author: SlackUserId;
}

/** Another wording for it, if it needs one; names are looked up only where one could be a cause. */
export async function findRewording(
  { store, workspaceId }: Pick<ListenerDeps, 'store' | 'workspaceId'>,
  { text, author }: Wrote,
): Promise<Rewording | undefined> {
  const names = mayNameCause(text)
    ? await store.read((tx) => listColleagueNames(tx, workspaceId, author))
    : [];
  return rewordingFor(text, names);
}

/** Offers its author alone another wording; an offer that does not arrive is no failure. */
export async function offerRewording(
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
