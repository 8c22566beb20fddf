import { type ChangeEvent, type KeyboardEvent, useState } from 'react';
import type { Choice } from '../lib/options.ts';
import { optionId } from './choice-list.tsx';
import { type ChoiceSource, type Choices, useChoices } from './use-choices.ts';

interface Settings {
  readonly source: ChoiceSource;
  readonly selected: readonly Choice[];
  readonly onChange: (chosen: readonly Choice[]) => void;
  readonly isMulti: boolean;
  readonly maxSelected?: number;
  readonly listId: string;
}

interface Combo {
  readonly isOpen: boolean;
  readonly query: string;
  readonly choices: Choices;
  readonly active: Choice | null;
  readonly close: () => void;
  readonly pick: (choice: Choice) => void;
  readonly inputProps: object;
}

/** The keys and states of a combobox after the ARIA pattern: type to filter, arrows to move. */
export function useCombobox(settings: Settings): Combo {
  const { source, selected, onChange, isMulti, maxSelected, listId } = settings;
  const [isOpen, setOpen] = useState(false);
  const [query, setQuery] = useState('');
  const [activeKey, setActiveKey] = useState<string | null>(null);
  const choices = useChoices(source, query, isOpen);
  const all = choices.groups.flatMap((group) => group.choices);
  const start = query === '' ? selected.at(0)?.key : undefined;
  const active =
    all.find(({ key }) => key === activeKey) ??
    all.find(({ key }) => key === start) ??
    all[0] ??
    null;

  const open = () => {
    setOpen(true);
    setActiveKey(null);
  };
  const close = () => {
    setOpen(false);
    setQuery('');
  };
  const pick = (choice: Choice) => {
    if (!isMulti) {
      onChange([choice]);
      return close();
    }
    setQuery('');
    setActiveKey(choice.key);
    onChange(toggled(selected, choice, maxSelected));
  };
  const move = (step: number) => {
    if (!isOpen) return open();
    const at = active === null ? -1 : all.indexOf(active);
    setActiveKey(all[(at + step + all.length) % all.length]?.key ?? null);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      move(event.key === 'ArrowDown' ? 1 : -1);
    } else if (event.key === 'Enter' && isOpen) {
      event.preventDefault();
      if (active !== null) pick(active);
    } else if (event.key === 'Backspace' && isMulti && query === '') {
      onChange(selected.slice(0, -1));
    }
  };
  return {
    isOpen,
    query,
    choices,
    active: isOpen ? active : null,
    close,
    pick,
    inputProps: {
      type: 'text',
      role: 'combobox',
      autoComplete: 'off',
      'aria-autocomplete': 'list',
      'aria-expanded': isOpen,
      'aria-controls': isOpen ? listId : undefined,
      'aria-activedescendant': isOpen && active !== null ? optionId(listId, active) : undefined,
      onClick: () => !isOpen && open(),
      onBlur: close,
      onKeyDown,
      onChange: ({ target }: ChangeEvent<HTMLInputElement>) => {
        if (!isOpen) open();
        setQuery(target.value);
        setActiveKey(null);
      },
    },
  };
}

function toggled(selected: readonly Choice[], choice: Choice, most = Number.POSITIVE_INFINITY) {
  const others = selected.filter(({ key }) => key !== choice.key);
  if (others.length < selected.length) return others;
  return selected.length < most ? [...selected, choice] : selected;
}
