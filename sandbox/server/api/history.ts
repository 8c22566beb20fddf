import { SlackRefusal } from '../refusal.ts';
import { messageShape } from '../shapes.ts';
import type { Slack } from '../slack.ts';
import type { StoredMessage } from '../world.ts';
import { type ArgSpec, type Args, requiredText } from './args.ts';
import { type ApiMethod, page, requireScope } from './method.ts';
import { joinedChannel } from './targets.ts';

const historyScopes = {
  channel: 'channels:history',
  private: 'groups:history',
  im: 'im:history',
} as const;

const timelineArgs: ArgSpec = {
  channel: 'string',
  cursor: 'string',
  limit: 'integer',
  oldest: 'string',
  latest: 'string',
  inclusive: 'boolean',
  include_all_metadata: 'boolean',
};

function joinedHistory(slack: Slack, args: Args): StoredMessage[] {
  const channel = joinedChannel(slack, args.text('channel'));
  requireScope(slack, historyScopes[channel.kind]);
  return slack.world.messagesIn(channel.id);
}

function isWithin(args: Args, { ts }: StoredMessage): boolean {
  const at = Number(ts);
  const oldest = Number(args.text('oldest') ?? 0);
  const latest = Number(args.text('latest') ?? Number.POSITIVE_INFINITY);
  if (args.flag('inclusive')) return at >= oldest && at <= latest;
  return at > oldest && at < latest;
}

function answer(slack: Slack, args: Args, messages: readonly StoredMessage[], limit: number) {
  const { items, hasMore, cursor } = page(messages, args, limit);
  const withMetadata = args.flag('include_all_metadata');
  return {
    messages: items.map((message) => messageShape(slack.world, message, withMetadata)),
    has_more: hasMore,
    response_metadata: cursor,
  };
}

const history: ApiMethod = {
  args: timelineArgs,
  required: ['channel'],
  run: (args, slack) => {
    const shown = joinedHistory(slack, args).filter(
      (message) => (!message.threadTs || message.broadcast) && isWithin(args, message),
    );
    return answer(slack, args, shown.reverse(), 100);
  },
};

const replies: ApiMethod = {
  args: { ...timelineArgs, ts: 'string' },
  required: ['channel', 'ts'],
  run: (args, slack) => {
    const messages = joinedHistory(slack, args);
    const ts = requiredText(args, 'ts');
    const named = messages.find((message) => message.ts === ts);
    if (!named) throw new SlackRefusal('thread_not_found');
    const root = named.threadTs ?? named.ts;
    const thread = messages.filter(
      (message) => message.ts === root || (message.threadTs === root && isWithin(args, message)),
    );
    return answer(slack, args, thread, 1000);
  },
};

/** Reading what was written: newest first in a channel, oldest first in a thread. */
export const historyMethods: Readonly<Record<string, ApiMethod>> = {
  'conversations.history': history,
  'conversations.replies': replies,
};
