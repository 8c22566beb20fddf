import type { Container, SandboxChannel } from '../contract.ts';
import type { JsonObject } from '../json.ts';
import { domainOf, messageShape, viewShape } from '../shapes.ts';
import type { Slack } from '../slack.ts';
import type { OpenView } from '../views.ts';
import type { StoredMessage, World } from '../world.ts';

/** What a click was in, looked up again: the page may show what is gone. */
export type Holder =
  | { readonly type: 'message'; readonly message: StoredMessage; readonly channel: SandboxChannel }
  | { readonly type: 'view'; readonly open: OpenView };

/** Finds the message or view a person means; only what they can see counts. */
export function holderOf(slack: Slack, userId: string, container: Container): Holder | undefined {
  if (container.type === 'view') {
    const open = slack.views.find(container.viewId);
    return open?.userId === userId ? { type: 'view', open } : undefined;
  }
  const message = slack.world.message(container.channel, container.ts);
  const channel = slack.world.channels.get(container.channel);
  const isVisible = message && (message.ephemeralTo ?? userId) === userId;
  if (!isVisible || !channel?.members.includes(userId)) return undefined;
  return { type: 'message', message, channel };
}

export function blocksOf(holder: Holder): readonly unknown[] {
  return holder.type === 'view' ? holder.open.view.blocks : holder.message.blocks;
}

/** What every interaction carries: which app, which team, which person. */
export function envelope(world: World, userId: string, type: string): JsonObject {
  const { name = '', teamId = world.team.id } = world.users.get(userId) ?? {};
  return {
    type,
    token: 'sandbox',
    api_app_id: world.app.id,
    team: { id: world.team.id, domain: domainOf(world) },
    user: { id: userId, username: name, name, team_id: teamId },
    enterprise: null,
    is_enterprise_install: false,
  };
}

/** Where an interaction happened: the view with its state, or the message with its channel. */
export function situation(slack: Slack, userId: string, holder: Holder): JsonObject {
  if (holder.type === 'view') {
    return {
      container: { type: 'view', view_id: holder.open.view.id },
      view: viewShape(slack.world, holder.open, slack.typed.ofView(holder.open)),
    };
  }
  const { message, channel } = holder;
  const isEphemeral = message.ephemeralTo !== null;
  return {
    container: {
      type: 'message',
      message_ts: message.ts,
      channel_id: channel.id,
      is_ephemeral: isEphemeral,
      ...(message.threadTs ? { thread_ts: message.threadTs } : {}),
    },
    channel: { id: channel.id, name: channelName(channel) },
    // An ephemeral message is not stored anywhere, so nobody gets to see it again.
    ...(isEphemeral ? {} : { message: messageShape(slack.world, message) }),
    state: { values: slack.typed.ofMessage(message, userId) },
  };
}

/** The name interactions and commands show for a conversation. */
export function channelName({ kind, name }: SandboxChannel): string {
  return { channel: name, private: 'privategroup', im: 'directmessage' }[kind];
}
