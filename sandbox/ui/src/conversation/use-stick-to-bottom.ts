import { type RefObject, useCallback, useEffect, useRef, useState } from 'react';

const NEAR = 60;

/** Keeps a scroller at its end while it grows, and lets go as soon as the reader scrolls up. */
export function useStickToBottom(scroller: RefObject<HTMLDivElement | null>) {
  const [isAtBottom, setAtBottom] = useState(true);
  const sticks = useRef<boolean>(true);
  const toBottom = useCallback(() => {
    sticks.current = true;
    setAtBottom(true);
    scroller.current?.scrollTo({ top: scroller.current.scrollHeight });
  }, [scroller]);

  useEffect(() => {
    const element = scroller.current;
    if (element === null) return;
    let lastTop = element.scrollTop;
    const onScroll = () => {
      const isNear = element.scrollHeight - element.scrollTop - element.clientHeight < NEAR;
      // Only an upward move is the reader's own: growth alone must not break the bond.
      if (isNear) sticks.current = true;
      else if (element.scrollTop < lastTop) sticks.current = false;
      lastTop = element.scrollTop;
      setAtBottom(isNear || sticks.current);
    };
    const follow = () => {
      if (sticks.current) element.scrollTop = element.scrollHeight;
    };
    const growth = new ResizeObserver(follow);
    growth.observe(element);
    for (const child of element.children) growth.observe(child);
    element.addEventListener('scroll', onScroll, { passive: true });
    follow();
    return () => {
      growth.disconnect();
      element.removeEventListener('scroll', onScroll);
    };
  }, [scroller]);
  return { isAtBottom, toBottom };
}
