import type {
  ActionsBlock,
  Button,
  ContextBlock,
  HeaderBlock,
  InputBlock,
  KnownBlock,
  ModalView,
  PlainTextElement,
  PlainTextOption,
  RichTextBlock,
  RichTextBlockElement,
  RichTextSection,
  RichTextText,
} from '@slack/types';
import { isChannelId, type SlackUserId } from '../domain/ids.ts';
import { shorten } from '../domain/text.ts';

/** Slack's limits this app comes near (SLACK §1.3, §1.4). */
const limits = { header: 150, button: 75, option: 75, modalTitle: 24 };

/** A modal whose blocks are checked by the compiler. */
export type Modal = ModalView & { blocks: KnownBlock[] };

export function plain(text: string, max = 3000): PlainTextElement {
  return { type: 'plain_text', text: shorten(text, max), emoji: false };
}

export function header(text: string): HeaderBlock {
  return { type: 'header', text: plain(text, limits.header) };
}

export type Leaf = RichTextSection['elements'][number];
type Style = NonNullable<RichTextText['style']>;

/** A piece of text that Slack never parses: the form for everything a person typed. */
export function leaf(text: string, style?: Style): Leaf {
  return { type: 'text', text, ...(style ? { style } : {}) };
}

export function bold(text: string): Leaf {
  return leaf(text, { bold: true });
}

export function quiet(text: string): Leaf {
  return leaf(text, { italic: true });
}

/** A channel by link when its id is known, else by its name. */
export function channelLeaf(nameOrId: string): Leaf {
  return isChannelId(nameOrId) ? { type: 'channel', channel_id: nameOrId } : leaf(`#${nameOrId}`);
}

/** A person by mention, or by name when they have no Slack account. */
export function mention(person: { name: string; slackUserId: SlackUserId | undefined }): Leaf {
  return person.slackUserId ? { type: 'user', user_id: person.slackUserId } : leaf(person.name);
}

function line(...leaves: Leaf[]): RichTextSection {
  return { type: 'rich_text_section', elements: leaves };
}

export function bullets(...items: Leaf[][]): RichTextBlockElement {
  return { type: 'rich_text_list', style: 'bullet', elements: items.map((item) => line(...item)) };
}

export function richText(...elements: RichTextBlockElement[]): RichTextBlock {
  return { type: 'rich_text', elements };
}

/** One paragraph of leaves. */
export function paragraph(...leaves: Leaf[]): RichTextBlock {
  return richText(line(...leaves));
}

/** Small grey print. */
export function context(text: string): ContextBlock {
  return { type: 'context', elements: [plain(text)] };
}

/** A button; `about` tells screen readers which of several equal buttons it is. */
export function button(spec: {
  id: string;
  text: string;
  value?: string;
  about?: string;
  style?: 'primary' | 'danger';
}): Button {
  return {
    type: 'button',
    action_id: spec.id,
    text: plain(spec.text, limits.button),
    ...(spec.value ? { value: spec.value } : {}),
    ...(spec.about
      ? { accessibility_label: shorten(`${spec.text}: ${spec.about}`, limits.button) }
      : {}),
    ...(spec.style ? { style: spec.style } : {}),
  };
}

export function actions(blockId: string, ...elements: ActionsBlock['elements']): ActionsBlock {
  return { type: 'actions', block_id: blockId, elements };
}

/** An input whose `block_id` is the domain field; its element's action id is the same word. */
export function input(spec: {
  field: string;
  label: string;
  element: InputBlock['element'];
  hint?: string;
  optional?: boolean;
  dispatch?: boolean;
}): InputBlock {
  return {
    type: 'input',
    block_id: spec.field,
    label: plain(spec.label),
    element: { ...spec.element, action_id: spec.element.action_id ?? spec.field },
    ...(spec.hint ? { hint: plain(spec.hint) } : {}),
    ...(spec.optional ? { optional: true } : {}),
    ...(spec.dispatch ? { dispatch_action: true } : {}),
  };
}

export function option(text: string, value: string): PlainTextOption {
  return { text: plain(text, limits.option), value };
}

/** A modal; `submit` is left out for one that only tells something. */
export function modal(spec: {
  id: string;
  title: string;
  submit?: string;
  close?: string;
  meta?: unknown;
  blocks: KnownBlock[];
}): Modal {
  return {
    type: 'modal',
    callback_id: spec.id,
    title: plain(spec.title, limits.modalTitle),
    close: plain(spec.close ?? 'Cancel', limits.modalTitle),
    ...(spec.submit ? { submit: plain(spec.submit, limits.modalTitle) } : {}),
    ...(spec.meta === undefined ? {} : { private_metadata: JSON.stringify(spec.meta) }),
    blocks: spec.blocks,
  };
}
