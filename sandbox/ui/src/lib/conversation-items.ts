import type { SandboxMessage } from '../../../server/contract.ts';
import { groupBy } from './group-by.ts';
import { dayIn, dayLabel, instantOf } from './zoned-time.ts';

/** A row of a conversation: a day's name, or a message with or without its author above. */
export type Item =
  | { readonly kind: 'day'; readonly key: string; readonly label: string }
  | {
      readonly kind: 'message';
      readonly key: string;
      readonly message: SandboxMessage;
      readonly startsGroup: boolean;
      readonly replies: readonly SandboxMessage[];
    };

const GROUP_SECONDS = 5 * 60;

/** Top-level messages of a channel, oldest first, grouped by author and split by the reader's days. */
export function conversationItems(
  messages: readonly SandboxMessage[],
  zone: string,
  now: Date,
): Item[] {
  const replies = groupBy(messages.filter(isReply), ({ threadTs }) => threadTs);
  const items: Item[] = [];
  let last: SandboxMessage | null = null;
  for (const message of messages.filter((one) => !isReply(one)).sort(byTime)) {
    const at = instantOf(message.ts);
    const newDay = last === null || dayIn(zone, instantOf(last.ts)) !== dayIn(zone, at);
    if (newDay) {
      items.push({ kind: 'day', key: `day ${dayIn(zone, at)}`, label: dayLabel(zone, at, now) });
    }
    items.push({
      kind: 'message',
      key: message.ts,
      message,
      startsGroup: newDay || !continues(last, message),
      replies: replies.get(message.ts) ?? [],
    });
    last = message;
  }
  return items;
}

/** Parent first, then its replies. */
export function threadItems(messages: readonly SandboxMessage[], root: string): Item[] {
  const parent = messages.filter(({ ts }) => ts === root);
  const replies = messages.filter((one) => isReply(one) && one.threadTs === root).sort(byTime);
  let last: SandboxMessage | null = null;
  return [...parent, ...replies].map((message, index) => {
    const startsGroup = index < 2 || !continues(last, message);
    last = message;
    return { kind: 'message', key: message.ts, message, startsGroup, replies: [] };
  });
}

export function isReply({ threadTs, ts }: SandboxMessage): boolean {
  return threadTs !== null && threadTs !== ts;
}

function continues(last: SandboxMessage | null, message: SandboxMessage): boolean {
  return (
    last !== null &&
    last.user === message.user &&
    last.ephemeralTo === message.ephemeralTo &&
    Number(message.ts) - Number(last.ts) < GROUP_SECONDS
  );
}

function byTime(one: SandboxMessage, other: SandboxMessage): number {
  return Number(one.ts) - Number(other.ts);
}
