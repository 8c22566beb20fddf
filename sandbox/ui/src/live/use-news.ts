import { useCallback, useEffect, useRef, useState } from 'react';
import type { ActResult } from '../../../server/contract.ts';
import { type Arrival, arrivalText, findArrivals, mergeArrivals } from '../lib/arrivals.ts';
import type { Shown } from './use-live-state.ts';
import type { Toasts } from './use-toasts.ts';

interface News {
  readonly isMoving: boolean;
  /** Runs a clock move and then says what it brought. */
  readonly moveClock: (move: () => Promise<ActResult>) => Promise<void>;
}

/** Messages sent by a job land a moment after the clock stands still. */
const SETTLE_MS = 700;

/** Tells what arrives: after a clock move everything, otherwise what is not on screen anyway. */
export function useNews(shown: Shown, openChannel: string | null, toast: Toasts['toast']): News {
  const [isMoving, setMoving] = useState(false);
  const before = useRef(shown);
  const gathered = useRef<readonly Arrival[] | null>(null);
  const latest = useRef({ shown, openChannel });
  latest.current = { shown, openChannel };

  useEffect(() => {
    const last = before.current;
    before.current = shown;
    if (last === shown || last.as !== shown.as) return;
    const arrived = findArrivals(last.state, shown.state, shown.as);
    if (gathered.current !== null) {
      gathered.current = mergeArrivals(gathered.current, arrived);
      return;
    }
    for (const arrival of arrived) {
      if (arrival.channel !== openChannel) {
        toast(arrivalText(arrival, shown.state), 'news', arrival.channel);
      }
    }
  }, [shown, openChannel, toast]);

  const moveClock = useCallback<News['moveClock']>(
    async (move) => {
      if (gathered.current !== null) return;
      gathered.current = [];
      setMoving(true);
      const result = await move();
      await new Promise((resolve) => setTimeout(resolve, SETTLE_MS));
      const arrived = gathered.current;
      gathered.current = null;
      setMoving(false);
      if (!result.ok) return toast(result.error ?? 'The clock did not move.', 'error');
      if (arrived.length === 0) return toast('Nothing new for you.');
      for (const arrival of arrived) {
        const { shown: now, openChannel: open } = latest.current;
        const elsewhere = arrival.channel === open ? null : arrival.channel;
        toast(arrivalText(arrival, now.state), 'news', elsewhere);
      }
    },
    [toast],
  );
  return { isMoving, moveClock };
}
