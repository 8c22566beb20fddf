import { useCallback, useEffect, useState } from 'react';

/** Where the reader is. It lives in the address, so a link or a reload comes back to it. */
export interface Place {
  readonly as: string | null;
  readonly channel: string | null;
  readonly thread: string | null;
  /** The app's own channel has two tabs. */
  readonly tab: 'home' | 'messages';
}

export function readPlace(search: string): Place {
  const params = new URLSearchParams(search);
  return {
    as: params.get('as'),
    channel: params.get('channel'),
    thread: params.get('thread'),
    tab: params.get('tab') === 'home' ? 'home' : 'messages',
  };
}

export function writePlace(place: Place): string {
  const params = new URLSearchParams();
  if (place.as !== null) params.set('as', place.as);
  if (place.channel !== null) params.set('channel', place.channel);
  if (place.thread !== null) params.set('thread', place.thread);
  if (place.tab === 'home') params.set('tab', 'home');
  const query = params.toString();
  return query === '' ? '?' : `?${query}`;
}

export type Go = (change: Partial<Place>) => void;

/** The place and a way to move, with the browser's own back and forward. */
export function usePlace(): [Place, Go] {
  const [place, setPlace] = useState(() => readPlace(window.location.search));
  useEffect(() => {
    const follow = () => setPlace(readPlace(window.location.search));
    window.addEventListener('popstate', follow);
    return () => window.removeEventListener('popstate', follow);
  }, []);
  const go = useCallback<Go>((change) => {
    const next = { ...readPlace(window.location.search), ...change };
    const address = writePlace(next);
    if (address !== window.location.search) window.history.pushState(null, '', address);
    setPlace(next);
  }, []);
  return [place, go];
}
