import { useEffect, useRef } from 'react';
import { withEmoji } from '../lib/emoji.ts';
import type { Choice, ChoiceGroup } from '../lib/options.ts';
import { CheckIcon } from '../shell/icons.tsx';
import type { Choices } from './use-choices.ts';

interface Props {
  readonly id: string;
  readonly choices: Choices;
  readonly activeKey: string | null;
  readonly selected: readonly Choice[];
  readonly isMulti: boolean;
  readonly onPick: (choice: Choice) => void;
}

export function optionId(listId: string, { key }: Choice): string {
  return `${listId}-${key}`;
}

/** The open list of a combobox. The field keeps the focus; presses here must not steal it. */
export function ChoiceList({ id, choices, onPick, ...shown }: Props) {
  const { groups, message } = choices;
  return (
    <div
      id={id}
      role="listbox"
      aria-label="Options"
      aria-multiselectable={shown.isMulti}
      className="choice-list"
      onMouseDown={(event) => event.preventDefault()}
    >
      {message !== null && <p className="choice-message">{message}</p>}
      {groups.map((group) => (
        <Group key={group.label} group={group}>
          {group.choices.map((choice) => (
            <ChoiceRow
              key={choice.key}
              id={optionId(id, choice)}
              choice={choice}
              isActive={choice.key === shown.activeKey}
              isSelected={shown.selected.some(({ key }) => key === choice.key)}
              onPick={onPick}
            />
          ))}
        </Group>
      ))}
    </div>
  );
}

function Group({ group, children }: { group: ChoiceGroup; children: React.ReactNode }) {
  if (group.label === '') return children;
  return (
    <fieldset className="choice-group" aria-label={group.label}>
      <div className="choice-group-label" aria-hidden="true">
        {group.label}
      </div>
      {children}
    </fieldset>
  );
}

interface RowProps {
  readonly id: string;
  readonly choice: Choice;
  readonly isActive: boolean;
  readonly isSelected: boolean;
  readonly onPick: (choice: Choice) => void;
}

function ChoiceRow({ id, choice, isActive, isSelected, onPick }: RowProps) {
  const row = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (isActive) row.current?.scrollIntoView({ block: 'nearest' });
  }, [isActive]);
  return (
    // The combobox input handles the keys: an option itself is never focused.
    // biome-ignore lint/a11y/useFocusableInteractive: focus stays in the combobox by the ARIA pattern.
    // biome-ignore lint/a11y/useKeyWithClickEvents: as above.
    <div
      ref={row}
      id={id}
      role="option"
      aria-selected={isSelected}
      data-active={isActive}
      className="choice"
      onClick={() => onPick(choice)}
    >
      <span className="choice-text" dir="auto">
        <span className="choice-label">{withEmoji(choice.label)}</span>
        {choice.detail !== '' && <span className="choice-detail">{withEmoji(choice.detail)}</span>}
      </span>
      {isSelected && <CheckIcon />}
    </div>
  );
}
