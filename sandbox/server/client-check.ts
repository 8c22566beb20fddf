import { elementsIn, type PlacedElement } from './blocks.ts';
import type { StateValues } from './contract.ts';
import { kindOf } from './element-state.ts';
import { listOf } from './json.ts';

/** What Slack's own client says under an input before the app ever hears of the submission. */
export function clientErrors(blocks: readonly unknown[], state: StateValues) {
  const errors: Record<string, string> = {};
  for (const placed of elementsIn(blocks)) {
    const { block, blockId, actionId, element } = placed;
    const kind = kindOf(element);
    if (block.type !== 'input' || !kind) continue;
    const value = state[blockId]?.[actionId]?.[kind.field];
    const isEmpty = value === null || value === undefined || value === '' || isEmptyList(value);
    const error = isEmpty ? missing(placed) : unfit(placed, value);
    if (error) errors[blockId] = error;
  }
  return errors;
}

function isEmptyList(value: unknown): boolean {
  return Array.isArray(value) && value.length === 0;
}

function missing({ block }: PlacedElement): string | undefined {
  return block.optional ? undefined : 'Please complete this required field.';
}

function unfit({ element }: PlacedElement, value: unknown): string | undefined {
  const { type, max_selected_items: maxItems } = element;
  if (typeof maxItems === 'number' && listOf(value).length > maxItems) {
    return `Please choose at most ${maxItems}.`;
  }
  if (typeof value !== 'string') return undefined;
  if (type === 'plain_text_input') return unfitText(element, value);
  if (type === 'number_input') return unfitNumber(element, Number(value));
  if (type === 'email_text_input' && !/^\S+@\S+\.\S+$/.test(value)) {
    return 'Please enter a valid email address.';
  }
  if (type === 'url_text_input' && !URL.canParse(value)) return 'Please enter a valid URL.';
  return undefined;
}

function unfitText({ min_length, max_length }: PlacedElement['element'], value: string) {
  if (typeof min_length === 'number' && value.length < min_length) {
    return `Please enter at least ${min_length} characters.`;
  }
  const longest = typeof max_length === 'number' ? max_length : 3000;
  return value.length > longest ? `Please enter at most ${longest} characters.` : undefined;
}

function unfitNumber(element: PlacedElement['element'], value: number): string | undefined {
  const { is_decimal_allowed, min_value, max_value } = element;
  if (Number.isNaN(value)) return 'Please enter a number.';
  if (!(is_decimal_allowed || Number.isInteger(value))) return 'Please enter a whole number.';
  if (min_value !== undefined && value < Number(min_value)) {
    return `Please enter at least ${Number(min_value)}.`;
  }
  const isTooHigh = max_value !== undefined && value > Number(max_value);
  return isTooHigh ? `Please enter at most ${Number(max_value)}.` : undefined;
}
