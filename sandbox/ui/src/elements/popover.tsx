import { type ReactNode, type RefObject, useEffect, useLayoutEffect, useRef } from 'react';
import { placeBeside } from './place-beside.ts';

interface Props {
  readonly anchor: RefObject<HTMLElement | null>;
  readonly onDismiss: () => void;
  readonly children: ReactNode;
  readonly className?: string;
  /** As wide as what it hangs on, for lists under a field. */
  readonly matchWidth?: boolean;
  readonly alignEnd?: boolean;
}

/**
 * A floating panel in the browser's top layer, so neither a scrolling modal nor an open dialog cuts
 * it off. Escape and a press elsewhere dismiss it, and only it.
 */
export function Popover({ anchor, onDismiss, children, className, matchWidth, alignEnd }: Props) {
  const panel = useRef<HTMLDivElement>(null);
  const dismiss = useRef(onDismiss);
  dismiss.current = onDismiss;

  useLayoutEffect(() => {
    const element = panel.current;
    const place = () => {
      if (element && anchor.current) {
        placeBeside(element, anchor.current, {
          matchWidth: matchWidth === true,
          alignEnd: alignEnd === true,
        });
      }
    };
    element?.showPopover();
    place();
    const growth = new ResizeObserver(place);
    if (element) growth.observe(element);
    if (anchor.current) growth.observe(anchor.current);
    window.addEventListener('scroll', place, true);
    window.addEventListener('resize', place);
    return () => {
      growth.disconnect();
      window.removeEventListener('scroll', place, true);
      window.removeEventListener('resize', place);
    };
  }, [anchor, matchWidth, alignEnd]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: what a ref holds is no dependency.
  useEffect(() => {
    const onPress = ({ target }: PointerEvent) => {
      const inside = [panel.current, anchor.current].some(
        (element) => target instanceof Node && element?.contains(target),
      );
      if (!inside) dismiss.current();
    };
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== 'Escape') return;
      event.preventDefault();
      event.stopPropagation();
      dismiss.current();
    };
    document.addEventListener('pointerdown', onPress, true);
    document.addEventListener('keydown', onKey, true);
    return () => {
      document.removeEventListener('pointerdown', onPress, true);
      document.removeEventListener('keydown', onKey, true);
    };
  }, []);

  return (
    <div ref={panel} popover="manual" className={`popover ${className ?? ''}`}>
      {children}
    </div>
  );
}
