import type { KnownBlock } from '@slack/types';
import type { StateValues } from '../../../server/contract.ts';
import { type InteractiveElement, placedElements } from './elements.ts';

/** The element's own part of a payload, such as `{ selected_date: '2025-11-24' }`. */
export type Chosen = Readonly<Record<string, unknown>>;

/** What the state of a view or message says about an element. */
export function heldOf(element: InteractiveElement, chosen: Chosen): Record<string, unknown> {
  const zone = 'timezone' in element ? element.timezone : undefined;
  return { type: element.type, ...chosen, ...(zone === undefined ? {} : { timezone: zone }) };
}

/**
 * What the element holds before anyone touches it; null for those that hold nothing. `here` is the
 * conversation on screen, which some selects start with.
 */
export function initialChosen(element: InteractiveElement, here: string | null): Chosen | null {
  switch (element.type) {
    case 'plain_text_input':
    case 'email_text_input':
    case 'url_text_input':
    case 'number_input':
      return { value: element.initial_value ?? null };
    case 'static_select':
    case 'external_select':
    case 'radio_buttons':
      return { selected_option: element.initial_option ?? null };
    case 'multi_static_select':
    case 'multi_external_select':
    case 'checkboxes':
      return { selected_options: element.initial_options ?? [] };
    case 'users_select':
      return { selected_user: element.initial_user ?? null };
    case 'multi_users_select':
      return { selected_users: element.initial_users ?? [] };
    case 'conversations_select':
      return { selected_conversation: element.initial_conversation ?? startsHere(element, here) };
    case 'multi_conversations_select':
      return { selected_conversations: element.initial_conversations ?? listed(element, here) };
    case 'channels_select':
      return { selected_channel: element.initial_channel ?? null };
    case 'multi_channels_select':
      return { selected_channels: element.initial_channels ?? [] };
    case 'datepicker':
      return { selected_date: element.initial_date ?? null };
    case 'timepicker':
      return { selected_time: element.initial_time ?? null };
    default:
      return null;
  }
}

interface StartsHere {
  readonly default_to_current_conversation?: boolean;
}

function startsHere({ default_to_current_conversation: isHere }: StartsHere, here: string | null) {
  return isHere ? here : null;
}

function listed(element: StartsHere, here: string | null): string[] {
  const start = startsHere(element, here);
  return start === null ? [] : [start];
}

/**
 * Carries values over to changed blocks as Slack does: what has the same block and action id and
 * the same type keeps its value, a newcomer starts with its initial one, what left is forgotten.
 */
export function carryValues(
  values: StateValues,
  blocks: readonly KnownBlock[],
  here: string | null,
): StateValues {
  const carried: StateValues = {};
  for (const { blockId, actionId, element } of placedElements(blocks)) {
    const initial = initialChosen(element, here);
    if (initial === null) continue;
    const held = values[blockId]?.[actionId];
    const kept = held?.['type'] === element.type ? held : heldOf(element, initial);
    carried[blockId] = { ...carried[blockId], [actionId]: kept };
  }
  return carried;
}

export function withValue(
  values: StateValues,
  blockId: string,
  actionId: string,
  held: Record<string, unknown>,
): StateValues {
  return { ...values, [blockId]: { ...values[blockId], [actionId]: held } };
}

/** Whether nothing is chosen or typed. */
export function isEmpty(held: Record<string, unknown> | undefined): boolean {
  return Object.entries(held ?? {}).every(
    ([key, value]) =>
      key === 'type' ||
      value === null ||
      value === '' ||
      (Array.isArray(value) && value.length === 0),
  );
}
