import type { SandboxMessage } from '../../../server/contract.ts';
import { isReply } from '../lib/conversation-items.ts';
import { useWorkspace } from '../live/workspace.ts';
import { MoreIcon, ThreadIcon } from '../shell/icons.tsx';
import { Menu, MenuItem } from '../shell/menu.tsx';

interface Props {
  readonly message: SandboxMessage;
  readonly isInThread: boolean;
}

/** What can be done with a message: answer it, or hand it to the app. */
export function MessageTools({ message, isInThread }: Props) {
  const { state, act, go, toast } = useWorkspace();
  const shortcuts = state.app.shortcuts.filter(({ type }) => type === 'message');
  const { channel, ts } = message;
  const canReply = !isInThread && !isReply(message);
  if (!canReply && shortcuts.length === 0) return null;
  const run = async (callbackId: string) => {
    const result = await act({ do: 'shortcut', callbackId, message: { channel, ts } });
    if (!result.ok) toast(result.error ?? 'That did not work. Try again.', 'error');
  };
  return (
    <div className="message-tools">
      {canReply && (
        <button
          type="button"
          className="plain"
          aria-label="Reply in thread"
          title="Reply in thread"
          onClick={() => go({ channel, thread: ts })}
        >
          <ThreadIcon />
        </button>
      )}
      {shortcuts.length > 0 && (
        <Menu label="Message shortcuts" icon={<MoreIcon />} className="plain">
          {shortcuts.map(({ name, callbackId }) => (
            <MenuItem key={callbackId} onPick={() => void run(callbackId)}>
              {name}
            </MenuItem>
          ))}
        </Menu>
      )}
    </div>
  );
}
