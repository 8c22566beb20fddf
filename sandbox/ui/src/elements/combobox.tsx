import { type ReactNode, useId, useRef } from 'react';
import type { Choice } from '../lib/options.ts';
import { ChevronIcon, CloseIcon } from '../shell/icons.tsx';
import { ChoiceList } from './choice-list.tsx';
import type { FieldProps } from './field-props.ts';
import { Popover } from './popover.tsx';
import type { ChoiceSource } from './use-choices.ts';
import { useCombobox } from './use-combobox.ts';

interface Props {
  readonly field: FieldProps;
  readonly source: ChoiceSource;
  readonly selected: readonly Choice[];
  readonly onChange: (chosen: readonly Choice[]) => void;
  readonly placeholder: string;
  readonly isMulti?: boolean;
  readonly maxSelected?: number;
  /** Stands before the text, such as a face. */
  readonly lead?: ReactNode;
}

/** A field to search and choose in: one thing, or several shown as chips. */
export function Combobox(props: Props) {
  const { field, selected, onChange, placeholder, isMulti = false, lead } = props;
  const listId = useId();
  const box = useRef<HTMLDivElement>(null);
  const combo = useCombobox({ ...props, isMulti, listId });
  const [only] = isMulti ? [] : selected;
  const isClearable = field.isOptional && selected.length > 0 && !field.isDisabled;

  return (
    <div ref={box} className="combo" data-open={combo.isOpen} data-invalid={field.isInvalid}>
      {lead}
      {isMulti &&
        selected.map((choice) => (
          <span key={choice.key} className="chip">
            {choice.label}
            <button
              type="button"
              aria-label={`Remove ${choice.label}`}
              onClick={() => onChange(selected.filter(({ key }) => key !== choice.key))}
            >
              <CloseIcon />
            </button>
          </span>
        ))}
      <input
        {...combo.inputProps}
        id={field.id}
        aria-label={field.label}
        aria-describedby={field.describedBy}
        aria-invalid={field.isInvalid}
        aria-required={!field.isOptional}
        disabled={field.isDisabled}
        data-focus-on-load={field.focusOnLoad}
        placeholder={only?.label ?? (selected.length > 0 ? '' : placeholder)}
        value={combo.isOpen ? combo.query : (only?.label ?? '')}
      />
      {isClearable && !isMulti ? (
        <button
          type="button"
          className="combo-clear"
          aria-label="Clear selection"
          onClick={() => onChange([])}
        >
          <CloseIcon />
        </button>
      ) : (
        <ChevronIcon />
      )}
      {combo.isOpen && (
        <Popover anchor={box} onDismiss={combo.close} matchWidth>
          <ChoiceList
            id={listId}
            choices={combo.choices}
            activeKey={combo.active?.key ?? null}
            selected={selected}
            isMulti={isMulti}
            onPick={combo.pick}
          />
        </Popover>
      )}
    </div>
  );
}
