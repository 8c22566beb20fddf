import type { InputBlock } from '@slack/types';
import { useId } from 'react';
import { ElementView } from '../elements/element-view.tsx';
import type { FieldProps } from '../elements/field-props.ts';
import { useSurface } from '../elements/surface.ts';
import { actionIdOf } from '../lib/elements.ts';
import { withEmoji } from '../lib/emoji.ts';

/** A labelled field with its hint, and the error the app gave for it. */
export function InputView({ block, blockId }: { block: InputBlock; blockId: string }) {
  const { errors } = useSurface();
  const id = useId();
  const { element, optional = false, hint, dispatch_action: dispatches = false } = block;
  const error = errors[blockId];
  const described = [error && `${id}-error`, hint && `${id}-hint`].filter(Boolean).join(' ');
  const isGroup = element.type === 'radio_buttons' || element.type === 'checkboxes';
  const label = withEmoji(block.label.text);
  const field: FieldProps = {
    id,
    label: isGroup || element.type === 'datepicker' ? label : undefined,
    describedBy: described || undefined,
    isInvalid: error !== undefined,
    isOptional: optional,
    isDisabled: false,
    focusOnLoad: 'focus_on_load' in element ? element.focus_on_load : undefined,
  };
  const caption = (
    <>
      {label}
      {optional && <span className="optional"> (optional)</span>}
    </>
  );
  return (
    <div className="block field" data-invalid={error !== undefined} data-block-id={blockId}>
      {isGroup ? (
        <div className="label" aria-hidden="true">
          {caption}
        </div>
      ) : (
        <label className="label" htmlFor={id} dir="auto">
          {caption}
        </label>
      )}
      <ElementView
        placed={{ blockId, actionId: actionIdOf(element, 0), element }}
        field={field}
        dispatches={dispatches}
      />
      {error !== undefined && (
        <p id={`${id}-error`} className="error" role="alert">
          {error}
        </p>
      )}
      {hint && (
        <p id={`${id}-hint`} className="hint" dir="auto">
          {withEmoji(hint.text)}
        </p>
      )}
    </div>
  );
}
