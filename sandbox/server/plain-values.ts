import { type Element, elementsIn, type Option, optionsOf } from './blocks.ts';
import type { StateValues } from './contract.ts';
import { kindOf, stateWith } from './element-state.ts';
import { isObject, listOf } from './json.ts';

/** Finds an option by its value or by what it says. */
export type FindOption = (element: Element, named: unknown) => Option;

/** Finds among the options the element was built with; an option object is taken as it is. */
export function findOption(element: Element, named: unknown): Option {
  if (isObject(named)) return named as unknown as Option;
  const offered = optionsOf(element);
  const found = offered.find(({ value, text }) => value === named || text.text === named);
  if (found) return found;
  const values = offered.map(({ value }) => value).join(', ');
  throw new Error(`${element.type} has no option '${String(named)}', only: ${values}`);
}

/** Turns plain values by block id into the state Slack sends, typed after each element. */
export function fillBlocks(
  blocks: readonly unknown[],
  values: Readonly<Record<string, unknown>>,
  find: FindOption,
): StateValues {
  const placed = elementsIn(blocks).filter(({ element }) => kindOf(element));
  const entries = Object.entries(values).map(([blockId, value]) => {
    const target = placed.find((candidate) => candidate.blockId === blockId);
    if (!target) {
      const known = placed.map((candidate) => candidate.blockId).join(', ');
      throw new Error(`There is no input '${blockId}', only: ${known}`);
    }
    const { actionId, element } = target;
    return [blockId, { [actionId]: stateWith(element, plainValue(element, value, find)) }];
  });
  return Object.fromEntries(entries) as StateValues;
}

/** The value of an element's state for what a test calls it: text, an id, a day, option values. */
export function plainValue(element: Element, value: unknown, find: FindOption): unknown {
  const field = kindOf(element)?.field;
  if (value === null || value === '') return null;
  if (field === 'selected_option') return find(element, value);
  if (field === 'selected_options') return listOf(value).map((one) => find(element, one));
  if (field === 'rich_text_value' && typeof value === 'string') return richText(value);
  return field === 'value' ? String(value) : value;
}

function richText(text: string) {
  const section = { type: 'rich_text_section', elements: [{ type: 'text', text }] };
  return { type: 'rich_text', elements: [section] };
}
