import type { Posted } from './message.ts';

/** The address of a message, good in every workspace: Slack finds whose it is by the channel. */
export function permalinkOf({ channelId, messageTs }: Posted): string {
  return `https://slack.com/archives/${channelId}/p${messageTs.replace('.', '')}`;
}
