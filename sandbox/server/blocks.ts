import type { JsonObject } from './json.ts';
import type { Stamps } from './stamps.ts';

/** An option as elements carry it. */
export interface Option {
  readonly text: { readonly type: string; readonly text: string };
  readonly value: string;
}

/** An interactive element, with every field that some type of it may have. */
export interface Element extends JsonObject {
  readonly type: string;
  action_id?: string;
  readonly text?: { readonly text: string };
  readonly value?: string;
  readonly options?: readonly Option[];
  readonly option_groups?: readonly { readonly options: readonly Option[] }[];
}

/** A block that passed validation, loosely typed: these are the fields that hold elements. */
interface LooseBlock extends JsonObject {
  readonly type: string;
  block_id?: string;
  readonly accessory?: Element;
  readonly element?: Element;
  readonly elements?: readonly (Element | LooseBlock)[];
  readonly actions?: readonly Element[];
  readonly child_blocks?: readonly LooseBlock[];
  readonly label?: { readonly text: string };
  readonly optional?: boolean;
  readonly dispatch_action?: boolean;
}

export interface PlacedElement {
  readonly block: LooseBlock;
  readonly blockId: string;
  readonly element: Element;
  readonly actionId: string;
}

const passive = new Set(['image', 'plain_text', 'mrkdwn', 'url']);
const withElements = new Set(['actions', 'context_actions']);

/** Every element a person can use in these blocks, in the order of the screen. */
export function elementsIn(blocks: readonly unknown[]): PlacedElement[] {
  return (blocks as readonly LooseBlock[]).flatMap((block) => [
    ...elementsOf(block).map((element) => ({
      block,
      blockId: block.block_id ?? '',
      element,
      actionId: element.action_id ?? '',
    })),
    ...elementsIn(innerBlocks(block)),
  ]);
}

function elementsOf({ type, accessory, element, elements, actions }: LooseBlock): Element[] {
  const several = withElements.has(type) ? ((elements ?? []) as readonly Element[]) : [];
  const found = [...(accessory ? [accessory] : []), ...(element ? [element] : []), ...several];
  return [...found, ...(actions ?? [])].filter((candidate) => !passive.has(candidate.type));
}

function innerBlocks({ type, elements, child_blocks }: LooseBlock): readonly LooseBlock[] {
  const cards = type === 'carousel' ? ((elements ?? []) as readonly LooseBlock[]) : [];
  return [...cards, ...(child_blocks ?? [])];
}

/** The options an element was built with, whether in groups or not. */
export function optionsOf({ options, option_groups }: Element): readonly Option[] {
  return [...(options ?? []), ...(option_groups ?? []).flatMap((group) => group.options)];
}

/** A copy in which every block and element has an id, as Slack gives them. */
export function withIds<T>(blocks: readonly T[], stamps: Stamps): T[] {
  const copy = structuredClone(blocks) as T[];
  const open = [...(copy as LooseBlock[])];
  for (let block = open.pop(); block; block = open.pop()) {
    block.block_id ??= stamps.token();
    open.push(...innerBlocks(block));
  }
  for (const { element } of elementsIn(copy)) element.action_id ??= stamps.token();
  return copy;
}
