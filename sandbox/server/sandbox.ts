import { Activity } from './activity.ts';
import { Actor } from './actor.ts';
import type { ApiCall } from './api/method.ts';
import type { SandboxChannel, SandboxUser } from './contract.ts';
import { type Delivered, Delivery, type DeliveryRecord } from './delivery.ts';
import { emitArchived, emitMembership, emitSharing, emitUninstalled, emitUser } from './events.ts';
import { Faults } from './faults.ts';
import { Hooks } from './hooks.ts';
import { Line } from './line.ts';
import type { ChannelSeed, SandboxOptions, UserSeed } from './options.ts';
import { Pacing } from './pacing.ts';
import { startServer } from './server.ts';
import type { Slack } from './slack.ts';
import { SocketHub } from './socket-hub.ts';
import type { Ack } from './transport.ts';
import { Triggers } from './triggers.ts';
import { TypedState } from './typed-state.ts';
import { Views } from './views.ts';
import { type AppIdentity, World } from './world.ts';

const slackAckTimeoutMs = 3000;

/** A running stand-in for Slack, and the strings a test pulls in it. */
export interface Sandbox {
  readonly url: string;
  /** For `slackApiUrl`; ends with `/api/`. */
  readonly apiUrl: string;
  readonly app: AppIdentity;
  /** Every Web API call and use of a `response_url`, in order. */
  readonly calls: readonly ApiCall[];
  /** Every attempt to hand something to the app, in the order they ended. */
  readonly deliveries: readonly DeliveryRecord[];
  readonly faults: Faults;
  /** For a listener who hears each call before it is done and before it is answered. */
  readonly line: Line;
  readonly pacing: Pacing;
  /** A person to act as. */
  as(userId: string): Actor;
  /** Resolves when nothing is on its way between Slack and the app. */
  settled(): Promise<void>;
  /** Runs work of the app's that Slack cannot see, such as a query; `settled` waits for it too. */
  during<Result>(work: () => Promise<Result>): Promise<Result>;
  connectHttp(url: string): void;
  /** Asks the app's sockets to reconnect: `warning`, `refresh_requested` or `link_disabled`. */
  disconnectSockets(reason?: string): void;
  /** Sends the newest parcel of a kind (`event`, `command`, `interactive`) or type again. */
  redeliverLast(kindOrType: string): Promise<Ack>;
  /** Sends one of `deliveries` again, or one like it; only the app sees what comes of it. */
  redeliver(delivered: Delivered): Promise<Ack>;
  /** Makes the later retries of failed events due now. */
  retryEvents(): Promise<void>;
  addUser(seed: UserSeed): Promise<SandboxUser>;
  setUser(id: string, patch: Partial<SandboxUser>): Promise<void>;
  /** Puts a person on do-not-disturb, or takes them off it. */
  setQuiet(userId: string, hours: { readonly from: Date; readonly until: Date } | null): void;
  addChannel(seed: ChannelSeed): SandboxChannel;
  archive(channelId: string): Promise<void>;
  unarchive(channelId: string): void;
  /** Lets another company read along in a channel. */
  share(channelId: string, teamId: string): Promise<void>;
  /** Invites another company to read along; it has not accepted, and the app hears nothing. */
  offerToShare(channelId: string, teamId: string): void;
  /** The channel is our own company's again, and so are its members. */
  unshare(channelId: string): Promise<void>;
  /** Adds somebody to a channel: the app, unless a person is named. */
  invite(channelId: string, userId?: string): Promise<void>;
  /** Removes somebody from a channel: the app, unless a person is named. */
  kick(channelId: string, userId?: string): Promise<void>;
  /** Removes the app from the workspace; its token is worth nothing from then on. */
  uninstall(): Promise<void>;
  stop(): Promise<void>;
}

/** Starts a strict local Slack: what a real workspace would refuse is refused here, for the same reason. */
export async function createSandbox(options: SandboxOptions): Promise<Sandbox> {
  const slack = assemble(options);
  const server = await startServer(slack, options);
  slack.origin = server.origin;
  const { world, delivery, hub, activity } = slack;
  const channelOf = (id: string): SandboxChannel => {
    const channel = world.channels.get(id);
    if (!channel) throw new Error(`There is no channel ${id}.`);
    return channel;
  };
  return {
    url: server.origin,
    apiUrl: `${server.origin}/api/`,
    app: world.app,
    calls: slack.calls,
    deliveries: delivery.records,
    faults: slack.faults,
    line: slack.line,
    pacing: slack.pacing,
    as: (userId) => new Actor(slack, userId),
    settled: () => activity.settled(),
    during: (work) => activity.during(work),
    connectHttp: (url) => delivery.connectHttp(url),
    disconnectSockets: (reason = 'refresh_requested') => hub.disconnect(reason),
    redeliverLast: (kindOrType) => delivery.redeliverLast(kindOrType),
    redeliver: (delivered) => delivery.redeliver(delivered),
    retryEvents: () => delivery.retryEvents(),
    addUser: async (seed) => {
      const user = world.addUser(seed);
      await emitUser(slack, user, 'team_join');
      return user;
    },
    setUser: async (id, patch) => {
      const user = world.users.get(id);
      if (!user) throw new Error(`There is no user ${id}.`);
      await emitUser(slack, world.addUser({ ...user, ...patch }), 'user_change');
    },
    setQuiet: (userId, hours) => {
      if (hours) slack.quiet.set(userId, hours);
      else slack.quiet.delete(userId);
    },
    addChannel: (seed) => world.addChannel(seed),
    archive: async (id) => {
      await emitArchived(slack, world.putChannel({ ...channelOf(id), isArchived: true }));
    },
    unarchive: (id) => void world.putChannel({ ...channelOf(id), isArchived: false }),
    share: async (id, teamId) => {
      const channel = channelOf(id);
      const sharedWith = [...new Set([...channel.sharedWith, teamId])];
      const offeredTo = channel.offeredTo.filter((team) => team !== teamId);
      const shared = world.putChannel({ ...channel, sharedWith, offeredTo });
      await emitSharing(slack, shared, { type: 'channel_shared', teamId });
    },
    offerToShare: (id, teamId) => {
      const channel = channelOf(id);
      world.putChannel({ ...channel, offeredTo: [...channel.offeredTo, teamId] });
    },
    unshare: async (id) => {
      const { sharedWith, ...channel } = channelOf(id);
      const members = channel.members.filter(
        (member) => !sharedWith.includes(world.users.get(member)?.teamId ?? ''),
      );
      const own = world.putChannel({ ...channel, members, sharedWith: [], offeredTo: [] });
      for (const teamId of sharedWith) {
        await emitSharing(slack, own, { type: 'channel_unshared', teamId });
      }
    },
    invite: async (id, userId = world.app.userId) => {
      const channel = channelOf(id);
      const members = [...new Set([...channel.members, userId])];
      await emitMembership(slack, world.putChannel({ ...channel, members }), userId, 'joined');
    },
    kick: async (id, userId = world.app.userId) => {
      const channel = channelOf(id);
      const members = channel.members.filter((member) => member !== userId);
      await emitMembership(slack, world.putChannel({ ...channel, members }), userId, 'left');
    },
    uninstall: async () => {
      world.uninstall();
      await emitUninstalled(slack);
    },
    stop: () => server.stop(),
  };
}

function assemble(options: SandboxOptions): Slack {
  const timeoutMs = options.ackTimeoutMs ?? slackAckTimeoutMs;
  const world = new World(options);
  const activity = new Activity();
  const hub = new SocketHub(world, timeoutMs);
  return {
    world,
    activity,
    hub,
    views: new Views(world),
    triggers: new Triggers(world),
    hooks: new Hooks(world),
    typed: new TypedState(),
    faults: new Faults(),
    line: new Line(),
    pacing: new Pacing(options.clock, options.enforcePacing ?? false),
    delivery: new Delivery(world, hub, activity, timeoutMs),
    calls: [],
    quiet: new Map(),
    origin: '',
  };
}
