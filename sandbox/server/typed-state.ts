import type { Container, StateValues } from './contract.ts';
import { fullState } from './element-state.ts';
import type { OpenView } from './views.ts';
import type { StoredMessage } from './world.ts';

/** What people have typed and chosen and not yet sent, which a real client keeps on its screen. */
export class TypedState {
  readonly #values = new Map<string, StateValues>();

  remember(container: Container, userId: string, state: StateValues): void {
    const key = keyOf(container, userId);
    const known = this.#values.get(key) ?? {};
    const blocks = Object.entries(state).map(([blockId, actions]) => [
      blockId,
      { ...known[blockId], ...actions },
    ]);
    this.#values.set(key, { ...known, ...Object.fromEntries(blocks) });
  }

  ofView({ view, userId, channelId }: OpenView): StateValues {
    const typed = this.#values.get(keyOf({ type: 'view', viewId: view.id }, userId)) ?? {};
    return fullState(view.blocks, typed, channelId);
  }

  ofMessage({ channel, ts, blocks }: StoredMessage, userId: string): StateValues {
    const typed = this.#values.get(keyOf({ type: 'message', channel, ts }, userId)) ?? {};
    return fullState(blocks, typed, channel);
  }
}

function keyOf(container: Container, userId: string): string {
  const place =
    container.type === 'view' ? container.viewId : `${container.channel}:${container.ts}`;
  return `${userId}:${place}`;
}
