import { useCallback, useRef, useState } from 'react';

export interface Toast {
  readonly id: number;
  readonly text: string;
  readonly tone: 'news' | 'error';
  /** Where a click on it leads. */
  readonly channel: string | null;
}

const SHOWN_MS = 9000;

export interface Toasts {
  readonly toasts: readonly Toast[];
  readonly toast: (text: string, tone?: Toast['tone'], channel?: string | null) => void;
  readonly dismiss: (id: number) => void;
}

/** Short notes in the corner that go away by themselves. */
export function useToasts(): Toasts {
  const [toasts, setToasts] = useState<readonly Toast[]>([]);
  const lastId = useRef(0);
  const dismiss = useCallback((id: number) => {
    setToasts((shown) => shown.filter((one) => one.id !== id));
  }, []);
  const toast = useCallback<Toasts['toast']>(
    (text, tone = 'news', channel = null) => {
      lastId.current += 1;
      const id = lastId.current;
      setToasts((shown) => [...shown.slice(-2), { id, text, tone, channel }]);
      setTimeout(() => dismiss(id), SHOWN_MS);
    },
    [dismiss],
  );
  return { toasts, toast, dismiss };
}
