import { useCallback, useState } from 'react';
import type { Journal } from '../lib/tour.ts';

/** What was done in this tab; a reload keeps it, a new tab starts fresh. */
export function useJournal(): [Journal, (entry: string) => void] {
  const [journal, setJournal] = useState<Journal>(() => new Set(readList('journal')));
  const note = useCallback((entry: string) => {
    setJournal((noted) => {
      if (noted.has(entry)) return noted;
      const next = new Set([...noted, entry]);
      writeList('journal', [...next]);
      return next;
    });
  }, []);
  return [journal, note];
}

export function readList(key: string): string[] {
  try {
    const stored: unknown = JSON.parse(window.sessionStorage.getItem(key) ?? '[]');
    return Array.isArray(stored) ? stored.filter((entry) => typeof entry === 'string') : [];
  } catch {
    return [];
  }
}

export function writeList(key: string, entries: readonly string[]): void {
  try {
    window.sessionStorage.setItem(key, JSON.stringify(entries));
  } catch {
    // A browser without storage forgets on reload, which harms nobody.
  }
}
