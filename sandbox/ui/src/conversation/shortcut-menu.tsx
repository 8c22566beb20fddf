import { useWorkspace } from '../live/workspace.ts';
import { PlusIcon } from '../shell/icons.tsx';
import { Menu, MenuItem } from '../shell/menu.tsx';

/** The app's shortcuts that need no message. */
export function ShortcutMenu() {
  const { state, act, toast } = useWorkspace();
  const shortcuts = state.app.shortcuts.filter(({ type }) => type === 'global');
  if (shortcuts.length === 0) return null;
  const run = async (callbackId: string) => {
    const result = await act({ do: 'shortcut', callbackId });
    if (!result.ok) toast(result.error ?? 'That did not work. Try again.', 'error');
  };
  return (
    <Menu label="Shortcuts" icon={<PlusIcon />} className="plain">
      {shortcuts.map(({ name, callbackId }) => (
        <MenuItem key={callbackId} onPick={() => void run(callbackId)}>
          {name}
        </MenuItem>
      ))}
    </Menu>
  );
}
