import type { SandboxChannel } from '../../../server/contract.ts';
import { channelTitle } from '../lib/channels.ts';
import { threadItems } from '../lib/conversation-items.ts';
import { useWorkspace } from '../live/workspace.ts';
import { CloseIcon } from '../shell/icons.tsx';
import { Composer } from './composer.tsx';
import { MessageList } from './message-list.tsx';

interface Props {
  readonly channel: SandboxChannel;
  readonly root: string;
}

/** A thread beside its channel; on a phone, instead of it. */
export function ThreadPane({ channel, root }: Props) {
  const { state, me, go } = useWorkspace();
  const messages = state.messages.filter((one) => one.channel === channel.id);
  return (
    <aside className="thread-pane" aria-label="Thread">
      <header className="conversation-header">
        <h1>Thread</h1>
        <span className="conversation-topic">{channelTitle(channel)}</span>
        <button
          type="button"
          className="plain"
          aria-label="Close thread"
          onClick={() => go({ thread: null })}
        >
          <CloseIcon />
        </button>
      </header>
      <MessageList
        items={threadItems(messages, root)}
        channel={channel.id}
        thread={root}
        empty={<p className="empty">This message is gone.</p>}
      />
      {channel.members.includes(me.id) && <Composer channel={channel} thread={root} />}
    </aside>
  );
}
