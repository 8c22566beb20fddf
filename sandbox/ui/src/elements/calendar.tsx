import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { addDays, addMonths, type Day, monthGrid, monthName, spokenDay } from '../lib/calendar.ts';
import { ChevronIcon } from '../shell/icons.tsx';

interface Props {
  readonly selected: Day | null;
  readonly today: Day;
  readonly onPick: (day: Day) => void;
}

const weekdays = ['Mo', 'Tu', 'We', 'Th', 'Fr', 'Sa', 'Su'];
const steps: Record<string, (day: Day) => Day> = {
  ArrowLeft: (day) => addDays(day, -1),
  ArrowRight: (day) => addDays(day, 1),
  ArrowUp: (day) => addDays(day, -7),
  ArrowDown: (day) => addDays(day, 7),
  PageUp: (day) => addMonths(day, -1),
  PageDown: (day) => addMonths(day, 1),
};

/** A month to choose a day from, by press or by arrow keys. */
export function Calendar({ selected, today, onPick }: Props) {
  const [focused, setFocused] = useState(selected ?? today);
  const grid = useRef<HTMLTableElement>(null);
  useEffect(() => {
    grid.current?.querySelector<HTMLElement>(`[data-date="${focused}"]`)?.focus();
  }, [focused]);
  const onKeyDown = (event: KeyboardEvent) => {
    const step = steps[event.key];
    if (step === undefined) return;
    event.preventDefault();
    setFocused(step(focused));
  };
  const turn = (months: number) => setFocused(addMonths(focused, months));
  return (
    <div role="dialog" aria-label="Calendar" className="calendar">
      <div className="calendar-head">
        <button
          type="button"
          className="plain back"
          aria-label="Previous month"
          onClick={() => turn(-1)}
        >
          <ChevronIcon />
        </button>
        <strong aria-live="polite">{monthName(focused)}</strong>
        <button
          type="button"
          className="plain forward"
          aria-label="Next month"
          onClick={() => turn(1)}
        >
          <ChevronIcon />
        </button>
      </div>
      <table ref={grid} aria-label={monthName(focused)} onKeyDown={onKeyDown}>
        <thead>
          <tr>
            {weekdays.map((day) => (
              <th key={day} scope="col">
                {day}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {monthGrid(focused).map((week) => (
            <tr key={week[0]}>
              {week.map((day) => (
                <td key={day}>
                  <button
                    type="button"
                    className="day"
                    data-date={day}
                    data-outside={day.slice(0, 7) !== focused.slice(0, 7)}
                    aria-label={spokenDay(day)}
                    aria-pressed={day === selected}
                    aria-current={day === today ? 'date' : undefined}
                    tabIndex={day === focused ? 0 : -1}
                    onClick={() => onPick(day)}
                  >
                    {Number(day.slice(8))}
                  </button>
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
