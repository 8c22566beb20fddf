import { domainOf } from '../shapes.ts';
import type { ApiMethod } from './method.ts';

const authTest: ApiMethod = {
  args: {},
  run: (_args, { world }) => ({
    url: `https://${domainOf(world)}.slack.com/`,
    team: world.team.name,
    user: world.users.get(world.app.userId)?.name,
    team_id: world.team.id,
    user_id: world.app.userId,
    bot_id: world.app.botId,
    is_enterprise_install: false,
  }),
};

const openConnection: ApiMethod = {
  args: {},
  token: 'app',
  run: (_args, { hub, origin }) => ({ url: `${origin.replace(/^http/, 'ws')}${hub.issuePath()}` }),
};

const teamInfo: ApiMethod = {
  args: { team: 'string', domain: 'string' },
  scopes: ['team:read'],
  run: (_args, { world }) => ({
    team: { id: world.team.id, name: world.team.name, domain: domainOf(world), email_domain: '' },
  }),
};

/** Who the app is, where, and its socket. */
export const workspaceMethods: Readonly<Record<string, ApiMethod>> = {
  'auth.test': authTest,
  'apps.connections.open': openConnection,
  'team.info': teamInfo,
};
