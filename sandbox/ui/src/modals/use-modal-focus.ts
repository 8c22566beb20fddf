import { type RefObject, useLayoutEffect } from 'react';

const field = '.modal-body :is(input, textarea, .date-button):not(:disabled)';

/** Opens the dialog while it is on top and puts the cursor where the view asks, or in its first field. */
export function useModalFocus(dialog: RefObject<HTMLDialogElement | null>, isTop: boolean): void {
  // Before the dialog leaves the page, closing it gives the focus back to where it was.
  useLayoutEffect(() => {
    const element = dialog.current;
    if (!isTop || element === null) return;
    element.showModal();
    const target =
      element.querySelector<HTMLElement>('[data-focus-on-load="true"]') ??
      element.querySelector<HTMLElement>(field) ??
      element.querySelector<HTMLElement>('.modal-foot button:last-child');
    target?.focus();
    return () => element.close();
  }, [dialog, isTop]);
}
