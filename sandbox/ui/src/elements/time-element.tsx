import type { Timepicker } from '@slack/types';
import { useState } from 'react';
import type { ElementProps } from './element-props.ts';

/** A time of day. While it is typed the browser reports half-times, so sending waits for the end. */
export function TimeElement({
  element,
  field,
  held,
  dispatches,
  choose,
  hold,
}: ElementProps<Timepicker>) {
  const [isTyped, setTyped] = useState(false);
  const value = typeof held['selected_time'] === 'string' ? held['selected_time'] : '';
  const take = (typed: string) => {
    hold({ selected_time: typed === '' ? null : typed });
    setTyped(true);
  };
  const send = () => {
    if (dispatches && isTyped) choose({ selected_time: value === '' ? null : value });
    setTyped(false);
  };
  return (
    <input
      type="time"
      id={field.id}
      className="input time"
      value={value}
      disabled={field.isDisabled}
      aria-label={field.label}
      aria-describedby={field.describedBy}
      aria-invalid={field.isInvalid}
      title={element.placeholder?.text}
      data-focus-on-load={field.focusOnLoad}
      onChange={({ target }) => take(target.value)}
      onBlur={send}
    />
  );
}
