import type { ListenerDeps } from '../../deps.ts';
import type { ChannelId } from '../../domain/ids.ts';

/** Hears that another company came to read a channel, or no longer does. */
export function registerSharing({ bolt, gateway }: ListenerDeps): void {
  const forget = async ({ event }: { event: { channel: string } }) =>
    gateway.forgetChannel(event.channel as ChannelId);
  bolt.event('channel_shared', forget);
  bolt.event('channel_unshared', forget);
}
