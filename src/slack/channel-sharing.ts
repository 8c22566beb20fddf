import type { WebClient } from '@slack/web-api';
import { z } from 'zod';
import type { ChannelId } from '../domain/ids.ts';
import { AppError } from '../domain/refusal.ts';

/** Who reads a channel: our company alone, or another one as well, now or once it accepts. */
export type Readership = 'ours' | 'shared';

/** What keeps internal words out of channels that another company reads (METHOD part 5). */
export interface Sharing {
  /**
   * Direct messages are not asked about: their one reader was chosen by name.
   * @throws AppError `channel_shared`; `sharing_unknown` when Slack does not say; Slack's own errors.
   */
  assertOurs(channelId: ChannelId): Promise<void>;
  /** Something changed there: whoever asks next looks again. */
  forget(channelId: ChannelId): void;
}

/** A thread of many replies costs one question, and a channel shared just now is noticed soon. */
const keptMs = 60_000;
const directMessage = /^[DUW]/;

// A channel of several workspaces of one company (`is_shared`, `is_org_shared`) is ours.
const sharingSchema = z.object({
  is_ext_shared: z.boolean(),
  is_pending_ext_shared: z.boolean().nullish(),
  pending_connected_team_ids: z.array(z.unknown()).nullish(),
});

/** Reads it off a channel as Slack describes it; undefined where that does not say. */
export function readReadership(channel: unknown): Readership | undefined {
  const { success, data } = sharingSchema.safeParse(channel);
  if (!success) return undefined;
  const invited = data.pending_connected_team_ids ?? [];
  const isShared = data.is_ext_shared || data.is_pending_ext_shared || invited.length > 0;
  return isShared ? 'shared' : 'ours';
}

interface Known {
  readonly until: number;
  readonly readership: Promise<Readership | undefined>;
}

/** @param now for how long ago an answer was given: it is kept for a minute, a failed look not at all. */
export function createSharing(reading: WebClient, now: () => Date): Sharing {
  const known = new Map<ChannelId, Known>();

  function readershipOf(channel: ChannelId): Known['readership'] {
    const at = now().getTime();
    const kept = known.get(channel);
    if (kept && kept.until > at) return kept.readership;
    const readership = reading.conversations
      .info({ channel })
      .then((answer) => readReadership(answer.channel));
    const fresh: Known = { until: at + keptMs, readership };
    known.set(channel, fresh);
    readership.catch(() => {
      if (known.get(channel) === fresh) known.delete(channel);
    });
    return readership;
  }

  return {
    assertOurs: async (channelId) => {
      if (directMessage.test(channelId)) return;
      const readership = await readershipOf(channelId);
      if (readership === 'ours') return;
      throw readership === 'shared'
        ? new AppError(`Channel ${channelId} is shared with another company`, {
            code: 'channel_shared',
          })
        : new AppError(`Slack does not say who reads channel ${channelId}`, {
            code: 'sharing_unknown',
          });
    },
    forget: (channelId) => void known.delete(channelId),
  };
}
