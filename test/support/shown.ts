import type { Actor, Shown } from '../../sandbox/server/actor.ts';
import { elementsIn } from '../../sandbox/server/blocks.ts';
import type { SandboxMessage } from '../../sandbox/server/contract.ts';
import { isObject } from '../../sandbox/server/json.ts';

/** The newest answer that only this person sees; it is an error when there is none. */
export function answer(actor: Actor, channel = 'dm'): SandboxMessage {
  const last = actor.ephemerals(channel).at(-1);
  if (!last) throw new Error(`${actor.id} got no answer in ${channel}.`);
  return last;
}

/** Every word on a message or view, in the order of the screen. */
export function wordsOn(shown: Pick<Shown, 'blocks'>): string {
  return textsIn(shown.blocks).join(' ');
}

function textsIn(node: unknown): string[] {
  if (Array.isArray(node)) return node.flatMap(textsIn);
  if (!isObject(node)) return [];
  if (node['type'] === 'rich_text_section') return [textsIn(node['elements']).join('')];
  return Object.entries(node).flatMap(([key, value]) =>
    key === 'text' && typeof value === 'string' ? [value] : textsIn(value),
  );
}

/** The action ids of what a person can press or choose. */
export function actionsOn(shown: Pick<Shown, 'blocks'>): string[] {
  return elementsIn(shown.blocks).map(({ actionId }) => actionId);
}

/** The ids of the inputs of a form. */
export function inputsOn(shown: Pick<Shown, 'blocks'>): string[] {
  return shown.blocks.flatMap((block) =>
    block.type === 'input' && block.block_id ? [block.block_id] : [],
  );
}
