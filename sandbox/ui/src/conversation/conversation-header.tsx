import type { SandboxChannel } from '../../../server/contract.ts';
import { useWorkspace } from '../live/workspace.ts';
import { Avatar } from '../shell/avatar.tsx';
import { HashIcon, LockIcon } from '../shell/icons.tsx';

interface Props {
  readonly channel: SandboxChannel | null;
  readonly isApp: boolean;
  readonly tab: 'home' | 'messages';
}

/** The name of what is open; the app's has its two tabs. */
export function ConversationHeader({ channel, isApp, tab }: Props) {
  const { state, me } = useWorkspace();
  const name = channel?.name ?? state.app.name;
  const other = channel?.members.find((id) => id !== me.id) ?? state.app.userId;
  const count = channel?.members.length ?? 0;
  return (
    <header className="conversation-header">
      <h1>
        {channel?.kind === 'channel' && <HashIcon />}
        {channel?.kind === 'private' && <LockIcon />}
        {(channel === null || channel.kind === 'im') && <Avatar user={other} size="small" />}
        {name}
      </h1>
      {isApp || channel === null ? (
        <Tabs tab={tab} />
      ) : (
        <span className="conversation-topic" dir="auto">
          {channel.topic || titleOf(state, other, channel.kind)}
        </span>
      )}
      {channel !== null && channel.kind !== 'im' && (
        <span className="member-count">{count === 1 ? '1 member' : `${count} members`}</span>
      )}
    </header>
  );
}

function Tabs({ tab }: { tab: 'home' | 'messages' }) {
  const { go } = useWorkspace();
  return (
    <div role="tablist" aria-label="App" className="tabs">
      {(['messages', 'home'] as const).map((name) => (
        <button
          key={name}
          type="button"
          role="tab"
          aria-selected={tab === name}
          onClick={() => go({ tab: name, thread: null })}
        >
          {name === 'home' ? 'Home' : 'Messages'}
        </button>
      ))}
    </div>
  );
}

type State = ReturnType<typeof useWorkspace>['state'];

function titleOf(state: State, user: string, kind: SandboxChannel['kind']): string {
  return kind === 'im' ? (state.users.find(({ id }) => id === user)?.title ?? '') : '';
}
