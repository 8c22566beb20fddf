import type { SandboxChannel } from '../../../server/contract.ts';
import { writePlace } from '../live/use-place.ts';
import { useWorkspace } from '../live/workspace.ts';
import { Avatar } from './avatar.tsx';
import { HashIcon, LockIcon } from './icons.tsx';

interface Props {
  readonly channel: SandboxChannel;
  readonly isCurrent: boolean;
  readonly onOpen: () => void;
}

/** A real link, so it can be copied, with the unread count beside the name. */
export function SidebarLink({ channel, isCurrent, onOpen }: Props) {
  const { state, me, place, go } = useWorkspace();
  const unread = state.unread[channel.id] ?? 0;
  const target = { channel: channel.id, thread: null, tab: 'messages' } as const;
  return (
    <a
      href={writePlace({ ...place, ...target })}
      className="sidebar-link"
      data-unread={unread > 0}
      aria-current={isCurrent ? 'page' : undefined}
      onClick={(event) => {
        if (event.metaKey || event.ctrlKey) return;
        event.preventDefault();
        go(target);
        onOpen();
      }}
    >
      <ChannelSign channel={channel} me={me.id} />
      <span className="sidebar-name">{channel.name}</span>
      {unread > 0 && (
        <>
          <span className="badge" aria-hidden="true">
            {unread}
          </span>
          <span className="visually-hidden"> {unread} unread</span>
        </>
      )}
    </a>
  );
}

function ChannelSign({ channel, me }: { channel: SandboxChannel; me: string }) {
  if (channel.kind === 'channel') return <HashIcon />;
  if (channel.kind === 'private') return <LockIcon />;
  return <Avatar user={channel.members.find((id) => id !== me) ?? me} size="small" />;
}
