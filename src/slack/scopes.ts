/** A right of the bot, and what the app cannot do without it. */
interface Scope {
  readonly name: string;
  readonly without: string;
}

/** What the app does not work without; the manifest asks for the same. */
export const requiredScopes: readonly Scope[] = [
  { name: 'commands', without: '/deal is not there' },
  { name: 'chat:write', without: 'no message can be sent' },
  { name: 'users:read', without: 'names, zones and who has left stay unknown' },
  {
    name: 'channels:read',
    without:
      'the loss channel is not found by its name, and nobody knows whether another company reads it',
  },
  {
    name: 'channels:history',
    without: 'replies in the loss thread are not counted, and a message may arrive twice',
  },
];

/** What an admin may leave out when installing. */
export const optionalScopes: readonly Scope[] = [
  { name: 'dnd:read', without: 'a morning message may arrive in somebody’s do-not-disturb' },
  { name: 'users:read.email', without: 'people of the CRM are matched by name alone' },
  {
    name: 'groups:read',
    without: 'nothing is posted in private channels, which another company might read',
  },
  { name: 'groups:history', without: 'replies in a private loss channel are not counted' },
];
