import type { FieldProps } from '../elements/field-props.ts';
import type { InteractiveElement } from '../lib/elements.ts';

/** How an element outside of an input block is called: by its placeholder, else by its context. */
export function bareField(id: string, element: InteractiveElement, context: string): FieldProps {
  return {
    id,
    label: nameOf(element, context),
    describedBy: undefined,
    isInvalid: false,
    isOptional: false,
    isDisabled: false,
    focusOnLoad: undefined,
  };
}

function nameOf(element: InteractiveElement, context: string): string {
  const placeholder = 'placeholder' in element ? element.placeholder?.text : undefined;
  if (element.type === 'overflow')
    return context === '' ? 'More actions' : `More actions: ${context}`;
  return placeholder ?? (context || 'Choose');
}
