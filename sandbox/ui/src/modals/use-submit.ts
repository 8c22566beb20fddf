import type { KnownBlock } from '@slack/types';
import { useCallback, useRef, useState } from 'react';
import type { StateValues } from '../../../server/contract.ts';
import { type FieldErrors, validateView } from '../lib/validate-view.ts';
import { useWorkspace } from '../live/workspace.ts';

interface Submit {
  readonly submit: (values: StateValues) => Promise<void>;
  readonly isSending: boolean;
  readonly errors: FieldErrors;
  readonly failure: string | null;
  /** How often fields were found wrong: each time the cursor goes to the first of them. */
  readonly refusals: number;
  /** What is wrong with a field is forgotten as soon as it changes. */
  readonly forgive: (blockId: string) => void;
}

/** Sends a modal once, and brings back what is wrong with it: first by Slack's rules, then the app's. */
export function useSubmit(viewId: string, blocks: readonly KnownBlock[]): Submit {
  const { act } = useWorkspace();
  const [isSending, setSending] = useState(false);
  const [errors, setErrors] = useState<FieldErrors>({});
  const [failure, setFailure] = useState<string | null>(null);
  const [refusals, setRefusals] = useState(0);
  const isOnItsWay = useRef<boolean>(false);

  const refuse = (wrong: FieldErrors) => {
    setErrors(wrong);
    if (Object.keys(wrong).length > 0) setRefusals((times) => times + 1);
  };
  const send = async (values: StateValues) => {
    isOnItsWay.current = true;
    setSending(true);
    const result = await act({ do: 'submit', viewId, state: values });
    isOnItsWay.current = false;
    setSending(false);
    refuse(result.errors ?? {});
    if (!result.ok && !result.errors) setFailure(result.error ?? 'That did not work. Try again.');
  };
  const submit = async (values: StateValues) => {
    if (isOnItsWay.current) return;
    setFailure(null);
    const wrong = validateView(blocks, values);
    if (Object.keys(wrong).length > 0) refuse(wrong);
    else await send(values);
  };
  const forgive = useCallback((blockId: string) => {
    setErrors((shown) => {
      if (shown[blockId] === undefined) return shown;
      return Object.fromEntries(Object.entries(shown).filter(([id]) => id !== blockId));
    });
  }, []);
  return { submit, isSending, errors, failure, refusals, forgive };
}
