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
  profile: z.object({ real_name: z.string().optional(), email: z.string().optional() }).optional(),
});

/** What we keep of Slack's user object. */
export function toUserFact(user: unknown): SlackUserFact {
  const known = userSchema.parse(user);
  return {
    id: known.id as SlackUserId,
    name: known.real_name || known.profile?.real_name || known.name || known.id,
    email: known.profile?.email || undefined,
    zone: known.tz || undefined,
    deleted: known.deleted ?? false,
    // Slackbot says it is no bot.
    isBot: (known.is_bot ?? false) || known.id === 'USLACKBOT',
    isGuest: Boolean(known.is_restricted || known.is_ultra_restricted || known.is_stranger),
    isAdmin: Boolean(known.is_admin || known.is_owner),
  };
}

/** Everybody Slack knows in the workspace, bots and people who left included. */
export async function listUserFacts(reading: WebClient): Promise<SlackUserFact[]> {
  const facts: SlackUserFact[] = [];
  let cursor: string | undefined;
  do {
    const page = await reading.users.list({ limit: pageSize, ...(cursor ? { cursor } : {}) });
    facts.push(...(page.members ?? []).map(toUserFact));
    cursor = page.response_metadata?.next_cursor;
  } while (cursor);
  return facts;
}
