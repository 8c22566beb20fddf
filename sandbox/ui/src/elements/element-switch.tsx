import type { Placed } from '../lib/elements.ts';
import { ButtonElement } from './button-element.tsx';
import { ChoiceElement } from './choice-element.tsx';
import { DateElement } from './date-element.tsx';
import type { ElementProps } from './element-props.ts';
import { OverflowElement } from './overflow-element.tsx';
import { SelectElement } from './select-element.tsx';
import { TextElement } from './text-element.tsx';
import { TimeElement } from './time-element.tsx';

type Props = Omit<ElementProps<never>, 'element'> & { readonly placed: Placed };

/** Picks the component for an element; one the sandbox cannot show says so instead of hiding. */
export function ElementSwitch({ placed: { element }, ...rest }: Props) {
  switch (element.type) {
    case 'button':
      return <ButtonElement element={element} {...rest} />;
    case 'overflow':
      return <OverflowElement element={element} {...rest} />;
    case 'radio_buttons':
    case 'checkboxes':
      return <ChoiceElement element={element} {...rest} />;
    case 'datepicker':
      return <DateElement element={element} {...rest} />;
    case 'timepicker':
      return <TimeElement element={element} {...rest} />;
    case 'plain_text_input':
    case 'email_text_input':
    case 'url_text_input':
    case 'number_input':
      return <TextElement element={element} {...rest} />;
    case 'static_select':
    case 'multi_static_select':
    case 'external_select':
    case 'multi_external_select':
    case 'users_select':
    case 'multi_users_select':
    case 'conversations_select':
    case 'multi_conversations_select':
    case 'channels_select':
    case 'multi_channels_select':
      return <SelectElement element={element} {...rest} />;
    default:
      return <span className="unsupported">The sandbox does not show “{element.type}”.</span>;
  }
}
