import type { SandboxChannel, SandboxState } from '../../../server/contract.ts';

interface SidebarChannels {
  readonly channels: readonly SandboxChannel[];
  readonly directs: readonly SandboxChannel[];
  readonly app: SandboxChannel | null;
}

/** What the sidebar lists for one person: theirs, by name, without the archived. */
export function sidebarChannels(state: SandboxState, me: string): SidebarChannels {
  const mine = state.channels
    .filter(({ members, isArchived }) => members.includes(me) && !isArchived)
    .sort((one, other) => one.name.localeCompare(other.name));
  const withApp = ({ kind, members }: SandboxChannel) =>
    kind === 'im' && members.includes(state.app.userId);
  return {
    channels: mine.filter(({ kind }) => kind !== 'im'),
    directs: mine.filter((one) => one.kind === 'im' && !withApp(one)),
    app: mine.find(withApp) ?? null,
  };
}

/** The channel on screen: the one asked for, else the app's own, else the first there is. */
export function openChannel(
  state: SandboxState,
  me: string,
  asked: string | null,
): SandboxChannel | null {
  const known = state.channels.find(({ id }) => id === asked);
  const isOthersDirect = known?.kind === 'im' && !known.members.includes(me);
  if (known !== undefined && !isOthersDirect) return known;
  const { channels, directs, app } = sidebarChannels(state, me);
  return app ?? channels[0] ?? directs[0] ?? null;
}

/** `#closed-lost`, or the name alone in a direct message. */
export function channelTitle({ kind, name }: SandboxChannel): string {
  return kind === 'im' ? name : `#${name}`;
}

/** How a composer is called, which is also its label: `Message #general`, `Message Homeroom`. */
export function composerLabel(channel: SandboxChannel): string {
  return `Message ${channelTitle(channel)}`;
}
