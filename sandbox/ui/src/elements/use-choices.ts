import { useEffect, useRef, useState } from 'react';
import { type ChoiceGroup, filterGroups } from '../lib/options.ts';

/** Where the choices come from: known ones, or asked for as the person types. */
export type ChoiceSource =
  | { readonly groups: readonly ChoiceGroup[] }
  | {
      readonly load: (query: string) => Promise<readonly ChoiceGroup[]>;
      readonly minQuery: number;
    };

export interface Choices {
  readonly groups: readonly ChoiceGroup[];
  /** What the list says instead of, or before, its choices. */
  readonly message: string | null;
}

const TYPING_MS = 180;

export function useChoices(source: ChoiceSource, query: string, isOpen: boolean): Choices {
  const loaded = useLoaded('load' in source ? source : null, query, isOpen);
  if ('load' in source) return loaded;
  const groups = filterGroups(source.groups, query);
  return { groups, message: groups.length === 0 ? 'No matches' : null };
}

type Loader = Extract<ChoiceSource, { minQuery: number }>;

function useLoaded(loader: Loader | null, query: string, isOpen: boolean): Choices {
  const [choices, setChoices] = useState<Choices>({ groups: [], message: null });
  const current = useRef(loader);
  current.current = loader;
  const minQuery = loader?.minQuery ?? 0;
  const isAsking = loader !== null && isOpen && query.length >= minQuery;

  useEffect(() => {
    if (!isAsking) return;
    let isStale = false;
    setChoices(({ groups }) => ({ groups, message: groups.length === 0 ? 'Looking…' : null }));
    const ask = async () => {
      const answer = await current.current?.load(query).then(found, failed);
      if (!isStale && answer) setChoices(answer);
    };
    const timer = setTimeout(() => void ask(), query === '' ? 0 : TYPING_MS);
    return () => {
      isStale = true;
      clearTimeout(timer);
    };
  }, [isAsking, query]);

  if (!isAsking) return { groups: [], message: typeMore(minQuery) };
  return choices;
}

function found(groups: readonly ChoiceGroup[]): Choices {
  const filled = groups.filter(({ choices }) => choices.length > 0);
  return { groups: filled, message: filled.length === 0 ? 'No matches' : null };
}

function failed(error: unknown): Choices {
  const reason = error instanceof Error ? error.message : String(error);
  return { groups: [], message: `The list could not be loaded: ${reason}` };
}

function typeMore(minQuery: number): string {
  return minQuery === 1 ? 'Type to search' : `Type ${minQuery} letters to search`;
}
