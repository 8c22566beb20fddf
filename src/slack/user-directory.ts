import type { WebClient } from '@slack/web-api';
import { z } from 'zod';
import type { SlackUserId } from '../domain/ids.ts';
import type { SlackUserFact } from '../domain/slack-user.ts';

const pageSize = 200;

/** Nearly everything about a user may be missing: deleted ones and strangers have a name at best. */
const userSchema = z.object({
  id: z.string(),
  name: z.string().optional(),
  real_name: z.string().optional(),
  tz: z.string().nullish(),
  deleted: z.boolean().optional(),
  is_bot: z.boolean().optional(),
  is_restricted: z.boolean().optional(),
  is_ultra_restricted: z.boolean().optional(),
  is_stranger: z.boolean().optional(),
  is_admin: z.boolean().optional(),
  is_owner: z.boolean().optional(),
  team_id: z.string().optional(),
  enterprise_user: z.object({ enterprise_id: z.string().optional() }).nullish(),
  profile: z.object({ real_name: z.string().optional(), email: z.string().optional() }).optional(),
});

type User = z.infer<typeof userSchema>;

/** The workspace we are in and, where there is one, the organization it is part of. */
export interface HomeTeam {
  readonly teamId: string;
  readonly enterpriseId: string | undefined;
}

/**
 * What we keep of Slack's user object. Slack calls nobody a stranger who shares a channel with the
 * app: people of other companies are told by their team.
 */
export function toUserFact(user: unknown, home: HomeTeam): SlackUserFact {
  const known = userSchema.parse(user);
  const isOurs = !isForeign(known, home);
  return {
    id: known.id as SlackUserId,
    name: known.real_name || known.profile?.real_name || known.name || known.id,
    email: known.profile?.email || undefined,
    zone: known.tz || undefined,
    deleted: known.deleted ?? false,
    // Slackbot says it is no bot.
    isBot: (known.is_bot ?? false) || known.id === 'USLACKBOT',
    isGuest: !isOurs || Boolean(known.is_restricted || known.is_ultra_restricted),
    isAdmin: isOurs && Boolean(known.is_admin || known.is_owner),
  };
}

function isForeign({ is_stranger, team_id, enterprise_user }: User, home: HomeTeam): boolean {
  if (is_stranger) return true;
  if (team_id === home.teamId) return false;
  return !home.enterpriseId || enterprise_user?.enterprise_id !== home.enterpriseId;
}

/** Everybody Slack knows in the workspace, bots and people who left included. */
export async function listUserFacts(reading: WebClient, home: HomeTeam): Promise<SlackUserFact[]> {
  const facts: SlackUserFact[] = [];
  let cursor: string | undefined;
  do {
    const page = await reading.users.list({ limit: pageSize, ...(cursor ? { cursor } : {}) });
    facts.push(...(page.members ?? []).map((user) => toUserFact(user, home)));
    cursor = page.response_metadata?.next_cursor;
  } while (cursor);
  return facts;
}
