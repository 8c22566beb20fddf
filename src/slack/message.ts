import type { KnownBlock } from '@slack/types';
import type { ChannelId, MessageTs } from '../domain/ids.ts';

/** What a person reads: `text` alone must carry the whole meaning (notifications, screen readers). */
export interface Message {
  readonly text: string;
  readonly blocks: KnownBlock[];
  /** The same without charts and tables, for a Slack that refuses those blocks (DESIGN §9). */
  readonly fallback?: KnownBlock[];
}

/** Where a message went: enough to thread under it or to update it. */
export interface Posted {
  readonly channelId: ChannelId;
  readonly messageTs: MessageTs;
}
