import type { EmailInput, NumberInput, PlainTextInput, URLInput } from '@slack/types';
import { type ChangeEvent, type KeyboardEvent, useRef } from 'react';
import type { ElementProps } from './element-props.ts';

type TextInput = PlainTextInput | EmailInput | URLInput | NumberInput;

const TYPING_MS = 300;
const COUNTER_FROM = 0.8;

/** Every field for typed text; tells the app on Enter or while typing where that is asked for. */
export function TextElement(props: ElementProps<TextInput>) {
  const { element, field, held } = props;
  const value = typeof held['value'] === 'string' ? held['value'] : '';
  const handlers = useTyping(props);
  const shared = {
    id: field.id,
    className: 'input',
    value,
    placeholder: element.placeholder?.text,
    disabled: field.isDisabled,
    'aria-label': field.label,
    'aria-describedby': field.describedBy,
    'aria-invalid': field.isInvalid,
    'aria-required': !field.isOptional,
    'data-focus-on-load': field.focusOnLoad,
    dir: 'auto',
    ...handlers,
  };
  const most = element.type === 'plain_text_input' ? (element.max_length ?? 3000) : 3000;
  return (
    <>
      {element.type === 'plain_text_input' && element.multiline ? (
        <textarea {...shared} rows={rowsOf(value)} />
      ) : (
        <input {...shared} type="text" autoComplete="off" inputMode={inputModeOf(element)} />
      )}
      {value.length > most * COUNTER_FROM && (
        <span className="counter" data-over={value.length > most}>
          {value.length} / {most}
        </span>
      )}
    </>
  );
}

/** As tall as what is in it, up to a point, as in Slack. */
function rowsOf(value: string): number {
  const lines = value.split('\n').map((line) => 1 + Math.floor(line.length / 60));
  return Math.min(
    14,
    Math.max(
      4,
      lines.reduce((sum, rows) => sum + rows, 1),
    ),
  );
}

function useTyping({ element, dispatches, held, choose, hold }: ElementProps<TextInput>) {
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const triggers = element.dispatch_action_config?.trigger_actions_on ?? ['on_enter_pressed'];
  const isLive = dispatches && triggers.includes('on_character_entered');
  const isMultiline = element.type === 'plain_text_input' && element.multiline === true;
  const onChange = ({ target }: ChangeEvent<HTMLInputElement | HTMLTextAreaElement>) => {
    const value = target.value === '' ? null : target.value;
    hold({ value });
    clearTimeout(timer.current);
    if (isLive) timer.current = setTimeout(() => choose({ value }), TYPING_MS);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || isMultiline || event.nativeEvent.isComposing) return;
    if (!dispatches || !triggers.includes('on_enter_pressed')) return;
    event.preventDefault();
    clearTimeout(timer.current);
    choose({ value: held['value'] ?? null });
  };
  return { onChange, onKeyDown };
}

function inputModeOf({ type }: TextInput) {
  if (type === 'email_text_input') return 'email';
  if (type === 'url_text_input') return 'url';
  return type === 'number_input' ? 'decimal' : 'text';
}
