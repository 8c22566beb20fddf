import { useWorkspace } from '../live/workspace.ts';

/** A mention of a channel that leads there, for those who may see it. */
export function ChannelLink({ id }: { id: string }) {
  const { state, go } = useWorkspace();
  const channel = state.channels.find((one) => one.id === id);
  if (channel === undefined) return <span className="mention">#private-channel</span>;
  return (
    <button
      type="button"
      className="mention"
      onClick={() => go({ channel: id, thread: null, tab: 'messages' })}
    >
      #{channel.name}
    </button>
  );
}
