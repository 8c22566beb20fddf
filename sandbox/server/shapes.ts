import { tzOffset } from '@date-fns/tz';
import type { SandboxChannel, SandboxUser, StateValues } from './contract.ts';
import type { JsonObject } from './json.ts';
import type { OpenView } from './views.ts';
import type { StoredMessage, World } from './world.ts';

const secondsPerMinute = 60;

/** The team's part of a web address. */
export function domainOf(world: World): string {
  return world.team.name.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-');
}

/** A message as the API and the events show it. */
export function messageShape(world: World, message: StoredMessage, withMetadata = true) {
  const { user, text, ts, blocks, attachments, fromApp, edited, metadata, broadcast } = message;
  const { id, botId } = world.app;
  return {
    type: 'message',
    ...(broadcast ? { subtype: 'thread_broadcast' } : {}),
    user,
    text,
    ts,
    team: world.users.get(user)?.teamId ?? world.team.id,
    ...(fromApp ? { bot_id: botId, app_id: id } : {}),
    ...(blocks.length > 0 ? { blocks } : {}),
    ...(attachments.length > 0 ? { attachments } : {}),
    ...(edited ? { edited: { user, ts } } : {}),
    ...threadShape(world, message),
    ...(withMetadata && metadata ? { metadata } : {}),
  };
}

function threadShape(world: World, { channel, ts, threadTs }: StoredMessage): JsonObject {
  if (threadTs) {
    const parent = world.message(channel, threadTs);
    return { thread_ts: threadTs, ...(parent ? { parent_user_id: parent.user } : {}) };
  }
  const replies = world.messagesIn(channel).filter((reply) => reply.threadTs === ts);
  const users = [...new Set(replies.map(({ user }) => user))];
  const last = replies.at(-1);
  if (!last) return {};
  return {
    thread_ts: ts,
    reply_count: replies.length,
    reply_users: users,
    reply_users_count: users.length,
    latest_reply: last.ts,
  };
}

/** A user object; the address shows only to apps that may read it. */
export function userShape(world: World, user: SandboxUser): JsonObject {
  const { id, name, realName, title, email, deleted, isBot, isRestricted, isStranger } = user;
  const isOurs = !isStranger && user.teamId === world.team.id;
  const mayReadEmail = world.app.scopes.includes('users:read.email') && !isBot && isOurs;
  return {
    id,
    team_id: user.teamId,
    name,
    deleted,
    real_name: realName,
    ...(deleted ? {} : zoneShape(world, user)),
    profile: {
      real_name: realName,
      display_name: name,
      title,
      team: user.teamId,
      ...(mayReadEmail ? { email } : {}),
    },
    is_admin: false,
    is_owner: false,
    is_restricted: isRestricted,
    is_ultra_restricted: false,
    is_bot: isBot,
    is_app_user: false,
    ...(isStranger ? { is_stranger: true } : {}),
    updated: Math.floor(world.clock.now().getTime() / 1000),
  };
}

function zoneShape(world: World, { tz }: SandboxUser): JsonObject {
  const offset = tzOffset(tz, world.clock.now()) * secondsPerMinute;
  return { tz, tz_label: tz, tz_offset: offset };
}

/** A conversation object, as seen by the app. */
export function channelShape(world: World, channel: SandboxChannel): JsonObject {
  const { id, name, kind, members, isArchived, topic, sharedWith, offeredTo } = channel;
  if (kind === 'im') {
    const [user] = members;
    return { id, is_im: true, is_archived: isArchived, user, is_user_deleted: false };
  }
  return {
    id,
    name,
    name_normalized: name,
    is_channel: true,
    is_group: false,
    is_im: false,
    is_mpim: false,
    is_private: kind === 'private',
    is_archived: isArchived,
    is_general: false,
    is_member: world.isMember(channel, world.app.userId),
    is_shared: sharedWith.length > 0,
    is_ext_shared: sharedWith.length > 0,
    is_org_shared: false,
    is_pending_ext_shared: offeredTo.length > 0,
    pending_shared: offeredTo,
    pending_connected_team_ids: offeredTo,
    ...(sharedWith.length > 0 ? { connected_team_ids: sharedWith } : {}),
    shared_team_ids: [world.team.id],
    topic: { value: topic, creator: '', last_set: 0 },
    purpose: { value: '', creator: '', last_set: 0 },
    context_team_id: world.team.id,
  };
}

/** A view as the API answers it and interactions carry it, with the state of its inputs. */
export function viewShape(world: World, { view }: OpenView, values: StateValues = {}): JsonObject {
  return {
    private_metadata: '',
    callback_id: '',
    external_id: '',
    clear_on_close: false,
    notify_on_close: false,
    submit: null,
    close: null,
    ...view,
    team_id: world.team.id,
    app_id: world.app.id,
    app_installed_team_id: world.team.id,
    bot_id: world.app.botId,
    state: { values },
  };
}
