import type { SandboxChannel, SandboxUser } from './contract.ts';
import type { JsonObject } from './json.ts';
import { messageShape, userShape, viewShape } from './shapes.ts';
import type { Slack } from './slack.ts';
import type { StoredMessage } from './world.ts';

const messageEvents = {
  channel: { name: 'message.channels', scope: 'channels:history', channelType: 'channel' },
  private: { name: 'message.groups', scope: 'groups:history', channelType: 'group' },
  im: { name: 'message.im', scope: 'im:history', channelType: 'im' },
} as const;

interface Subscription {
  /** The name the app subscribes to in its manifest. */
  readonly name: string;
  readonly scope?: string;
  readonly channel?: SandboxChannel | undefined;
}

/** Tells the app of a new message, its own ones included; it must be a member of the channel. */
export function emitMessage(slack: Slack, message: StoredMessage): Promise<void> {
  return emitInChannel(slack, message.channel, messageShape(slack.world, message), message.ts);
}

export function emitChanged(slack: Slack, now: StoredMessage, before: StoredMessage) {
  const event = {
    type: 'message',
    subtype: 'message_changed',
    hidden: true,
    message: messageShape(slack.world, now),
    previous_message: messageShape(slack.world, before),
  };
  return emitInChannel(slack, now.channel, event, slack.world.stamps.ts());
}

export function emitDeleted(slack: Slack, gone: StoredMessage): Promise<void> {
  const event = {
    type: 'message',
    subtype: 'message_deleted',
    hidden: true,
    deleted_ts: gone.ts,
    previous_message: messageShape(slack.world, gone),
  };
  return emitInChannel(slack, gone.channel, event, slack.world.stamps.ts());
}

async function emitInChannel(slack: Slack, channelId: string, event: JsonObject, ts: string) {
  const channel = slack.world.channels.get(channelId);
  if (!channel) return;
  const { name, scope, channelType } = messageEvents[channel.kind];
  const placed = { ts, ...event, channel: channelId, channel_type: channelType, event_ts: ts };
  await emit(slack, placed, { name, scope, channel });
}

export function emitHomeOpened(slack: Slack, userId: string): Promise<void> {
  const home = slack.views.home(userId);
  const event = {
    type: 'app_home_opened',
    user: userId,
    channel: slack.world.dmWith(userId).id,
    tab: 'home',
    ...(home ? { view: viewShape(slack.world, home) } : {}),
    event_ts: slack.world.stamps.ts(),
  };
  return emit(slack, event, { name: 'app_home_opened' });
}

/** Tells of somebody, perhaps the app itself, who came or went. */
export async function emitMembership(
  slack: Slack,
  channel: SandboxChannel,
  userId: string,
  change: 'joined' | 'left',
): Promise<void> {
  const isPrivate = channel.kind === 'private';
  const isOwnLeave = change === 'left' && userId === slack.world.app.userId;
  const ownLeave = isPrivate ? 'group_left' : 'channel_left';
  const type = isOwnLeave ? ownLeave : `member_${change}_channel`;
  const event = {
    type,
    ...(isOwnLeave ? {} : { user: userId, channel_type: isPrivate ? 'G' : 'C' }),
    channel: channel.id,
    team: slack.world.team.id,
    event_ts: slack.world.stamps.ts(),
  };
  const scope = isPrivate ? 'groups:read' : 'channels:read';
  await emit(slack, event, { name: type, scope, channel: isOwnLeave ? undefined : channel });
}

export function emitArchived(slack: Slack, channel: SandboxChannel): Promise<void> {
  const type = channel.kind === 'private' ? 'group_archive' : 'channel_archive';
  const scope = channel.kind === 'private' ? 'groups:read' : 'channels:read';
  const event = { type, channel: channel.id, event_ts: slack.world.stamps.ts() };
  return emit(slack, event, { name: type, scope, channel });
}

/** Tells that another company came to read along in a channel, or stopped to. */
export function emitSharing(
  slack: Slack,
  channel: SandboxChannel,
  change: { readonly type: 'channel_shared' | 'channel_unshared'; readonly teamId: string },
): Promise<void> {
  const { type, teamId } = change;
  const event = {
    type,
    channel: channel.id,
    ...(type === 'channel_shared'
      ? { connected_team_id: teamId }
      : { previously_connected_team_id: teamId, is_ext_shared: channel.sharedWith.length > 0 }),
    event_ts: slack.world.stamps.ts(),
  };
  const scope = channel.kind === 'private' ? 'groups:read' : 'channels:read';
  return emit(slack, event, { name: type, scope, channel });
}

export function emitUser(slack: Slack, user: SandboxUser, type: 'user_change' | 'team_join') {
  const event = {
    type,
    user: userShape(slack.world, user),
    cache_ts: Math.floor(slack.world.clock.now().getTime() / 1000),
    event_ts: slack.world.stamps.ts(),
  };
  return emit(slack, event, { name: type, scope: 'users:read' });
}

/** The app's last two events: its token is already worthless, and their order is not certain. */
export async function emitUninstalled(slack: Slack): Promise<void> {
  const { app } = slack.world;
  const revoked = { type: 'tokens_revoked', tokens: { oauth: [], bot: [app.userId] } };
  for (const event of [{ type: 'app_uninstalled' }, revoked]) {
    const placed = { ...event, event_ts: slack.world.stamps.ts() };
    await emit(slack, placed, { name: event.type });
  }
}

async function emit(slack: Slack, event: JsonObject, wanted: Subscription): Promise<void> {
  const { world } = slack;
  const { app, team } = world;
  const { name, scope, channel } = wanted;
  if (app.events && !app.events.includes(name)) return;
  if (scope && !app.scopes.includes(scope)) return;
  if (channel && !world.isMember(channel, app.userId)) return;
  const { type } = event;
  await slack.delivery.sendEvent(String(type), {
    token: 'sandbox',
    team_id: team.id,
    context_team_id: team.id,
    context_enterprise_id: null,
    api_app_id: app.id,
    event,
    type: 'event_callback',
    event_id: world.stamps.id('Ev'),
    event_time: Math.floor(world.clock.now().getTime() / 1000),
    authorizations: [
      {
        enterprise_id: null,
        team_id: team.id,
        user_id: app.userId,
        is_bot: true,
        is_enterprise_install: false,
      },
    ],
    is_ext_shared_channel: (channel?.sharedWith.length ?? 0) > 0,
  });
}
