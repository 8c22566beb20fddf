import { useCallback, useState } from 'react';

export interface Drafts {
  readonly draftOf: (key: string) => string;
  readonly setDraft: (key: string, text: string) => void;
  /** Puts text into a composer and the cursor behind it. */
  readonly fill: (key: string, text: string) => void;
  /** The last `fill`, so that its composer takes the focus. */
  readonly filled: { readonly key: string; readonly times: number };
}

/** What is typed but not sent, one text per conversation and thread. */
export function useDrafts(): Drafts {
  const [drafts, setDrafts] = useState<Readonly<Record<string, string>>>({});
  const [filled, setFilled] = useState({ key: '', times: 0 });
  const setDraft = useCallback((key: string, text: string) => {
    setDrafts((kept) => ({ ...kept, [key]: text }));
  }, []);
  const fill = useCallback(
    (key: string, text: string) => {
      setDraft(key, text);
      setFilled(({ times }) => ({ key, times: times + 1 }));
    },
    [setDraft],
  );
  const draftOf = useCallback((key: string) => drafts[key] ?? '', [drafts]);
  return { draftOf, setDraft, fill, filled };
}
