import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react';
import type { SandboxChannel } from '../../../server/contract.ts';
import { composerLabel } from '../lib/channels.ts';
import { type Suggestion, suggestCommands } from '../lib/suggest-commands.ts';
import { useWorkspace } from '../live/workspace.ts';
import { SendIcon } from '../shell/icons.tsx';
import { CommandMenu, suggestionId } from './command-menu.tsx';
import { ShortcutMenu } from './shortcut-menu.tsx';
import { useSend } from './use-send.ts';

interface Props {
  readonly channel: SandboxChannel;
  readonly thread: string | null;
}

/** Where people write: Enter sends, Shift+Enter breaks the line, a slash offers commands. */
export function Composer({ channel, thread }: Props) {
  const { state, draftOf, setDraft, filled } = useWorkspace();
  const key = thread === null ? channel.id : `${channel.id} ${thread}`;
  const text = draftOf(key);
  const field = useRef<HTMLTextAreaElement>(null);
  const menuId = useId();
  const [active, setActive] = useState(-1);
  const [isMenuClosed, setMenuClosed] = useState(false);
  const send = useSend(channel.id, thread);
  const offered = thread === null ? suggestCommands(text, state.app.commands) : [];
  const suggestions = isMenuClosed ? [] : offered;
  useGrowing(field, text);
  useEffect(() => {
    if (filled.key === key) field.current?.focus();
  }, [filled, key]);

  const write = (typed: string) => {
    setDraft(key, typed);
    setActive(-1);
    setMenuClosed(false);
  };
  const pick = ({ text: picked }: Suggestion) => {
    write(picked);
    field.current?.focus();
  };
  const submit = () => {
    if (text.trim() === '') return;
    write('');
    void send(text.trim());
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    const highlighted = suggestions[active] ?? (event.key === 'Tab' ? suggestions[0] : undefined);
    if ((event.key === 'Enter' || event.key === 'Tab') && highlighted && !event.shiftKey) {
      event.preventDefault();
      pick(highlighted);
    } else if (event.key === 'Enter' && !event.shiftKey) {
      event.preventDefault();
      submit();
    } else if (event.key === 'Escape') {
      setMenuClosed(true);
    } else if (suggestions.length > 0 && (event.key === 'ArrowDown' || event.key === 'ArrowUp')) {
      event.preventDefault();
      const step = event.key === 'ArrowDown' ? 1 : -1;
      setActive(
        (active + step + suggestions.length + (active < 0 && step < 0 ? 1 : 0)) %
          suggestions.length,
      );
    }
  };
  const label = thread === null ? composerLabel(channel) : 'Reply to thread';
  const current = suggestions[active];
  return (
    <div className="composer">
      {suggestions.length > 0 && (
        <CommandMenu id={menuId} suggestions={suggestions} active={active} onPick={pick} />
      )}
      <div className="composer-box">
        {thread === null && <ShortcutMenu />}
        <textarea
          ref={field}
          rows={1}
          dir="auto"
          value={text}
          placeholder={thread === null ? label : 'Reply…'}
          aria-label={label}
          aria-autocomplete="list"
          aria-controls={suggestions.length > 0 ? menuId : undefined}
          aria-activedescendant={current ? suggestionId(menuId, current) : undefined}
          onChange={({ target }) => write(target.value)}
          onKeyDown={onKeyDown}
        />
        <button
          type="button"
          className="send"
          aria-label={thread === null ? 'Send message' : 'Send reply'}
          disabled={text.trim() === ''}
          onClick={submit}
        >
          <SendIcon />
        </button>
      </div>
    </div>
  );
}

/** A text area as high as its text, up to a third of the screen. */
function useGrowing(field: React.RefObject<HTMLTextAreaElement | null>, text: string): void {
  // biome-ignore lint/correctness/useExhaustiveDependencies: every change of the text may change the height.
  useEffect(() => {
    const element = field.current;
    if (element === null) return;
    element.style.height = 'auto';
    element.style.height = `${element.scrollHeight}px`;
  }, [field, text]);
}
