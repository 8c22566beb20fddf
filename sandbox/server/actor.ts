import { type Element, elementsIn, type Option, optionsOf, type PlacedElement } from './blocks.ts';
import type {
  Act,
  ActResult,
  Container,
  SandboxMessage,
  SandboxView,
  StateValues,
} from './contract.ts';
import { kindOf, stateWith } from './element-state.ts';
import { blocksOf, holderOf } from './interact/payload.ts';
import { perform } from './interact/perform.ts';
import { isObject, listOf } from './json.ts';
import { fillBlocks, findOption, plainValue } from './plain-values.ts';
import type { Slack } from './slack.ts';

/** A message or a view, as an actor sees it. */
export type Shown = SandboxMessage | SandboxView;

/** A modal, told apart from a Home so that a test can read its title. */
export type SandboxModal = Extract<SandboxView, { type: 'modal' }>;

/** Plain values by block id: text, an option's value, a user id, a day, a list of them. */
export type PlainValues = Readonly<Record<string, unknown>>;

interface Pick {
  readonly blockId?: string;
  /** The value or the words of a button, or of an option of an overflow menu. */
  readonly value?: string;
}

/**
 * A person of the workspace, for tests. Each act resolves after the app has acknowledged it; what
 * nobody could do on a screen, such as pressing a button that is not there, throws.
 */
export class Actor {
  readonly id: string;
  readonly #slack: Slack;
  /** The options the app offered last, by block and action: what an external select can take. */
  readonly #offered = new Map<string, readonly Option[]>();

  constructor(slack: Slack, id: string) {
    if (!slack.world.users.has(id)) throw new Error(`There is no user ${id}.`);
    this.#slack = slack;
    this.id = id;
  }

  say(channel: string, text: string, { threadTs }: { threadTs?: string } = {}): Promise<ActResult> {
    const thread = threadTs === undefined ? {} : { threadTs };
    return this.#act({ do: 'say', channel: this.#channel(channel), text, ...thread });
  }

  /** Types a slash command, in the DM with the app unless a channel is named. */
  command(command: string, text = '', { channel = 'dm' } = {}): Promise<ActResult> {
    return this.#act({ do: 'command', channel: this.#channel(channel), command, text });
  }

  /** Presses a button, or picks an entry of an overflow menu by its value. */
  press(shown: Shown, actionId: string, pick: Pick = {}): Promise<ActResult> {
    const { blockId, element } = this.#find(shown, actionId, pick);
    const chosen = chosenByPress(element, pick.value);
    return this.#act({
      do: 'block_action',
      container: containerOf(shown),
      blockId,
      actionId,
      chosen,
    });
  }

  /** Puts a value into a select, picker or input, as its type wants it. */
  choose(shown: Shown, actionId: string, value: unknown, pick: Pick = {}): Promise<ActResult> {
    const { blockId, element } = this.#find(shown, actionId, pick);
    const kind = kindOf(element);
    if (!kind) throw new Error(`${element.type} '${actionId}' takes no value: press it.`);
    const plain = plainValue(element, value, this.#option(blockId, actionId));
    const chosen = { [kind.field]: stateWith(element, plain)[kind.field] };
    return this.#act({
      do: 'block_action',
      container: containerOf(shown),
      blockId,
      actionId,
      chosen,
    });
  }

  /** Types into an external select and gets what the app offers. */
  async options(shown: Shown, actionId: string, query: string, pick: Pick = {}) {
    const { blockId } = this.#find(shown, actionId, pick);
    const container = containerOf(shown);
    const result = await this.#act({ do: 'options', container, blockId, actionId, query });
    if (!result.ok) throw new Error(result.error);
    const groups = listOf(result.optionGroups).filter(isObject);
    const grouped = groups.flatMap(({ options }) => listOf(options));
    const offered = [...listOf(result.options), ...grouped] as Option[];
    this.#offered.set(`${blockId}/${actionId}`, offered);
    return offered;
  }

  /** The state of a view's inputs with these values in it. */
  fill(view: SandboxView, values: PlainValues): StateValues {
    return fillBlocks(this.#blocks(view), values, (element, named) =>
      this.#option(undefined, element.action_id ?? '')(element, named),
    );
  }

  /** Submits a modal; what `values` leaves out stays as typed, chosen or filled in before. */
  submit(view: SandboxView, values: PlainValues = {}): Promise<ActResult> {
    return this.#act({ do: 'submit', viewId: view.id, state: this.fill(view, values) });
  }

  close(view: SandboxView): Promise<ActResult> {
    return this.#act({ do: 'close', viewId: view.id });
  }

  shortcut(callbackId: string, message?: SandboxMessage): Promise<ActResult> {
    const on = message ? { message: { channel: message.channel, ts: message.ts } } : {};
    return this.#act({ do: 'shortcut', callbackId, ...on });
  }

  /** Opens the app's Home and shows it once the app has had its chance to publish. */
  async openHome(): Promise<SandboxView | null> {
    await this.#act({ do: 'open_home' });
    await this.#slack.activity.settled();
    return this.home();
  }

  home(): SandboxView | null {
    return this.#slack.views.home(this.id)?.view ?? null;
  }

  /** The open modals, bottom first. */
  modals(): readonly SandboxModal[] {
    const views = this.#slack.views.stack(this.id).map(({ view }) => view);
    return views.filter((view) => view.type === 'modal');
  }

  /** The modal on top; it is an error when there is none. */
  topView(): SandboxModal {
    const top = this.modals().at(-1);
    if (!top) throw new Error(`${this.id} has no modal open.`);
    return top;
  }

  /** What everybody in the channel can read, oldest first, threads included. */
  messages(channel: string): readonly SandboxMessage[] {
    const { world } = this.#slack;
    const id = this.#channel(channel);
    return world.channels.get(id)?.members.includes(this.id) ? world.messagesIn(id) : [];
  }

  /** The newest message of a channel; it is an error when there is none. */
  lastMessage(channel: string): SandboxMessage {
    const last = this.messages(channel).at(-1);
    if (!last) throw new Error(`There is no message in ${channel} for ${this.id}.`);
    return last;
  }

  /** What the app wrote to this person alone, in their DM. */
  dm(): readonly SandboxMessage[] {
    return this.messages('dm').filter(({ user }) => user === this.#slack.world.app.userId);
  }

  /** The messages in a channel that only this person can see. */
  ephemerals(channel = 'dm'): readonly SandboxMessage[] {
    const id = this.#channel(channel);
    return [...this.#slack.world.messages.values()].filter(
      (message) => message.channel === id && message.ephemeralTo === this.id,
    );
  }

  unread(): Readonly<Record<string, number>> {
    return this.#slack.world.unread(this.id);
  }

  #act(act: Act): Promise<ActResult> {
    return perform(this.#slack, this.id, act);
  }

  /** A channel by id, by name with or without `#`, or `dm` for the one with the app. */
  #channel(named: string): string {
    const { world } = this.#slack;
    if (named === 'dm') return world.dmWith(this.id).id;
    if (world.channels.has(named)) return named;
    const name = named.replace(/^#/, '');
    const found = [...world.channels.values()].find(
      (channel) => channel.kind !== 'im' && channel.name === name,
    );
    if (!found) throw new Error(`There is no channel ${named}.`);
    return found.id;
  }

  #blocks(shown: Shown): readonly unknown[] {
    const holder = holderOf(this.#slack, this.id, containerOf(shown));
    if (!holder) throw new Error('That message or view is not there any more.');
    return blocksOf(holder);
  }

  #find(shown: Shown, actionId: string, { blockId, value }: Pick): PlacedElement {
    const all = elementsIn(this.#blocks(shown));
    const named = all.filter(
      (placed) =>
        placed.actionId === actionId &&
        (blockId === undefined || placed.blockId === blockId) &&
        (value === undefined || hasValue(placed.element, value)),
    );
    const [found] = named;
    if (found && named.length === 1) return found;
    const known = all.map((placed) => `${placed.blockId}/${placed.actionId}`).join(', ');
    const problem = found ? 'several elements' : 'no element';
    throw new Error(`There is ${problem} '${actionId}' here; there are: ${known || 'none'}`);
  }

  /** Finds among what an element has, or among what the app offered for it last. */
  #option(blockId: string | undefined, actionId: string) {
    return (element: Element, named: unknown): Option => {
      const keys = [...this.#offered.keys()].filter((key) =>
        blockId === undefined ? key.endsWith(`/${actionId}`) : key === `${blockId}/${actionId}`,
      );
      const offered = keys.flatMap((key) => this.#offered.get(key) ?? []);
      const found = offered.find(({ value, text }) => value === named || text.text === named);
      return found ?? findOption(element, named);
    };
  }
}

function containerOf(shown: Shown): Container {
  if ('ts' in shown) return { type: 'message', channel: shown.channel, ts: shown.ts };
  return { type: 'view', viewId: shown.id };
}

function hasValue(element: Element, value: string): boolean {
  const { positive_button, negative_button } = element;
  const parts = [element, ...optionsOf(element), positive_button, negative_button].filter(isObject);
  return parts.some(({ value: own, text }) => {
    const { text: words } = isObject(text) ? text : {};
    return own === value || words === value;
  });
}

function chosenByPress(element: Element, value: string | undefined) {
  if (element.type === 'overflow') return { selected_option: findOption(element, value) };
  if (element.type !== 'feedback_buttons') {
    if (kindOf(element)) throw new Error(`${element.type} is not pressed: choose a value.`);
    return {};
  }
  return { value };
}
