import type { ConfirmationDialog } from '@slack/types';
import { useId, useLayoutEffect, useRef } from 'react';
import { TextView } from '../blocks/text-view.tsx';
import { withEmoji } from '../lib/emoji.ts';

interface Props {
  readonly confirm: ConfirmationDialog;
  readonly onAnswer: (isYes: boolean) => void;
}

/** Asks before something is done, on top of whatever is open. */
export function ConfirmDialog({ confirm, onAnswer }: Props) {
  const dialog = useRef<HTMLDialogElement>(null);
  const titleId = useId();
  useLayoutEffect(() => {
    const element = dialog.current;
    element?.showModal();
    return () => element?.close();
  }, []);
  return (
    <dialog
      ref={dialog}
      className="modal confirm"
      aria-labelledby={titleId}
      onKeyDown={(event) => {
        event.stopPropagation();
        if (event.key !== 'Escape') return;
        event.preventDefault();
        onAnswer(false);
      }}
      onCancel={(event) => {
        event.stopPropagation();
        onAnswer(false);
      }}
    >
      <h2 id={titleId}>{withEmoji(confirm.title?.text ?? 'Are you sure?')}</h2>
      <div className="modal-body">
        <TextView text={confirm.text} />
      </div>
      <div className="modal-foot">
        <button type="button" className="button" onClick={() => onAnswer(false)}>
          {confirm.deny?.text ?? 'Cancel'}
        </button>
        <button
          type="button"
          className={`button ${confirm.style ?? 'primary'}`}
          onClick={() => onAnswer(true)}
        >
          {confirm.confirm?.text ?? 'Yes'}
        </button>
      </div>
    </dialog>
  );
}
