import { isRefusal, type Refusal } from '../domain/refusal.ts';
import type { Modal } from './blocks.ts';
import type { Gateway } from './gateway.ts';
import type { Click } from './listen.ts';

/** Opens a modal where somebody clicked: over a message, or on top of the modal they clicked in. */
export async function openFrom(
  { gateway }: { readonly gateway: Pick<Gateway, 'openView' | 'pushView'> },
  { triggerId, view }: Pick<Click, 'triggerId'> & Partial<Pick<Click, 'view'>>,
  modal: Modal | Refusal,
): Promise<Refusal | undefined> {
  if (isRefusal(modal)) return modal;
  await (view
    ? gateway.pushView({ triggerId, view: modal })
    : gateway.openView({ triggerId, view: modal }));
  return undefined;
}
