import { edit, post, remove } from '../posting.ts';
import { SlackRefusal } from '../refusal.ts';
import { domainOf, messageShape } from '../shapes.ts';
import { requiredText } from './args.ts';
import { authorArgs, contentArgs, readContent, readMetadata, readThread } from './content.ts';
import type { ApiMethod } from './method.ts';
import { findMessage, findUser, joinedChannel, postingChannel, visibleChannel } from './targets.ts';

const postMessage: ApiMethod = {
  args: {
    ...contentArgs,
    ...authorArgs,
    channel: 'string',
    thread_ts: 'string',
    reply_broadcast: 'boolean',
    metadata: 'json',
    mrkdwn: 'boolean',
    unfurl_links: 'boolean',
    unfurl_media: 'boolean',
  },
  required: ['channel'],
  scopes: ['chat:write'],
  run: (args, slack) => {
    const channel = postingChannel(slack, args).id;
    const content = readContent(args, slack);
    const threadTs = readThread(args, slack, channel);
    const metadata = readMetadata(args.json('metadata')) ?? null;
    slack.pacing.note(channel);
    const user = slack.world.app.userId;
    const broadcast = args.flag('reply_broadcast') && threadTs !== null;
    const { message } = post(slack, { ...content, channel, user, threadTs, metadata, broadcast });
    return { channel, ts: message.ts, message: messageShape(slack.world, message) };
  },
};

const postEphemeral: ApiMethod = {
  args: { ...contentArgs, ...authorArgs, channel: 'string', user: 'string', thread_ts: 'string' },
  required: ['channel', 'user'],
  scopes: ['chat:write'],
  run: (args, slack) => {
    const channel = joinedChannel(slack, args.text('channel'));
    if (channel.isArchived) throw new SlackRefusal('is_archived');
    const { id: ephemeralTo } = findUser(slack, args.text('user'));
    if (!channel.members.includes(ephemeralTo)) throw new SlackRefusal('user_not_in_channel');
    const content = readContent(args, slack);
    const threadTs = readThread(args, slack, channel.id);
    const user = slack.world.app.userId;
    const draft = { ...content, channel: channel.id, user, ephemeralTo, threadTs };
    return { message_ts: post(slack, draft).message.ts };
  },
};

const update: ApiMethod = {
  args: {
    ...contentArgs,
    channel: 'string',
    ts: 'string',
    as_user: 'boolean',
    metadata: 'json',
    reply_broadcast: 'boolean',
  },
  required: ['channel', 'ts'],
  scopes: ['chat:write'],
  run: (args, slack) => {
    const channel = visibleChannel(slack, args.text('channel'));
    const message = findMessage(slack, channel, args.text('ts'));
    if (!message.fromApp) throw new SlackRefusal('cant_update_message');
    if (channel.isArchived) throw new SlackRefusal('is_inactive');
    const content = readContent(args, slack);
    const metadata = readMetadata(args.json('metadata'));
    const changes = { ...content, ...(metadata === undefined ? {} : { metadata }) };
    const { message: now } = edit(slack, message, changes);
    const shape = messageShape(slack.world, now);
    return { channel: channel.id, ts: now.ts, text: now.text, message: shape };
  },
};

const deleteMessage: ApiMethod = {
  args: { channel: 'string', ts: 'string', as_user: 'boolean' },
  required: ['channel', 'ts'],
  scopes: ['chat:write'],
  run: (args, slack) => {
    const channel = visibleChannel(slack, args.text('channel'));
    const message = findMessage(slack, channel, args.text('ts'));
    if (!message.fromApp) throw new SlackRefusal('cant_delete_message');
    void remove(slack, message);
    return { channel: channel.id, ts: message.ts };
  },
};

const getPermalink: ApiMethod = {
  args: { channel: 'string', message_ts: 'string' },
  required: ['channel', 'message_ts'],
  run: (args, slack) => {
    const channel = visibleChannel(slack, args.text('channel'));
    const { ts } = findMessage(slack, channel, requiredText(args, 'message_ts'));
    const place = `archives/${channel.id}/p${ts.replace('.', '')}`;
    return {
      channel: channel.id,
      permalink: `https://${domainOf(slack.world)}.slack.com/${place}`,
    };
  },
};

/** Posting, changing and finding messages. */
export const chatMethods: Readonly<Record<string, ApiMethod>> = {
  'chat.postMessage': postMessage,
  'chat.postEphemeral': postEphemeral,
  'chat.update': update,
  'chat.delete': deleteMessage,
  'chat.getPermalink': getPermalink,
};
