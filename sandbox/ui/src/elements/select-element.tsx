import type { MultiSelect, Select } from '@slack/types';
import { useWorkspace } from '../live/workspace.ts';
import { Combobox } from './combobox.tsx';
import type { ElementProps } from './element-props.ts';
import { chosenOf, selectedChoices, selectSource } from './select-source.ts';

/** All ten select menus: one field, several places its choices come from. */
export function SelectElement({
  element,
  field,
  held,
  choose,
  load,
}: ElementProps<Select | MultiSelect>) {
  const { state, me } = useWorkspace();
  const isMulti = element.type.startsWith('multi_');
  const source = selectSource(element, state, me.id, load);
  return (
    <Combobox
      field={field}
      source={source}
      selected={selectedChoices(element, held, state)}
      placeholder={element.placeholder?.text ?? (isMulti ? 'Select some' : 'Select one')}
      isMulti={isMulti}
      {...('max_selected_items' in element && element.max_selected_items !== undefined
        ? { maxSelected: element.max_selected_items }
        : {})}
      onChange={(chosen) => choose(chosenOf(element, chosen))}
    />
  );
}
