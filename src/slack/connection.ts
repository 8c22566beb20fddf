import type { RequestListener } from 'node:http';
import { App, HTTPReceiver, type ReceiverEvent, SocketModeReceiver } from '@slack/bolt';
import type { Logger } from '@slack/web-api';
import type { Config } from '../config.ts';
import { AppError } from '../domain/refusal.ts';
import type { Identity } from './gateway.ts';

/** Bolt, and the road on which Slack's payloads reach it. */
export interface Connection {
  readonly bolt: App;
  /** Handles Slack's HTTP requests; undefined when they come over a socket. */
  readonly requests: RequestListener | undefined;
  /** Whether the socket is open; over HTTP there is nothing that could be shut. */
  readonly connected: () => boolean;
  start(): Promise<void>;
  stop(): Promise<void>;
}

/**
 * Connects by Socket Mode when there is an app token, else by signed HTTP. Each client gets options
 * of its own: a shared object would spread one client's retry policy and token (SLACK §4.2, A, B).
 */
export function connect(config: Config, me: Identity, logger: Logger): Connection {
  const { apiUrl, appToken, signingSecret, botToken } = config.slack;
  const clientOptions = () => ({
    slackApiUrl: apiUrl,
    retryConfig: { retries: 0 },
    timeout: 10_000,
  });
  const shared = {
    // Given a token, Bolt asks Slack who we are before every payload, and drops what was submitted
    // when Slack does not answer.
    authorize: async () => ({ botToken, botId: me.botId, botUserId: me.botUserId }),
    clientOptions: clientOptions(),
    convoStore: false as const,
    extendedErrorHandler: true as const,
    logger,
  };

  if (appToken) {
    const receiver = new SocketModeReceiver({
      appToken,
      logger,
      installerOptions: { clientOptions: { slackApiUrl: apiUrl, timeout: 10_000 } },
    });
    return {
      bolt: acknowledgeLate(new App({ ...shared, receiver })),
      requests: undefined,
      connected: () => receiver.client.websocket?.isActive() ?? false,
      start: async () => void (await receiver.start()),
      stop: async () => void (await receiver.stop()),
    };
  }

  if (!signingSecret) {
    throw new AppError('Neither SLACK_APP_TOKEN nor SLACK_SIGNING_SECRET is set', {
      code: 'no_way_in',
    });
  }
  const receiver = new HTTPReceiver({ signingSecret, logger });
  return {
    bolt: acknowledgeLate(new App({ ...shared, receiver })),
    requests: receiver.requestListener,
    connected: () => true,
    start: async () => undefined,
    stop: async () => undefined,
  };
}

/**
 * Bolt acknowledges an event before it handles it: one in hand would be gone with the process. Here
 * the acknowledgement waits, and Slack delivers again what was not handled or could not be.
 */
function acknowledgeLate(bolt: App): App {
  const handle = bolt.processEvent.bind(bolt);
  bolt.processEvent = async (event: ReceiverEvent) => {
    if (event.body['type'] !== 'event_callback') return handle(event);
    await handle({ ...event, ack: async () => undefined });
    await event.ack();
  };
  return bolt;
}
