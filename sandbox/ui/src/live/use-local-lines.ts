import { useCallback, useRef, useState } from 'react';

/** A line only this page knows: a message on its way, or what Slackbot would say to an error. */
export interface LocalLine {
  readonly id: number;
  readonly kind: 'sending' | 'notice';
  readonly channel: string;
  readonly threadTs: string | null;
  readonly text: string;
}

export interface LocalLines {
  readonly lines: readonly LocalLine[];
  readonly addLine: (line: Omit<LocalLine, 'id'>) => () => void;
}

export function useLocalLines(): LocalLines {
  const [lines, setLines] = useState<readonly LocalLine[]>([]);
  const lastId = useRef(0);
  const addLine = useCallback((line: Omit<LocalLine, 'id'>) => {
    lastId.current += 1;
    const id = lastId.current;
    setLines((shown) => [...shown, { ...line, id }]);
    return () => setLines((shown) => shown.filter((one) => one.id !== id));
  }, []);
  return { lines, addLine };
}
