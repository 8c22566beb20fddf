import { type RefObject, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { SandboxState } from '../../../server/contract.ts';
import { fetchState, followVersions } from './api.ts';
import { coalesce } from './coalesce.ts';

/** The workspace and the person it was read for: the two change together. */
export interface Shown {
  readonly as: string;
  readonly state: SandboxState;
}

export interface Live {
  readonly shown: Shown | null;
  readonly failure: string | null;
  readonly isOnline: boolean;
  /** Resolves once a state read after this call has come; `latest` holds it before it is drawn. */
  readonly refresh: () => Promise<void>;
  readonly latest: RefObject<Shown | null>;
}

const CLOCK_MS = 30_000;

/** Keeps the workspace on screen as fresh as the server's. */
export function useLiveState(as: string | null): Live {
  const [shown, setShown] = useState<Shown | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  const [isOnline, setOnline] = useState(true);
  const latest = useRef<Shown | null>(null);
  const wanted = useRef(as);
  wanted.current = as;

  const load = useCallback(async () => {
    const asked = wanted.current;
    try {
      const as = asked ?? firstPerson(await fetchState(null));
      const state = await fetchState(as);
      if (asked !== wanted.current) return;
      latest.current = { as, state };
      setShown(latest.current);
      setFailure(null);
    } catch (error) {
      setFailure(error instanceof Error ? error.message : String(error));
    }
  }, []);
  const refresh = useMemo(() => coalesce(load), [load]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: another person needs another state.
  useEffect(() => {
    void refresh();
  }, [refresh, as]);
  useEffect(() => {
    const onLink = (up: boolean) => {
      setOnline(up);
      if (up) void refresh();
    };
    return followVersions(() => void refresh(), onLink);
  }, [refresh]);
  // The sandbox's clock may run without anything else changing.
  useEffect(() => {
    const timer = setInterval(() => void refresh(), CLOCK_MS);
    return () => clearInterval(timer);
  }, [refresh]);

  return { shown, failure, isOnline, refresh, latest };
}

function firstPerson({ users }: SandboxState): string {
  const colleague = users.find(
    ({ isBot, deleted, isRestricted, isStranger }) =>
      !(isBot || deleted || isRestricted || isStranger),
  );
  return colleague?.id ?? users[0]?.id ?? '';
}
