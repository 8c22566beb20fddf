import type { ListenerDeps } from '../../deps.ts';
import { isRefusal, type Refusal } from '../../domain/refusal.ts';
import type { Modal } from '../../slack/blocks.ts';
import type { Click } from '../../slack/listen.ts';

/** Opens a modal where somebody clicked: over a message, or on top of the modal they clicked in. */
export async function openFrom(
  { gateway }: Pick<ListenerDeps, 'gateway'>,
  { triggerId, view }: Pick<Click, 'triggerId' | 'view'>,
  modal: Modal | Refusal,
): Promise<Refusal | undefined> {
  if (isRefusal(modal)) return modal;
  await (view
    ? gateway.pushView({ triggerId, view: modal })
    : gateway.openView({ triggerId, view: modal }));
  return undefined;
}
