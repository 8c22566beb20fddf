import type { SandboxChannel, SandboxMessage, SandboxState, SandboxUser } from './contract.ts';
import type { JsonObject } from './json.ts';
import type { AppSeed, ChannelSeed, SandboxClock, SandboxOptions, UserSeed } from './options.ts';
import { Stamps } from './stamps.ts';

/** A message as Slack keeps it: what the page shows plus what only the API returns. */
export interface StoredMessage extends SandboxMessage {
  readonly fromApp: boolean;
  readonly attachments: readonly JsonObject[];
  /** A thread reply that is also shown in the channel. */
  readonly broadcast: boolean;
}

export interface AppIdentity extends AppSeed {
  readonly id: string;
  readonly botId: string;
  readonly userId: string;
}

const unshared = { sharedWith: [], offeredTo: [] };
const slackbot: UserSeed = { id: 'USLACKBOT', name: 'slackbot', realName: 'Slackbot' };

/** The workspace: who and what is in it. Everything that changes it says so through `changed`. */
export class World {
  readonly clock: SandboxClock;
  readonly stamps: Stamps;
  readonly team: SandboxState['team'];
  readonly app: AppIdentity;
  readonly users = new Map<string, SandboxUser>();
  readonly channels = new Map<string, SandboxChannel>();
  /** By channel and ts, oldest first. */
  readonly messages = new Map<string, StoredMessage>();
  /** The newest ts a person has seen, by person and channel. */
  readonly #read = new Map<string, string>();
  readonly #watchers = new Set<() => void>();
  #isInstalled = true;
  version = 0;

  constructor(options: SandboxOptions) {
    this.clock = options.clock;
    this.stamps = new Stamps(options.clock);
    this.team = options.team ?? { id: 'T00000001', name: 'Sandbox', zone: 'UTC' };
    this.app = { ...options.app, id: 'A00000001', botId: 'B00000001', userId: 'U00000BOT' };
    for (const seed of [slackbot, ...options.users]) this.addUser(seed);
    this.addUser({
      id: this.app.userId,
      name: this.app.name.toLowerCase(),
      realName: this.app.name,
      isBot: true,
    });
    for (const seed of options.channels) this.addChannel(seed);
  }

  /** False once the app was removed; its token is worth nothing then. */
  get isInstalled(): boolean {
    return this.#isInstalled;
  }

  uninstall(): void {
    this.#isInstalled = false;
    this.changed();
  }

  addUser(seed: UserSeed): SandboxUser {
    const user: SandboxUser = {
      realName: seed.name,
      title: '',
      email: `${seed.name}@example.com`,
      tz: this.team.zone,
      isBot: false,
      isRestricted: false,
      isStranger: false,
      teamId: this.team.id,
      deleted: false,
      ...seed,
    };
    this.users.set(user.id, user);
    this.changed();
    return user;
  }

  addChannel(seed: ChannelSeed): SandboxChannel {
    const { withApp = true, members = [] } = seed;
    return this.putChannel({
      id: seed.id ?? this.stamps.id('C'),
      name: seed.name,
      kind: seed.kind ?? 'channel',
      members: [...new Set(withApp ? [...members, this.app.userId] : members)],
      isArchived: seed.isArchived ?? false,
      topic: seed.topic ?? '',
      ...unshared,
    });
  }

  putChannel(channel: SandboxChannel): SandboxChannel {
    this.channels.set(channel.id, channel);
    this.changed();
    return channel;
  }

  /** The conversation between a person and the app; it begins to exist when somebody needs it. */
  dmWith(userId: string): SandboxChannel {
    const id = dmId(userId);
    const open = this.channels.get(id);
    if (open) return open;
    return this.putChannel({
      id,
      name: this.app.name,
      kind: 'im',
      members: [userId, this.app.userId],
      isArchived: false,
      topic: '',
      ...unshared,
    });
  }

  putMessage(message: StoredMessage): StoredMessage {
    this.messages.set(messageKey(message.channel, message.ts), message);
    this.changed();
    return message;
  }

  removeMessage({ channel, ts }: StoredMessage): void {
    this.messages.delete(messageKey(channel, ts));
    this.changed();
  }

  message(channel: string, ts: string): StoredMessage | undefined {
    return this.messages.get(messageKey(channel, ts));
  }

  /** What is in a channel for everybody to see, oldest first. */
  messagesIn(channel: string): StoredMessage[] {
    return [...this.messages.values()].filter(
      (message) => message.channel === channel && message.ephemeralTo === null,
    );
  }

  isMember(channel: SandboxChannel, userId: string): boolean {
    return channel.members.includes(userId);
  }

  markRead(userId: string, channel: string): void {
    const last = this.messagesIn(channel).at(-1);
    if (last) this.#read.set(`${userId}:${channel}`, last.ts);
    this.changed();
  }

  /** How many messages of the app this person has not seen, by channel. */
  unread(userId: string): Record<string, number> {
    const counts: Record<string, number> = {};
    for (const { channel, ts, fromApp, ephemeralTo } of this.messages.values()) {
      const isNew = fromApp && !ephemeralTo && ts > (this.#read.get(`${userId}:${channel}`) ?? '');
      const isMember = this.channels.get(channel)?.members.includes(userId);
      if (isNew && isMember) counts[channel] = (counts[channel] ?? 0) + 1;
    }
    return counts;
  }

  changed(): void {
    this.version += 1;
    for (const watcher of this.#watchers) watcher();
  }

  /** Calls back after every change until the returned function is called. */
  watch(watcher: () => void): () => void {
    this.#watchers.add(watcher);
    return () => this.#watchers.delete(watcher);
  }
}

function dmId(userId: string): string {
  return `D${userId.slice(1)}`;
}

function messageKey(channel: string, ts: string): string {
  return `${channel}:${ts}`;
}
