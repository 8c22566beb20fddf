import { useEffect, useRef } from 'react';
import type { Go } from '../live/use-place.ts';
import type { Toast } from '../live/use-toasts.ts';
import { CloseIcon } from './icons.tsx';

interface Props {
  readonly toasts: readonly Toast[];
  readonly dismiss: (id: number) => void;
  readonly go: Go;
}

/** What just happened; news leads to where it happened. Shown anew each time, to lie over a modal. */
export function Toasts({ toasts, dismiss, go }: Props) {
  const area = useRef<HTMLDivElement>(null);
  const newest = toasts.at(-1)?.id;
  useEffect(() => {
    if (newest === undefined) return;
    area.current?.hidePopover();
    area.current?.showPopover();
  }, [newest]);
  return (
    <div ref={area} popover="manual" className="toasts" role="status" aria-live="polite">
      {toasts.map((toast) => (
        <div key={toast.id} className={`toast ${toast.tone}`}>
          <span>{toast.text}</span>
          <ShowButton toast={toast} dismiss={dismiss} go={go} />
          <button
            type="button"
            className="plain"
            aria-label="Dismiss"
            onClick={() => dismiss(toast.id)}
          >
            <CloseIcon />
          </button>
        </div>
      ))}
    </div>
  );
}

function ShowButton({ toast, dismiss, go }: Omit<Props, 'toasts'> & { toast: Toast }) {
  const { id, channel } = toast;
  if (channel === null) return null;
  const show = () => {
    go({ channel, thread: null, tab: 'messages' });
    dismiss(id);
  };
  return (
    <button type="button" className="toast-open" onClick={show}>
      Show
    </button>
  );
}
