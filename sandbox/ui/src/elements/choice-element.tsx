import type { Checkboxes, Option, RadioButtons } from '@slack/types';
import { TextView } from '../blocks/text-view.tsx';
import type { ElementProps } from './element-props.ts';

/** Radio buttons and checkboxes: the only options that may carry formatted text. */
export function ChoiceElement({
  element,
  field,
  held,
  choose,
}: ElementProps<RadioButtons | Checkboxes>) {
  const isRadio = element.type === 'radio_buttons';
  const chosen = isRadio ? [held['selected_option']] : held['selected_options'];
  const values = (Array.isArray(chosen) ? (chosen as (Option | null)[]) : []).map(
    (one) => one?.value,
  );
  const toggle = (option: Option) => {
    if (isRadio) return choose({ selected_option: option });
    const isOn = values.includes(option.value);
    const next = element.options.filter(({ value }) =>
      value === option.value ? !isOn : values.includes(value),
    );
    choose({ selected_options: next });
  };
  return (
    <fieldset
      id={field.id}
      role={isRadio ? 'radiogroup' : undefined}
      aria-label={field.label}
      aria-describedby={field.describedBy}
      className="choices"
    >
      {element.options.map((option, index) => (
        <label key={option.value ?? option.text.text} className="choice-line">
          <input
            type={isRadio ? 'radio' : 'checkbox'}
            name={field.id}
            checked={values.includes(option.value)}
            disabled={field.isDisabled}
            data-focus-on-load={index === 0 ? field.focusOnLoad : undefined}
            onChange={() => toggle(option)}
          />
          <span>
            <TextView text={option.text} />
            {option.description && (
              <span className="choice-detail">
                <TextView text={option.description} />
              </span>
            )}
          </span>
        </label>
      ))}
    </fieldset>
  );
}
