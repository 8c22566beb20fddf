import type { MultiSelect, Option, Select } from '@slack/types';
import type { SandboxState } from '../../../server/contract.ts';
import { channelTitle } from '../lib/channels.ts';
import type { Chosen } from '../lib/element-values.ts';
import { type Choice, type ChoiceGroup, optionChoice, optionGroups } from '../lib/options.ts';
import { nameOf, personGroups } from '../lib/people.ts';
import type { ChoiceSource } from './use-choices.ts';

type AnySelect = Select | MultiSelect;
type Load = (query: string) => Promise<readonly ChoiceGroup[]>;

/** What a select offers: its own options, the app's answer, people or conversations. */
export function selectSource(
  element: AnySelect,
  state: SandboxState,
  me: string,
  load: Load,
): ChoiceSource {
  switch (element.type) {
    case 'static_select':
    case 'multi_static_select':
      return { groups: optionGroups(element) };
    case 'external_select':
    case 'multi_external_select':
      return { load, minQuery: element.min_query_length ?? 3 };
    case 'users_select':
    case 'multi_users_select':
      return { groups: personGroups(state.users) };
    default:
      return { groups: conversationGroups(element, state, me) };
  }
}

/** The held value as choices to show. */
export function selectedChoices(
  element: AnySelect,
  held: Readonly<Record<string, unknown>>,
  state: SandboxState,
): Choice[] {
  const value = held[slotOf(element)];
  const values = Array.isArray(value)
    ? value
    : value === null || value === undefined
      ? []
      : [value];
  return values.map((one) =>
    typeof one === 'string'
      ? { key: one, label: labelOf(one, state), detail: '', raw: one }
      : optionChoice(one as Option),
  );
}

/** The choices as the element's part of a payload. */
export function chosenOf(element: AnySelect, chosen: readonly Choice[]): Chosen {
  const raws = chosen.map(({ raw }) => raw);
  return { [slotOf(element)]: element.type.startsWith('multi_') ? raws : (raws[0] ?? null) };
}

function slotOf({ type }: AnySelect): string {
  const plural = type.startsWith('multi_') ? 's' : '';
  if (type.endsWith('users_select')) return `selected_user${plural}`;
  if (type.endsWith('conversations_select')) return `selected_conversation${plural}`;
  if (type.endsWith('channels_select')) return `selected_channel${plural}`;
  return `selected_option${plural}`;
}

function labelOf(id: string, state: SandboxState): string {
  const channel = state.channels.find((one) => one.id === id);
  return channel === undefined ? nameOf(state, id) : channelTitle(channel);
}

function conversationGroups(element: AnySelect, state: SandboxState, me: string): ChoiceGroup[] {
  const kinds = kindsOf(element);
  const choices = state.channels
    .filter(({ kind, members, isArchived }) => {
      const isVisible = kind === 'channel' || members.includes(me);
      return isVisible && !isArchived && kinds.includes(kind);
    })
    .map((channel) => ({
      key: channel.id,
      label: channelTitle(channel),
      detail: channel.topic,
      raw: channel.id,
    }));
  return [{ label: '', choices }];
}

const kindNames = { im: 'im', private: 'private', public: 'channel', mpim: 'mpim' } as const;

function kindsOf(element: AnySelect): string[] {
  if (element.type.endsWith('channels_select')) return ['channel'];
  const filter = 'filter' in element ? element.filter : undefined;
  return (filter?.include ?? (['im', 'private', 'public'] as const)).map((name) => kindNames[name]);
}
