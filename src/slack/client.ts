import {
  LogLevel,
  type Logger as SlackLogger,
  WebClient,
  type WebClientOptions,
} from '@slack/web-api';
import type { Logger } from 'pino';
import type { Config } from '../config.ts';

type ClientConfig = Pick<Config, 'slack'>;

const timeoutMs = 10_000;

/**
 * The client of every write. It never repeats a call by itself: the Web API has no idempotency
 * key, so a repeated post may be a second message; repeating is the outbox's decision (SLACK §4.1).
 */
export function createPostingClient(config: ClientConfig, log?: Logger): WebClient {
  return new WebClient(config.slack.botToken, {
    ...options(config, log),
    retryConfig: { retries: 0 },
  });
}

/** The client of reads, which may be repeated; a rate limit is still the caller's to wait for. */
export function createReadingClient(config: ClientConfig, log?: Logger): WebClient {
  return new WebClient(config.slack.botToken, { ...options(config, log), ...repeating });
}

/** A client of reads whose every answer is shown to `onAnswer` first, headers and all. */
export function createWatchedClient(
  config: ClientConfig,
  log: Logger,
  onAnswer: (answer: Response) => void,
): WebClient {
  return new WebClient(config.slack.botToken, {
    ...options(config, log),
    ...repeating,
    fetch: async (url, init) => {
      const answer = await fetch(url, init);
      onAnswer(answer);
      return answer;
    },
  });
}

const repeating: WebClientOptions = {
  retryConfig: { retries: 2, minTimeout: 200, maxTimeout: 1_000, factor: 2 },
};

/** A fresh object for each client, without `headers`: the client writes its token into them. */
function options(config: ClientConfig, log: Logger | undefined): WebClientOptions {
  return {
    slackApiUrl: config.slack.apiUrl,
    timeout: timeoutMs,
    rejectRateLimitedCalls: true,
    ...(log ? { logger: slackLogger(log) } : { logLevel: LogLevel.ERROR }),
  };
}

/**
 * What the SDK has to say, in our log: a failed call is reported by whoever made it, so the SDK's
 * own lines are detail.
 */
export function slackLogger(log: Logger): SlackLogger {
  const say = (...parts: unknown[]) => log.debug({ sdk: true }, parts.map(String).join(' '));
  return {
    // The SDK builds whole request bodies for these: too much even for our debug level.
    debug: () => undefined,
    info: say,
    warn: say,
    error: say,
    setLevel: () => undefined,
    getLevel: () => LogLevel.INFO,
    setName: () => undefined,
  };
}
