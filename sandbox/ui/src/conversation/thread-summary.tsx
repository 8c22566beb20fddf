import type { SandboxMessage } from '../../../server/contract.ts';
import { clockLabel, instantOf } from '../lib/zoned-time.ts';
import { useWorkspace } from '../live/workspace.ts';
import { Avatar } from '../shell/avatar.tsx';

interface Props {
  readonly root: SandboxMessage;
  readonly replies: readonly SandboxMessage[];
}

/** `3 replies`, who wrote them, and the way into the thread. */
export function ThreadSummary({ root, replies }: Props) {
  const { me, go } = useWorkspace();
  const authors = [...new Set(replies.map(({ user }) => user))].slice(0, 5);
  const last = replies.at(-1);
  return (
    <button
      type="button"
      className="thread-summary"
      onClick={() => go({ channel: root.channel, thread: root.ts })}
    >
      {authors.map((user) => (
        <Avatar key={user} user={user} size="small" />
      ))}
      <strong>{replies.length === 1 ? '1 reply' : `${replies.length} replies`}</strong>
      {last && <span>Last reply {clockLabel(me.tz, instantOf(last.ts))}</span>}
    </button>
  );
}
