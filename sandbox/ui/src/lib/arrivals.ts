import type { SandboxState } from '../../../server/contract.ts';
import { isReply } from './conversation-items.ts';
import { groupBy } from './group-by.ts';

/** New messages of one channel. */
export interface Arrival {
  readonly channel: string;
  readonly count: number;
}

/**
 * What reached this person between two looks: not their own words, nothing that was there before,
 * and no replies, which a thread shows by its count.
 */
export function findArrivals(before: SandboxState, after: SandboxState, me: string): Arrival[] {
  const known = new Set(before.messages.map(({ channel, ts }) => `${channel} ${ts}`));
  const fresh = after.messages.filter(
    (message) =>
      message.user !== me &&
      message.ephemeralTo === null &&
      !isReply(message) &&
      !known.has(`${message.channel} ${message.ts}`),
  );
  const byChannel = groupBy(fresh, ({ channel }) => channel);
  return [...byChannel].map(([channel, messages]) => ({ channel, count: messages.length }));
}

export function mergeArrivals(one: readonly Arrival[], other: readonly Arrival[]): Arrival[] {
  const counts = new Map<string, number>();
  for (const { channel, count } of [...one, ...other]) {
    counts.set(channel, (counts.get(channel) ?? 0) + count);
  }
  return [...counts].map(([channel, count]) => ({ channel, count }));
}

/** `1 new message from Homeroom`, `4 new messages in #closed-lost`. */
export function arrivalText({ channel, count }: Arrival, state: SandboxState): string {
  const known = state.channels.find(({ id }) => id === channel);
  const messages = count === 1 ? '1 new message' : `${count} new messages`;
  if (known === undefined) return messages;
  return known.kind === 'im' ? `${messages} from ${known.name}` : `${messages} in #${known.name}`;
}
