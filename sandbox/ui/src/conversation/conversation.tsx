import { useEffect } from 'react';
import type { SandboxChannel } from '../../../server/contract.ts';
import { conversationItems } from '../lib/conversation-items.ts';
import { useWorkspace } from '../live/workspace.ts';
import { Composer } from './composer.tsx';
import { ConversationHeader } from './conversation-header.tsx';
import { EmptyConversation } from './empty-conversation.tsx';
import { MessageList } from './message-list.tsx';

interface Props {
  readonly channel: SandboxChannel;
  readonly isApp: boolean;
}

/** A channel or direct message: what was said, and the place to say something. */
export function Conversation({ channel, isApp }: Props) {
  const { state, me, now } = useWorkspace();
  useReading(channel.id);
  const messages = state.messages.filter((one) => one.channel === channel.id);
  const isMember = channel.members.includes(me.id);
  return (
    <section className="conversation" aria-label={channel.name}>
      <ConversationHeader channel={channel} isApp={isApp} tab="messages" />
      <MessageList
        items={conversationItems(messages, me.tz, now)}
        channel={channel.id}
        thread={null}
        empty={<EmptyConversation channel={channel} isApp={isApp} />}
      />
      {isMember && !channel.isArchived ? (
        <Composer channel={channel} thread={null} />
      ) : (
        <p className="composer-closed">
          {channel.isArchived
            ? 'This channel is archived.'
            : `You are reading #${channel.name} without being a member.`}
        </p>
      )}
    </section>
  );
}

/** What is on screen counts as read. */
function useReading(channel: string): void {
  const { state, act, note } = useWorkspace();
  const unread = state.unread[channel] ?? 0;
  useEffect(() => note(`opened ${channel}`), [note, channel]);
  useEffect(() => {
    if (unread > 0) void act({ do: 'read', channel });
  }, [act, channel, unread]);
}
