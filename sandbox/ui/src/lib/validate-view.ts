import type { InputBlock, KnownBlock } from '@slack/types';
import type { StateValues } from '../../../server/contract.ts';
import { isEmpty } from './element-values.ts';
import { actionIdOf, blockIdOf } from './elements.ts';

/** Errors by block id. */
export type FieldErrors = Readonly<Record<string, string>>;

/** What Slack's own client refuses to send, before the app ever hears of it. */
export function validateView(blocks: readonly KnownBlock[], values: StateValues): FieldErrors {
  const errors: Record<string, string> = {};
  for (const [index, block] of blocks.entries()) {
    if (block.type !== 'input') continue;
    const blockId = blockIdOf(block, index);
    const error = fieldError(block, values[blockId]?.[actionIdOf(block.element, 0)]);
    if (error !== null) errors[blockId] = error;
  }
  return errors;
}

function fieldError(block: InputBlock, held: Record<string, unknown> | undefined): string | null {
  if (isEmpty(held)) return block.optional ? null : 'Please complete this required field.';
  const text = typeof held?.['value'] === 'string' ? held['value'] : null;
  return text === null ? null : textError(block.element, text);
}

function textError(element: InputBlock['element'], text: string): string | null {
  switch (element.type) {
    case 'plain_text_input':
      return lengthError(text, element.min_length ?? 0, element.max_length ?? 3000);
    case 'number_input':
      return numberError(text, element);
    case 'email_text_input':
      return /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(text) ? null : 'Please enter a valid email address.';
    case 'url_text_input':
      return URL.canParse(text) ? null : 'Please enter a valid URL.';
    default:
      return null;
  }
}

function lengthError(text: string, least: number, most: number): string | null {
  if (text.length < least) return `Please enter at least ${least} characters.`;
  return text.length > most ? `This is ${text.length - most} characters too long.` : null;
}

function numberError(
  text: string,
  limits: { is_decimal_allowed: boolean; min_value?: string; max_value?: string },
): string | null {
  const number = Number(text);
  if (Number.isNaN(number)) return 'Please enter a number.';
  if (!limits.is_decimal_allowed && !Number.isInteger(number))
    return 'Please enter a whole number.';
  if (limits.min_value !== undefined && number < Number(limits.min_value)) {
    return `Please enter ${limits.min_value} or more.`;
  }
  if (limits.max_value !== undefined && number > Number(limits.max_value)) {
    return `Please enter ${limits.max_value} or less.`;
  }
  return null;
}
