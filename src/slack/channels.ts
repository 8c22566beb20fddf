import type { WebClient } from '@slack/web-api';
import type { ChannelId } from '../domain/ids.ts';
import { AppError } from '../domain/refusal.ts';
import { type Readership, readReadership } from './channel-sharing.ts';

/**
 * Finds the id behind a channel's name among the channels the app is in, which are all it may post
 * to. Names change, so what was found is kept for minutes only.
 */
export interface Channels {
  /**
   * @param nameOrId `#name`, `name`, or an id of a channel, a DM or a user, which is given back.
   * @throws AppError `channel_not_found`; Slack's own errors.
   */
  resolve(nameOrId: string): Promise<ChannelId>;
  /** Something found here is no longer true. */
  forget(): void;
}

const keptMs = 5 * 60_000;
const pageSize = 200;
// Names are lower case, ids upper case: one cannot be taken for the other.
const idPattern = /^[CDGUW][A-Z0-9]{4,}$/;

interface Known {
  readonly until: number;
  readonly ids: Promise<ReadonlyMap<string, ChannelId>>;
}

export function createChannels(reading: WebClient, now: () => Date): Channels {
  let known: Known | undefined;

  function ownChannels(): Known['ids'] {
    const at = now().getTime();
    if (!known || known.until <= at) {
      const fresh: Known = { until: at + keptMs, ids: idsByName(reading) };
      // A failed look is not kept: whoever asks next looks again.
      fresh.ids.catch(() => {
        if (known === fresh) known = undefined;
      });
      known = fresh;
    }
    return known.ids;
  }

  return {
    resolve: async (nameOrId) => {
      if (idPattern.test(nameOrId)) return nameOrId as ChannelId;
      const name = nameOrId.replace(/^#/, '').toLowerCase();
      const id = (await ownChannels()).get(name);
      if (id) return id;
      // The app may be invited, or the channel made, a moment from now.
      known = undefined;
      throw new AppError(`The app is in no channel named #${name}; it must be invited there`, {
        code: 'channel_not_found',
      });
    },
    forget: () => {
      known = undefined;
    },
  };
}

async function idsByName(reading: WebClient): Known['ids'] {
  const channels = await listOwnChannels(reading);
  return new Map(channels.map(({ name, id }) => [name, id]));
}

/** A channel the app is in; `readership` is undefined where Slack does not say. */
export interface OwnChannel {
  readonly id: ChannelId;
  readonly name: string;
  readonly readership: Readership | undefined;
}

/** The channels the app is in and may post to: no archived ones. */
export async function listOwnChannels(reading: WebClient): Promise<OwnChannel[]> {
  const channels: OwnChannel[] = [];
  let cursor: string | undefined;
  do {
    const page = await reading.users.conversations({
      types: 'public_channel,private_channel',
      exclude_archived: true,
      limit: pageSize,
      ...(cursor ? { cursor } : {}),
    });
    for (const channel of page.channels ?? []) {
      const { id, name } = channel;
      if (id && name) {
        channels.push({ id: id as ChannelId, name, readership: readReadership(channel) });
      }
    }
    cursor = page.response_metadata?.next_cursor;
  } while (cursor);
  return channels;
}
