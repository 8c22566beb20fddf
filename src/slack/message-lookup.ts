import type { WebClient } from '@slack/web-api';
import { z } from 'zod';
import type { ChannelId, MessageTs } from '../domain/ids.ts';
import { classifySlackError } from './errors.ts';
import type { Posted } from './message.ts';

/** Marks every message of ours; its payload carries the key it was sent under. */
export const messageEventType = 'homeroom_message';

/** What looking for a message found out. */
export type Lookup =
  | { readonly is: 'there'; readonly posted: Posted }
  | { readonly is: 'absent' }
  /** We may not read there (a DM, a missing scope), so nothing is known. */
  | { readonly is: 'unreadable'; readonly code: string };

interface Sought {
  readonly channelId: ChannelId;
  readonly key: string;
  readonly since: Date;
  readonly threadTs?: MessageTs | undefined;
}

/** Our clock and Slack's are not the same. */
const skewMs = 5_000;
const pageSize = 200;

const pageSchema = z.object({
  messages: z
    .array(
      z.object({
        ts: z.string(),
        metadata: z
          .object({ event_type: z.string(), event_payload: z.record(z.string(), z.unknown()) })
          .partial()
          .optional(),
      }),
    )
    .default([]),
  response_metadata: z.object({ next_cursor: z.string().optional() }).optional(),
});

/**
 * Looks a message up by the key in its metadata.
 * @throws Slack's errors that pass: the answer is not known yet.
 */
export async function lookUpMessage(reading: WebClient, sought: Sought): Promise<Lookup> {
  // Posting to a user id makes the DM; reading it needs the DM's own id, which the lost answer held.
  if (/^[UW]/.test(sought.channelId)) return { is: 'unreadable', code: 'direct_message' };
  try {
    return await searchPages(reading, sought);
  } catch (error) {
    const fault = classifySlackError(error);
    if (fault.class === 'retry_later' || fault.class === 'outcome_unknown') throw error;
    return { is: 'unreadable', code: fault.code };
  }
}

async function searchPages(reading: WebClient, sought: Sought): Promise<Lookup> {
  let cursor: string | undefined;
  do {
    const page = pageSchema.parse(await readPage(reading, sought, cursor));
    const found = page.messages.find(
      ({ metadata }) =>
        metadata?.event_type === messageEventType && metadata.event_payload?.['key'] === sought.key,
    );
    if (found) {
      const posted = { channelId: sought.channelId, messageTs: found.ts as MessageTs };
      return { is: 'there', posted };
    }
    cursor = page.response_metadata?.next_cursor;
  } while (cursor);
  return { is: 'absent' };
}

function readPage(reading: WebClient, sought: Sought, cursor: string | undefined) {
  const range = {
    channel: sought.channelId,
    oldest: ((sought.since.getTime() - skewMs) / 1_000).toFixed(6),
    inclusive: true,
    include_all_metadata: true,
    limit: pageSize,
    ...(cursor ? { cursor } : {}),
  };
  return sought.threadTs
    ? reading.conversations.replies({ ...range, ts: sought.threadTs })
    : reading.conversations.history(range);
}
