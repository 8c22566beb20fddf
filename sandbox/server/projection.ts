import type { SandboxChannel, SandboxState } from './contract.ts';
import type { Slack } from './slack.ts';

/** The workspace as one person sees it: their conversations, their eyes-only messages, their modals. */
export function stateFor(slack: Slack, userId: string): SandboxState {
  const { world, views } = slack;
  world.dmWith(userId);
  const channels = [...world.channels.values()].filter(({ members }) => members.includes(userId));
  const ids = new Set(channels.map(({ id }) => id));
  const { app, clock } = world;
  return {
    version: world.version,
    now: clock.now().toISOString(),
    team: world.team,
    app: {
      userId: app.userId,
      name: app.name,
      commands: app.commands,
      shortcuts: app.shortcuts,
    },
    users: [...world.users.values()].filter(({ id }) => id !== 'USLACKBOT'),
    channels: channels.map((channel) => named(slack, channel, userId)),
    messages: [...world.messages.values()]
      .filter((message) => ids.has(message.channel) && isFor(userId, message.ephemeralTo))
      .map(({ fromApp, attachments, broadcast, ...message }) => message),
    modals: views.stack(userId).map(({ view }) => view),
    home: views.home(userId)?.view ?? null,
    clockPresets: clock.presets?.(userId) ?? [],
    unread: world.unread(userId),
  };
}

function isFor(userId: string, ephemeralTo: string | null): boolean {
  return ephemeralTo === null || ephemeralTo === userId;
}

function named({ world }: Slack, channel: SandboxChannel, userId: string): SandboxChannel {
  if (channel.kind !== 'im') return channel;
  const other = channel.members.find((member) => member !== userId);
  return { ...channel, name: world.users.get(other ?? '')?.realName ?? channel.name };
}
