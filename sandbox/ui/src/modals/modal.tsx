import type { KnownBlock } from '@slack/types';
import { type KeyboardEvent, useEffect, useId, useRef } from 'react';
import type { SandboxView } from '../../../server/contract.ts';
import { BlockList } from '../blocks/block-list.tsx';
import { SurfaceContext } from '../elements/surface.ts';
import { useSurfaceValue } from '../elements/use-surface-value.ts';
import { withEmoji } from '../lib/emoji.ts';
import { ModalHead } from './modal-head.tsx';
import { useModalFocus } from './use-modal-focus.ts';
import { useSubmit } from './use-submit.ts';

interface Props {
  readonly view: SandboxView;
  readonly isTop: boolean;
  readonly isPushed: boolean;
  readonly onBack: () => void;
  readonly onCloseAll: () => void;
}

const wrongField = '[data-invalid="true"] :is(input, textarea, button)';

/** One modal: its blocks between a title and its buttons, in the browser's own modal dialog. */
export function Modal({ view, isTop, isPushed, onBack, onCloseAll }: Props) {
  const dialog = useRef<HTMLDialogElement>(null);
  const titleId = useId();
  const blocks = view.blocks as KnownBlock[];
  const { submit, isSending, errors, failure, refusals, forgive } = useSubmit(view.id, blocks);
  const container = { type: 'view', viewId: view.id } as const;
  const surface = useSurfaceValue(container, blocks, errors, forgive);
  useModalFocus(dialog, isTop);
  useEffect(() => {
    if (refusals > 0) dialog.current?.querySelector<HTMLElement>(wrongField)?.focus();
  }, [refusals]);

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Escape') return;
    event.preventDefault();
    onBack();
  };
  const title = 'title' in view ? withEmoji(view.title.text) : '';
  const submitText = 'submit' in view ? view.submit?.text : undefined;
  const closeText =
    ('close' in view ? view.close?.text : undefined) ?? (submitText ? 'Cancel' : 'Close');
  return (
    <dialog
      ref={dialog}
      className="modal"
      aria-labelledby={titleId}
      onKeyDown={onKeyDown}
      onCancel={(event) => {
        event.preventDefault();
        onBack();
      }}
    >
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          if (submitText !== undefined) void submit(surface.values);
        }}
      >
        <ModalHead
          id={titleId}
          title={title}
          onBack={isPushed ? onBack : null}
          onClose={onCloseAll}
        />
        <div className="modal-body">
          {failure !== null && (
            <p className="modal-failure" role="alert">
              {failure}
            </p>
          )}
          <SurfaceContext value={surface}>
            <BlockList blocks={blocks} />
          </SurfaceContext>
        </div>
        <div className="modal-foot">
          <button type="button" className="button" onClick={onBack}>
            {withEmoji(closeText)}
          </button>
          {submitText !== undefined && (
            <button type="submit" className="button primary" aria-busy={isSending}>
              {withEmoji(submitText)}
            </button>
          )}
        </div>
      </form>
    </dialog>
  );
}
