import type { KnownBlock, View } from '@slack/types';

/**
 * What the sandbox shows and takes. The browser page, the tests and the demo all speak this; the
 * page over HTTP:
 *
 * - `GET /control/state?as=U…`   → `SandboxState` as that person sees it
 * - `GET /control/stream`        → server-sent events, one `data: <version>` per change
 * - `POST /control/act`          → body `ActRequest`, answer `ActResult`
 */
export interface SandboxUser {
  readonly id: string;
  readonly name: string;
  readonly realName: string;
  readonly title: string;
  readonly email: string;
  readonly tz: string;
  readonly isBot: boolean;
  readonly isRestricted: boolean;
  /** Of another company, and in no channel with the app. */
  readonly isStranger: boolean;
  /** The workspace they belong to; another than this one's for people of other companies. */
  readonly teamId: string;
  readonly deleted: boolean;
}

export interface SandboxChannel {
  readonly id: string;
  /** Without `#`; for a DM the name of the other person or app. */
  readonly name: string;
  readonly kind: 'channel' | 'private' | 'im';
  readonly members: readonly string[];
  readonly isArchived: boolean;
  readonly topic: string;
  /** Which other companies read along, by their team ids. */
  readonly sharedWith: readonly string[];
  /** Which are invited to, and have not accepted. */
  readonly offeredTo: readonly string[];
}

export interface SandboxMessage {
  readonly channel: string;
  readonly ts: string;
  readonly threadTs: string | null;
  readonly user: string;
  readonly text: string;
  readonly blocks: readonly KnownBlock[];
  readonly edited: boolean;
  /** Shown to this person only and gone on reload. */
  readonly ephemeralTo: string | null;
  readonly metadata: { event_type: string; event_payload: Record<string, unknown> } | null;
}

export type SandboxView = View & {
  readonly id: string;
  readonly hash: string;
  readonly root_view_id: string;
  readonly previous_view_id: string | null;
};

export interface SandboxState {
  readonly version: number;
  /** The sandbox's own time, which the page can move. */
  readonly now: string;
  readonly team: { readonly id: string; readonly name: string; readonly zone: string };
  /** The app that is being tried: its bot user and its slash commands. */
  readonly app: {
    readonly userId: string;
    readonly name: string;
    readonly commands: readonly {
      readonly command: string;
      readonly description: string;
      readonly usageHint: string;
    }[];
    readonly shortcuts: readonly {
      readonly name: string;
      readonly callbackId: string;
      readonly type: 'global' | 'message';
    }[];
  };
  readonly users: readonly SandboxUser[];
  readonly channels: readonly SandboxChannel[];
  readonly messages: readonly SandboxMessage[];
  /** The open modals of this person, bottom first; the last one is on top. */
  readonly modals: readonly SandboxView[];
  readonly home: SandboxView | null;
  /** A few clock moves that make sense for the demo, e.g. the next business morning. */
  readonly clockPresets: readonly { readonly id: string; readonly label: string }[];
  /** Counts unread bot messages per channel id for this person. */
  readonly unread: Readonly<Record<string, number>>;
}

/** Where an interactive element sits. */
export type Container =
  | { readonly type: 'message'; readonly channel: string; readonly ts: string }
  | { readonly type: 'view'; readonly viewId: string };

/** Values as Slack's `view.state.values`: block id → action id → element state. */
export type StateValues = Record<string, Record<string, Record<string, unknown>>>;

export type Act =
  | {
      readonly do: 'say';
      readonly channel: string;
      readonly text: string;
      readonly threadTs?: string;
    }
  | {
      readonly do: 'command';
      readonly channel: string;
      readonly command: string;
      readonly text: string;
    }
  /**
   * A click, a choice or a typed value in an element that dispatches. `chosen` is the element's own
   * part of the payload, such as `{ selected_option: {…} }`, empty for a button.
   */
  | {
      readonly do: 'block_action';
      readonly container: Container;
      readonly blockId: string;
      readonly actionId: string;
      readonly chosen?: Record<string, unknown>;
      readonly state?: StateValues;
    }
  | {
      readonly do: 'options';
      readonly container: Container;
      readonly blockId: string;
      readonly actionId: string;
      readonly query: string;
    }
  | { readonly do: 'submit'; readonly viewId: string; readonly state: StateValues }
  | { readonly do: 'close'; readonly viewId: string }
  | {
      readonly do: 'shortcut';
      readonly callbackId: string;
      readonly message?: { channel: string; ts: string };
    }
  | { readonly do: 'open_home' }
  | { readonly do: 'read'; readonly channel: string }
  /** `preset` is an id of `clockPresets`; `to` an ISO instant. The clock never goes back. */
  | { readonly do: 'move_clock'; readonly to?: string; readonly preset?: string };

export interface ActRequest {
  readonly as: string;
  readonly act: Act;
}

export interface ActResult {
  readonly ok: boolean;
  /** What the person would see when Slack or the app failed, e.g. `/deal failed: operation_timeout`. */
  readonly error?: string;
  /** Errors under the inputs of a submitted modal, by block id. */
  readonly errors?: Record<string, string>;
  readonly options?: readonly unknown[];
  readonly optionGroups?: readonly unknown[];
}
