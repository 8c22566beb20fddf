import type { SandboxChannel } from '../../../server/contract.ts';
import { channelTitle } from '../lib/channels.ts';
import { useWorkspace } from '../live/workspace.ts';

interface Props {
  readonly channel: SandboxChannel;
  readonly isApp: boolean;
}

/** A channel in which nobody has spoken says what one could do. */
export function EmptyConversation({ channel, isApp }: Props) {
  const { state, fill } = useWorkspace();
  const [command] = state.app.commands;
  return (
    <div className="empty">
      <h2>
        {isApp
          ? `This is where ${state.app.name} writes to you`
          : `This is ${channelTitle(channel)}`}
      </h2>
      <p>
        {isApp
          ? 'Nudges arrive here, at most one a day. You can also work from here.'
          : 'Nobody has said anything yet.'}
      </p>
      {command && (
        <button
          type="button"
          className="button"
          onClick={() => fill(channel.id, `${command.command} `)}
        >
          Type {command.command}
        </button>
      )}
    </div>
  );
}
