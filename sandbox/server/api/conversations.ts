import type { SandboxChannel } from '../contract.ts';
import { invalidArguments, SlackRefusal } from '../refusal.ts';
import { channelShape } from '../shapes.ts';
import type { Slack } from '../slack.ts';
import { type Args, requiredText } from './args.ts';
import { type ApiMethod, page, requireScope } from './method.ts';
import { openDm, visibleChannel } from './targets.ts';

const kinds = {
  public_channel: { kind: 'channel', scope: 'channels:read' },
  private_channel: { kind: 'private', scope: 'groups:read' },
  im: { kind: 'im', scope: 'im:read' },
} as const;

const readScopes = { channel: 'channels:read', private: 'groups:read', im: 'im:read' } as const;

const listArgs = {
  cursor: 'string',
  limit: 'integer',
  types: 'string',
  exclude_archived: 'boolean',
} as const;

/** A channel whose description the app may read. */
function readableChannel(slack: Slack, args: Args): SandboxChannel {
  const channel = visibleChannel(slack, args.text('channel'));
  requireScope(slack, readScopes[channel.kind]);
  return channel;
}

function wantedKinds(slack: Slack, args: Args): readonly string[] {
  const types = (args.text('types') ?? 'public_channel').split(',').map((type) => type.trim());
  return types.map((type) => {
    const found = Object.entries(kinds).find(([name]) => name === type)?.[1];
    if (!found) throw new SlackRefusal('invalid_types');
    requireScope(slack, found.scope);
    return found.kind;
  });
}

function listChannels(slack: Slack, args: Args, isListed: (channel: SandboxChannel) => boolean) {
  const wanted = wantedKinds(slack, args);
  const channels = [...slack.world.channels.values()].filter(
    (channel) =>
      wanted.includes(channel.kind) &&
      isListed(channel) &&
      !(args.flag('exclude_archived') && channel.isArchived),
  );
  const { items, cursor } = page(channels, args, 100);
  const shapes = items.map((channel) => channelShape(slack.world, channel));
  return { channels: shapes, response_metadata: cursor };
}

const list: ApiMethod = {
  args: listArgs,
  run: (args, slack) => {
    const { app } = slack.world;
    return listChannels(
      slack,
      args,
      ({ kind, members }) => kind === 'channel' || members.includes(app.userId),
    );
  },
};

const listOfUser: ApiMethod = {
  args: { ...listArgs, user: 'string' },
  run: (args, slack) => {
    const { app } = slack.world;
    const user = args.text('user') ?? app.userId;
    return listChannels(
      slack,
      args,
      ({ kind, members }) =>
        members.includes(user) && (kind === 'channel' || members.includes(app.userId)),
    );
  },
};

const info: ApiMethod = {
  args: { channel: 'string', include_locale: 'boolean', include_num_members: 'boolean' },
  required: ['channel'],
  run: (args, slack) => {
    const channel = readableChannel(slack, args);
    const members = args.flag('include_num_members') ? { num_members: channel.members.length } : {};
    return { channel: { ...channelShape(slack.world, channel), ...members } };
  },
};

const members: ApiMethod = {
  args: { channel: 'string', cursor: 'string', limit: 'integer' },
  required: ['channel'],
  run: (args, slack) => {
    const { items, cursor } = page(readableChannel(slack, args).members, args, 100);
    return { members: items, response_metadata: cursor };
  },
};

const open: ApiMethod = {
  args: {
    channel: 'string',
    users: 'string',
    return_im: 'boolean',
    prevent_creation: 'boolean',
  },
  scopes: ['im:write'],
  run: (args, slack) => {
    if (args.has('channel')) {
      const channel = visibleChannel(slack, args.text('channel'));
      return { no_op: true, already_open: true, channel: { id: channel.id } };
    }
    const [user = '', ...others] = requiredText(args, 'users').split(',');
    if (others.length > 0) throw invalidArguments('group messages are not part of this sandbox');
    const channel = openDm(slack, user);
    return {
      channel: args.flag('return_im') ? channelShape(slack.world, channel) : { id: channel.id },
    };
  },
};

/** Which conversations there are, who is in them, and opening one with a person. */
export const conversationMethods: Readonly<Record<string, ApiMethod>> = {
  'conversations.list': list,
  'users.conversations': listOfUser,
  'conversations.info': info,
  'conversations.members': members,
  'conversations.open': open,
};
