import type { View } from '@slack/types';
import { withIds } from './blocks.ts';
import type { SandboxView } from './contract.ts';
import { SlackRefusal } from './refusal.ts';
import type { TriggerOrigin } from './triggers.ts';
import type { World } from './world.ts';

const maxStack = 3;

/** A view that somebody has before them. */
export interface OpenView {
  readonly view: SandboxView;
  readonly userId: string;
  /** Where the modal was opened from, for selects that start with the current conversation. */
  readonly channelId: string | undefined;
}

/** The modals of every person, bottom first, and everybody's Home. Payloads come validated. */
export class Views {
  readonly #world: World;
  readonly #stacks = new Map<string, readonly OpenView[]>();
  readonly #homes = new Map<string, OpenView>();

  constructor(world: World) {
    this.#world = world;
  }

  stack(userId: string): readonly OpenView[] {
    return this.#stacks.get(userId) ?? [];
  }

  home(userId: string): OpenView | undefined {
    return this.#homes.get(userId);
  }

  find(viewId: string | undefined): OpenView | undefined {
    return this.#all().find(({ view }) => view.id === viewId);
  }

  findExternal(externalId: string | undefined): OpenView | undefined {
    return this.#all().find(({ view }) => view.external_id === externalId);
  }

  /** Opens a modal; whatever the person had open makes room for it. */
  open(payload: View, { userId, channelId }: TriggerOrigin): OpenView {
    this.#refuseTaken(payload);
    const id = this.#world.stamps.id('V');
    const opened = { view: this.#stamp(payload, id, id, null), userId, channelId };
    this.#setStack(userId, [opened]);
    return opened;
  }

  /** Lays a modal over the one the person has open. */
  push(payload: View, userId: string): OpenView {
    const stack = this.stack(userId);
    const [root] = stack;
    const top = stack.at(-1);
    if (!root || !top) throw new SlackRefusal('not_found');
    if (stack.length >= maxStack) throw new SlackRefusal('push_limit_reached');
    this.#refuseTaken(payload);
    const view = this.#stamp(payload, this.#world.stamps.id('V'), root.view.id, top.view.id);
    const pushed = { ...top, view };
    this.#setStack(userId, [...stack, pushed]);
    return pushed;
  }

  /** Changes an open modal in place; a `hash` that is not the current one loses. */
  update(viewId: string, payload: View, hash?: string): OpenView {
    const old = this.find(viewId);
    if (old?.view.type !== 'modal') throw new SlackRefusal('not_found');
    if (hash !== undefined && hash !== old.view.hash) throw new SlackRefusal('hash_conflict');
    this.#refuseTaken(payload, viewId);
    const { id, root_view_id, previous_view_id } = old.view;
    const updated = { ...old, view: this.#stamp(payload, id, root_view_id, previous_view_id) };
    const stack = this.stack(old.userId);
    this.#setStack(
      old.userId,
      stack.map((open) => (open.view.id === viewId ? updated : open)),
    );
    return updated;
  }

  publish(userId: string, payload: View, hash?: string): OpenView {
    const old = this.#homes.get(userId);
    if (hash !== undefined && hash !== old?.view.hash) throw new SlackRefusal('hash_conflict');
    const id = old?.view.id ?? this.#world.stamps.id('V');
    this.#refuseTaken(payload, id);
    const home = { view: this.#stamp(payload, id, id, null), userId, channelId: undefined };
    this.#homes.set(userId, home);
    this.#world.changed();
    return home;
  }

  /** Takes a modal away; the one below it shows again. */
  close({ view, userId }: OpenView): void {
    this.#setStack(
      userId,
      this.stack(userId).filter((open) => open.view.id !== view.id),
    );
  }

  closeAll(userId: string): void {
    this.#setStack(userId, []);
  }

  #all(): OpenView[] {
    return [...[...this.#stacks.values()].flat(), ...this.#homes.values()];
  }

  #setStack(userId: string, stack: readonly OpenView[]): void {
    this.#stacks.set(userId, stack);
    this.#world.changed();
  }

  #refuseTaken({ external_id }: View, self?: string): void {
    const holder = external_id ? this.findExternal(external_id) : undefined;
    if (holder && holder.view.id !== self) throw new SlackRefusal('duplicate_external_id');
  }

  #stamp(payload: View, id: string, root: string, previous: string | null): SandboxView {
    const { stamps } = this.#world;
    return {
      ...payload,
      blocks: withIds(payload.blocks, stamps),
      id,
      hash: `${stamps.ts()}.${stamps.token()}`,
      root_view_id: root,
      previous_view_id: previous,
    };
  }
}
