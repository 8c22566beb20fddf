import type { FieldProps } from '../elements/field-props.ts';
import type { InteractiveElement } from '../lib/elements.ts';

/** How an element outside of an input block is called: by its placeholder, else by its context. */
export function bareField(id: string, element: InteractiveElement, context: string): FieldProps {
  const placeholder = 'placeholder' in element ? element.placeholder?.text : undefined;
  const named =
    element.type === 'overflow' && context !== '' ? `More actions: ${context}` : context;
  const name = placeholder ?? (named || 'Choose');
  return {
    id,
    label: name,
    describedBy: undefined,
    isInvalid: false,
    isOptional: false,
    isDisabled: false,
    focusOnLoad: undefined,
  };
}
