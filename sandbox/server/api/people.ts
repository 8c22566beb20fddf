import { SlackRefusal } from '../refusal.ts';
import { userShape } from '../shapes.ts';
import { type ApiMethod, page } from './method.ts';
import { findUser } from './targets.ts';

const info: ApiMethod = {
  args: { user: 'string', include_locale: 'boolean' },
  required: ['user'],
  scopes: ['users:read'],
  run: (args, slack) => ({ user: userShape(slack.world, findUser(slack, args.text('user'))) }),
};

const list: ApiMethod = {
  args: { cursor: 'string', limit: 'integer', include_locale: 'boolean' },
  scopes: ['users:read'],
  run: (args, slack) => {
    const everybody = [...slack.world.users.values()];
    const { items, cursor } = page(everybody, args, everybody.length);
    return {
      members: items.map((user) => userShape(slack.world, user)),
      cache_ts: Math.floor(slack.world.clock.now().getTime() / 1000),
      response_metadata: cursor,
    };
  },
};

const lookupByEmail: ApiMethod = {
  args: { email: 'string' },
  required: ['email'],
  scopes: ['users:read', 'users:read.email'],
  run: (args, slack) => {
    const wanted = args.text('email')?.toLowerCase();
    const found = [...slack.world.users.values()].find(
      ({ email, deleted, isBot }) => !(deleted || isBot) && email.toLowerCase() === wanted,
    );
    if (!found) throw new SlackRefusal('users_not_found');
    return { user: userShape(slack.world, found) };
  },
};

const dndInfo: ApiMethod = {
  args: { user: 'string' },
  scopes: ['dnd:read'],
  run: (args, slack) => {
    const user = findUser(slack, args.text('user') ?? slack.world.app.userId);
    const quiet = slack.quiet.get(user.id);
    return {
      dnd_enabled: quiet !== undefined,
      next_dnd_start_ts: quiet ? Math.floor(quiet.from.getTime() / 1000) : 1,
      next_dnd_end_ts: quiet ? Math.floor(quiet.until.getTime() / 1000) : 1,
    };
  },
};

/** Who is in the workspace and whether they want to be left alone. */
export const peopleMethods: Readonly<Record<string, ApiMethod>> = {
  'users.info': info,
  'users.list': list,
  'users.lookupByEmail': lookupByEmail,
  'dnd.info': dndInfo,
};
