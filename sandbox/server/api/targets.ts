import type { SandboxChannel } from '../contract.ts';
import { SlackRefusal } from '../refusal.ts';
import type { Slack } from '../slack.ts';
import type { StoredMessage } from '../world.ts';
import { type Args, requiredText } from './args.ts';

/** The person behind an id, or Slack's error. */
export function findUser({ world }: Slack, id: string | undefined) {
  const user = id === undefined ? undefined : world.users.get(id);
  if (!user) throw new SlackRefusal('user_not_found');
  return user;
}

/** Opens the conversation with a person, or says why that is impossible. */
export function openDm(slack: Slack, userId: string): SandboxChannel {
  const user = findUser(slack, userId);
  if (user.isBot || user.id === 'USLACKBOT') throw new SlackRefusal('cannot_dm_bot');
  if (user.deleted) throw new SlackRefusal('user_disabled');
  return slack.world.dmWith(userId);
}

/** A channel the app may look at: public, or private with the app in it. */
export function visibleChannel({ world }: Slack, id: string | undefined): SandboxChannel {
  const channel = id === undefined ? undefined : world.channels.get(id);
  const isVisible = channel && (channel.kind === 'channel' || isInside(channel, world.app.userId));
  if (!isVisible) throw new SlackRefusal('channel_not_found');
  return channel;
}

/** A channel the app is a member of. */
export function joinedChannel(slack: Slack, id: string | undefined): SandboxChannel {
  const channel = visibleChannel(slack, id);
  if (!isInside(channel, slack.world.app.userId)) throw new SlackRefusal('not_in_channel');
  return channel;
}

/** Where a message may go: a channel, or a person, whose DM then opens. */
export function postingChannel(slack: Slack, args: Args): SandboxChannel {
  const id = requiredText(args, 'channel');
  if (/^[UW]/.test(id)) {
    if (!slack.world.users.has(id)) throw new SlackRefusal('channel_not_found');
    return openDm(slack, id);
  }
  const channel = visibleChannel(slack, id);
  const mayPost =
    isInside(channel, slack.world.app.userId) ||
    slack.world.app.scopes.includes('chat:write.public');
  if (!mayPost) throw new SlackRefusal('not_in_channel');
  if (channel.isArchived) throw new SlackRefusal('is_archived');
  return channel;
}

/** A message everybody in a channel can see. */
export function findMessage(slack: Slack, channel: SandboxChannel, ts: string | undefined) {
  const message: StoredMessage | undefined = slack.world.message(channel.id, ts ?? '');
  if (!message || message.ephemeralTo) throw new SlackRefusal('message_not_found');
  return message;
}

function isInside(channel: SandboxChannel, userId: string): boolean {
  return channel.members.includes(userId);
}
