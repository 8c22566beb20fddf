import type { ChannelId, MessageTs, WorkspaceId } from '../domain/ids.ts';
import type { OutboxKind } from '../domain/outbox.ts';
import type { Message, Posted } from '../slack/message.ts';
import type { Tx } from '../store/store.ts';

/** What becomes of a queued intent, decided from current state at the moment of sending. */
export type Rendered =
  | {
      readonly do: 'post';
      readonly target: string;
      readonly threadTs?: MessageTs;
      readonly message: Message;
    }
  | {
      readonly do: 'update';
      readonly channelId: ChannelId;
      readonly messageTs: MessageTs;
      readonly message: Message;
    }
  /** Not before `until`, which is later than now; then it is rendered again. */
  | { readonly do: 'wait'; readonly until: Date; readonly reason: string }
  /** It no longer makes sense; `reason` is kept for the operator. */
  | { readonly do: 'drop'; readonly reason: string };

export interface RenderInput {
  readonly workspaceId: WorkspaceId;
  readonly target: string;
  readonly payload: Readonly<Record<string, string>>;
  readonly now: Date;
}

/** How one kind of intent becomes a message. */
export interface Renderer {
  render(tx: Tx, input: RenderInput): Promise<Rendered>;
  /** Runs in the transaction that marks the row sent: keeps the message's address. */
  sent?(tx: Tx, input: RenderInput, posted: Posted): Promise<void>;
  /**
   * `reconcile`: after an unknown outcome look the message up in the channel and send it if it is
   * not there. `forget`: never send again (a nudge waits for the next day's bundle).
   */
  readonly whenUnknown: 'reconcile' | 'forget';
  /**
   * Present on what can wait: the reader's do-not-disturb in Slack is asked first and waited for.
   * Its target is a person.
   */
  readonly whenDisturbing?: 'wait';
  /**
   * Present on what a talk needs to go on, and nothing else brings again: a channel that takes
   * nothing, because it is archived, shared with another company or left by the app, is tried again
   * every hour, and somebody is told once (METHOD part 5).
   */
  readonly whenClosed?: 'wait';
}

/** The same message, kept until its channel takes it. */
export function untilOpen(renderer: Renderer): Renderer {
  return { ...renderer, whenClosed: 'wait' };
}

export type Renderers = Readonly<Record<OutboxKind, Renderer>>;
