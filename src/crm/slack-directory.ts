import type { SlackUserId } from '../domain/ids.ts';
import { foldName } from '../domain/names.ts';
import type { SlackUserFact } from '../domain/slack-user.ts';

/** How a file names somebody who may have a Slack account. */
interface Wanted {
  readonly slackUserId?: SlackUserId | undefined;
  readonly email?: string | undefined;
  readonly name: string;
}

/** Finds people of a file in Slack. */
export interface SlackDirectory {
  find(wanted: Wanted): SlackUserFact | undefined;
}

/**
 * By Slack id, else by e-mail, else by a name that only one user has. Of two users with one name
 * the one who is still there is meant; bots are only found by their id.
 */
export function createSlackDirectory(users: readonly SlackUserFact[]): SlackDirectory {
  const byId = new Map(users.map((user) => [user.id, user]));
  const byEmail = new Map(
    users.flatMap((user) => (user.email ? [[user.email.toLowerCase(), user] as const] : [])),
  );
  const byName = new Map<string, SlackUserFact[]>();
  for (const user of users) {
    const key = foldName(user.name);
    if (!user.isBot) byName.set(key, [...(byName.get(key) ?? []), user]);
  }
  const findByName = (name: string) => {
    const namesakes = byName.get(foldName(name)) ?? [];
    const there = namesakes.filter((user) => !user.deleted);
    const meant = there.length > 0 ? there : namesakes;
    return meant.length === 1 ? meant[0] : undefined;
  };
  return {
    find: ({ slackUserId, email, name }) => {
      if (slackUserId) return byId.get(slackUserId);
      return (email ? byEmail.get(email) : undefined) ?? findByName(name);
    },
  };
}
