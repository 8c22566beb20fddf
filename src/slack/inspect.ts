import { WebClient } from '@slack/web-api';
import type { Logger } from 'pino';
import type { Config } from '../config.ts';
import { listOwnChannels, type OwnChannel } from './channels.ts';
import { createWatchedClient, slackLogger } from './client.ts';

/** Who the bot token is, and where. */
export interface Installation {
  readonly workspaceId: string;
  readonly team: string;
  readonly bot: string;
  /** Undefined when the answer did not say. */
  readonly scopes: readonly string[] | undefined;
  /** How far this machine's clock is ahead of Slack's, to the second; undefined as above. */
  readonly aheadMs: number | undefined;
}

/** Looks at how the app is installed, and changes nothing; throws Slack's own errors. */
export interface Inspector {
  readonly apiUrl: string;
  readInstallation(): Promise<Installation>;
  /** Asks for the address of a socket, as a start does, and does not connect. */
  checkAppToken(appToken: string): Promise<void>;
  listChannels(): Promise<OwnChannel[]>;
}

export function createInspector(
  slack: Config['slack'],
  { now, log }: { now: () => Date; log: Logger },
): Inspector {
  let aheadMs: number | undefined;
  const client = createWatchedClient({ slack }, log, ({ headers }) => {
    const at = Date.parse(headers.get('date') ?? '');
    aheadMs = Number.isNaN(at) ? undefined : now().getTime() - at;
  });
  return {
    apiUrl: slack.apiUrl,
    readInstallation: async () => {
      const me = await client.auth.test();
      return {
        workspaceId: me.team_id ?? '',
        team: me.team ?? '',
        bot: me.user ?? '',
        scopes: me.response_metadata?.scopes,
        aheadMs,
      };
    },
    checkAppToken: async (appToken) => {
      const asApp = new WebClient(appToken, {
        slackApiUrl: slack.apiUrl,
        timeout: 10_000,
        retryConfig: { retries: 0 },
        rejectRateLimitedCalls: true,
        logger: slackLogger(log),
      });
      await asApp.apps.connections.open({});
    },
    listChannels: () => listOwnChannels(client),
  };
}
