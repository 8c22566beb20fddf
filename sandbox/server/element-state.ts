import { isDeepStrictEqual } from 'node:util';
import { type Element, elementsIn, optionsOf } from './blocks.ts';
import type { StateValues } from './contract.ts';
import { isObject, type JsonObject } from './json.ts';

interface Kind {
  /** The field of the state and of an action that holds the value. */
  readonly field: string;
  /** The field of the element that fills it in before anybody touches it. */
  readonly initial: string;
  readonly isList?: boolean;
}

const text: Kind = { field: 'value', initial: 'initial_value' };
const option: Kind = { field: 'selected_option', initial: 'initial_option' };
const options: Kind = { field: 'selected_options', initial: 'initial_options', isList: true };

const kinds: Readonly<Record<string, Kind>> = {
  plain_text_input: text,
  email_text_input: text,
  url_text_input: text,
  number_input: text,
  rich_text_input: { field: 'rich_text_value', initial: 'initial_value' },
  static_select: option,
  external_select: option,
  radio_buttons: option,
  checkboxes: options,
  multi_static_select: options,
  multi_external_select: options,
  users_select: { field: 'selected_user', initial: 'initial_user' },
  multi_users_select: { field: 'selected_users', initial: 'initial_users', isList: true },
  channels_select: { field: 'selected_channel', initial: 'initial_channel' },
  multi_channels_select: { field: 'selected_channels', initial: 'initial_channels', isList: true },
  conversations_select: { field: 'selected_conversation', initial: 'initial_conversation' },
  multi_conversations_select: {
    field: 'selected_conversations',
    initial: 'initial_conversations',
    isList: true,
  },
  datepicker: { field: 'selected_date', initial: 'initial_date' },
  timepicker: { field: 'selected_time', initial: 'initial_time' },
  datetimepicker: { field: 'selected_date_time', initial: 'initial_date_time' },
};

/** How an element keeps what a person put in; buttons and menus keep nothing. */
export function kindOf({ type }: Element): Kind | undefined {
  return Object.hasOwn(kinds, type) ? kinds[type] : undefined;
}

/** The state of an element that holds this value. */
export function stateWith(element: Element, value: unknown): JsonObject {
  const kind = kindOf(element);
  if (!kind) return {};
  const { type, timezone } = element;
  const zone = timezone === undefined ? {} : { timezone };
  return { type, [kind.field]: value ?? (kind.isList ? [] : null), ...zone };
}

/** What these blocks hold: what was typed, otherwise what they came with. */
export function fullState(
  blocks: readonly unknown[],
  typed: StateValues,
  currentConversation?: string,
): StateValues {
  const values: StateValues = {};
  for (const { blockId, actionId, element } of elementsIn(blocks)) {
    const kind = kindOf(element);
    if (!kind) continue;
    const entered = typed[blockId]?.[actionId];
    const isSame = isObject(entered) && entered['type'] === element.type;
    const untouched = stateWith(element, initialOf(element, kind, currentConversation));
    values[blockId] = { ...values[blockId], [actionId]: isSame ? entered : untouched };
  }
  return values;
}

function initialOf(element: Element, { initial, isList }: Kind, conversation?: string): unknown {
  const { default_to_current_conversation: toCurrent } = element;
  const isOpenedHere = toCurrent === true && conversation !== undefined;
  return element[initial] ?? (isOpenedHere ? (isList ? [conversation] : conversation) : undefined);
}

/** Says what a person cannot have chosen here, so that a test cannot pass by luck. */
export function impossibleChoice(element: Element, chosen: JsonObject): string | undefined {
  const kind = kindOf(element);
  const field = kind?.field ?? (element.type === 'overflow' ? 'selected_option' : undefined);
  if (!field) return undefined;
  const value = chosen[field];
  if (value === undefined) return `${element.type} needs ${field}`;
  const offered = optionsOf(element);
  if (offered.length === 0) return undefined;
  const picked = Array.isArray(value) ? value : value === null ? [] : [value];
  const isOffered = picked.every((one) => offered.some((other) => isDeepStrictEqual(one, other)));
  return isOffered ? undefined : `${element.type} does not offer that option`;
}
