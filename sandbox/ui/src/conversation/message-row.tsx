import type { SandboxMessage } from '../../../server/contract.ts';
import { nameOf } from '../lib/people.ts';
import { clockLabel, instantOf, timeIn } from '../lib/zoned-time.ts';
import { useWorkspace } from '../live/workspace.ts';
import { Avatar } from '../shell/avatar.tsx';
import { MessageContent } from './message-content.tsx';
import { MessageTools } from './message-tools.tsx';
import { ThreadSummary } from './thread-summary.tsx';

interface Props {
  readonly message: SandboxMessage;
  readonly replies: readonly SandboxMessage[];
  readonly startsGroup: boolean;
  readonly isInThread: boolean;
}

/** One message. Those that follow closely on the same author's share one head. */
export function MessageRow({ message, replies, startsGroup, isInThread }: Props) {
  const { state, me } = useWorkspace();
  const at = instantOf(message.ts);
  const author = nameOf(state, message.user);
  const isApp =
    state.users.find(({ id }) => id === message.user)?.isBot || message.user === state.app.userId;
  const isPrivate = message.ephemeralTo !== null;
  return (
    <article
      className="message"
      data-ts={message.ts}
      data-starts={startsGroup}
      data-private={isPrivate}
      aria-label={`${author}, ${clockLabel(me.tz, at)}`}
    >
      {startsGroup ? (
        <Avatar user={message.user} />
      ) : (
        <time className="message-side-time">{timeIn(me.tz, at).replace(/ .M$/, '')}</time>
      )}
      <div className="message-body">
        {isPrivate && <p className="only-you">Only visible to you</p>}
        {startsGroup && (
          <p className="message-head">
            <strong dir="auto">{author}</strong>
            {isApp && <span className="app-mark">App</span>}
            <time dateTime={at.toISOString()} title={clockLabel(me.tz, at)}>
              {timeIn(me.tz, at)}
            </time>
          </p>
        )}
        <MessageContent message={message} />
        {replies.length > 0 && !isInThread && <ThreadSummary root={message} replies={replies} />}
      </div>
      {!isPrivate && <MessageTools message={message} isInThread={isInThread} />}
    </article>
  );
}
