import type { Datepicker } from '@slack/types';
import { useRef, useState } from 'react';
import { longDay } from '../lib/calendar.ts';
import { dayIn } from '../lib/zoned-time.ts';
import { useWorkspace } from '../live/workspace.ts';
import { CalendarIcon, CloseIcon } from '../shell/icons.tsx';
import { Calendar } from './calendar.tsx';
import type { ElementProps } from './element-props.ts';
import { Popover } from './popover.tsx';

/** A day, chosen from a calendar that knows the sandbox's own today. */
export function DateElement({ element, field, held, choose }: ElementProps<Datepicker>) {
  const { now, me } = useWorkspace();
  const [isOpen, setOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const date = typeof held['selected_date'] === 'string' ? held['selected_date'] : null;
  const close = () => {
    setOpen(false);
    button.current?.focus();
  };
  const pick = (day: string | null) => {
    close();
    if (day !== date) choose({ selected_date: day });
  };
  const label = field.label ?? element.placeholder?.text;
  return (
    <span className="date" data-invalid={field.isInvalid}>
      <button
        ref={button}
        type="button"
        id={field.id}
        className="date-button"
        aria-label={label === undefined || date === null ? label : `${label}: ${longDay(date)}`}
        aria-describedby={field.describedBy}
        aria-haspopup="dialog"
        aria-expanded={isOpen}
        disabled={field.isDisabled}
        data-empty={date === null}
        data-date={date ?? ''}
        data-focus-on-load={field.focusOnLoad}
        onClick={() => setOpen(!isOpen)}
      >
        <CalendarIcon />
        {date === null ? (element.placeholder?.text ?? 'Select a date') : longDay(date)}
      </button>
      {field.isOptional && date !== null && (
        <button
          type="button"
          className="combo-clear"
          aria-label="Clear date"
          onClick={() => pick(null)}
        >
          <CloseIcon />
        </button>
      )}
      {isOpen && (
        <Popover anchor={button} onDismiss={close} className="calendar-popover">
          <Calendar selected={date} today={dayIn(me.tz, now)} onPick={pick} />
        </Popover>
      )}
    </span>
  );
}
