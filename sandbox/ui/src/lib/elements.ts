import type {
  ActionsBlockElement,
  InputBlockElement,
  KnownBlock,
  SectionBlockAccessory,
} from '@slack/types';

/** Everything a person can press, choose or type in. */
export type InteractiveElement =
  | ActionsBlockElement
  | InputBlockElement
  | Exclude<SectionBlockAccessory, { type: 'image' }>;

/** An element with the two ids that name it in every payload. */
export interface Placed {
  readonly blockId: string;
  readonly actionId: string;
  readonly element: InteractiveElement;
}

/** The interactive elements of a view or message in reading order. */
export function placedElements(blocks: readonly KnownBlock[]): Placed[] {
  return blocks.flatMap((block, index) =>
    elementsOf(block).map((element, position) => ({
      blockId: blockIdOf(block, index),
      actionId: actionIdOf(element, position),
      element,
    })),
  );
}

/** Slack gives a block without an id one of its own; so does the server. This is the last resort. */
export function blockIdOf(block: KnownBlock, index: number): string {
  return block.block_id ?? `block-${index}`;
}

export function actionIdOf(element: InteractiveElement, position: number): string {
  return element.action_id ?? `action-${position}`;
}

function elementsOf(block: KnownBlock): InteractiveElement[] {
  if (block.type === 'input') return [block.element];
  if (block.type === 'actions') return block.elements;
  if (block.type !== 'section') return [];
  return block.accessory === undefined || block.accessory.type === 'image' ? [] : [block.accessory];
}
