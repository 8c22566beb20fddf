import { type ReactNode, useRef } from 'react';
import type { Item } from '../lib/conversation-items.ts';
import { useWorkspace } from '../live/workspace.ts';
import { ChevronIcon } from '../shell/icons.tsx';
import { LocalLineRow } from './local-line-row.tsx';
import { MessageRow } from './message-row.tsx';
import { useStickToBottom } from './use-stick-to-bottom.ts';

interface Props {
  readonly items: readonly Item[];
  readonly channel: string;
  readonly thread: string | null;
  readonly empty?: ReactNode;
}

/** Messages, newest at the bottom and in sight, unless the reader went up to read. */
export function MessageList({ items, channel, thread, empty }: Props) {
  const { lines } = useWorkspace();
  const scroller = useRef<HTMLDivElement>(null);
  const { isAtBottom, toBottom } = useStickToBottom(scroller);
  const here = lines.filter((line) => line.channel === channel && line.threadTs === thread);
  return (
    <div className="message-area">
      <div ref={scroller} className="message-scroller">
        <div className="message-list" role="log" aria-label="Messages">
          {items.length === 0 && here.length === 0 && empty}
          {items.map((item) =>
            item.kind === 'day' ? (
              <div key={item.key} className="day-line">
                <span>{item.label}</span>
              </div>
            ) : (
              <MessageRow
                key={item.key}
                message={item.message}
                replies={item.replies}
                startsGroup={item.startsGroup}
                isInThread={thread !== null}
              />
            ),
          )}
          {here.map((line) => (
            <LocalLineRow key={line.id} line={line} />
          ))}
        </div>
      </div>
      {!isAtBottom && (
        <button type="button" className="to-bottom" onClick={toBottom}>
          <ChevronIcon />
          Newest messages
        </button>
      )}
    </div>
  );
}
