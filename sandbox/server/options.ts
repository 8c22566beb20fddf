import type { SandboxState, SandboxUser } from './contract.ts';

/** The sandbox's time. The demo's can be moved by hand; a test's may stand still. */
export interface SandboxClock {
  now(): Date;
  /** Resolves when everything that falls due on the way has happened. */
  moveTo?(instant: Date): Promise<void>;
  presets?(asUser: string): readonly { readonly id: string; readonly label: string }[];
  presetInstant?(id: string, asUser: string): Date | undefined;
}

/** A person of the workspace; what is left out is that of an ordinary member. */
export type UserSeed = Partial<SandboxUser> & Pick<SandboxUser, 'id' | 'name'>;

export interface ChannelSeed {
  readonly id?: string;
  /** Without `#`. */
  readonly name: string;
  readonly kind?: 'channel' | 'private';
  readonly members?: readonly string[];
  readonly topic?: string;
  readonly isArchived?: boolean;
  /** Whether the app was invited; it was, unless this is false. */
  readonly withApp?: boolean;
}

/** The app under trial, as its manifest and its installation describe it to Slack. */
export interface AppSeed {
  readonly name: string;
  readonly commands: SandboxState['app']['commands'];
  readonly shortcuts: SandboxState['app']['shortcuts'];
  readonly botToken: string;
  readonly appToken?: string;
  readonly signingSecret: string;
  /** Where Slack delivers over HTTP; `/slack/events` is added to a bare address. */
  readonly requestUrl?: string;
  readonly scopes: readonly string[];
  /** The bot events it subscribed to; all of them, unless given. */
  readonly events?: readonly string[];
}

export interface SandboxOptions {
  readonly clock: SandboxClock;
  readonly team?: { readonly id: string; readonly name: string; readonly zone: string };
  readonly users: readonly UserSeed[];
  readonly channels: readonly ChannelSeed[];
  readonly app: AppSeed;
  /** Static files to serve at `/`. */
  readonly uiFolder?: string;
  readonly port?: number;
  /** How long the app may take to acknowledge, in real milliseconds; Slack's 3000 unless given. */
  readonly ackTimeoutMs?: number;
  /** Answers 429 to a channel that gets more than a message a second, bursts of three aside. */
  readonly enforcePacing?: boolean;
}
