import type { HomeView, KnownBlock, ModalView } from '@slack/types';
import type { WebClient } from '@slack/web-api';
import type { Logger } from 'pino';
import type { ChannelId, MessageTs, SlackUserId, WorkspaceId } from '../domain/ids.ts';
import { AppError } from '../domain/refusal.ts';
import type { SlackUserFact } from '../domain/slack-user.ts';
import { createSharing } from './channel-sharing.ts';
import { createChannels } from './channels.ts';
import { classifySlackError, heardFromSlack } from './errors.ts';
import type { Message, Posted } from './message.ts';
import { type Lookup, lookUpMessage, messageEventType } from './message-lookup.ts';
import { toQuietEnd } from './quiet.ts';
import { type HomeTeam, listUserFacts, toUserFact } from './user-directory.ts';

/** A view as Slack knows it: what an update of it must name. */
interface ShownView {
  readonly id: string;
  readonly hash: string;
}

interface NewMessage {
  /** A channel id, a user id, or `#name`. */
  readonly target: string;
  readonly threadTs?: MessageTs;
  readonly message: Message;
  /** Travels as metadata, so that a message can be recognised later; visible to members. */
  readonly key: string;
}

/** Who we are, asked once at start: every row carries the workspace. */
export interface Identity {
  readonly workspaceId: WorkspaceId;
  readonly name: string;
  readonly botId: string;
  readonly botUserId: string;
}

/**
 * Every call this app makes to the Web API; throws Slack's own errors (`classifySlackError`). What
 * goes to a channel goes to our own company alone: one that is shared with another is refused with
 * AppError `channel_shared`, and so is one of which Slack does not say (METHOD part 5).
 */
export interface Gateway {
  post(message: NewMessage): Promise<Posted>;
  update(change: Posted & { readonly message: Message }): Promise<Posted>;
  /** Says something in a thread that one person sees, until they reload; it may never be seen. */
  whisper(note: {
    readonly channelId: ChannelId;
    readonly userId: SlackUserId;
    readonly threadTs: MessageTs;
    readonly message: Message;
  }): Promise<void>;
  openView(input: { triggerId: string; view: ModalView }): Promise<ShownView>;
  pushView(input: { triggerId: string; view: ModalView }): Promise<ShownView>;
  updateView(input: { viewId: string; hash?: string; view: ModalView }): Promise<ShownView>;
  publishHome(input: { userId: SlackUserId; view: HomeView; hash?: string }): Promise<void>;
  /** Looks for our message of that key, posted at `since` or later. */
  findByKey(channelId: ChannelId, key: string, since: Date, threadTs?: MessageTs): Promise<Lookup>;
  /** @throws AppError `channel_not_found` for a name of no channel the app is in. */
  resolveChannel(nameOrId: string): Promise<ChannelId>;
  /** The same for a place that something may be said in: it fails as a post there would. */
  ownChannel(nameOrId: string): Promise<ChannelId>;
  /** Who reads a channel may have changed. */
  forgetChannel(channelId: ChannelId): void;
  /** The workspace this app is installed in, and who the app is there. */
  identify(): Promise<Identity>;
  userInfo(id: SlackUserId): Promise<SlackUserFact>;
  /** What an event says about somebody. */
  readUser(user: unknown): Promise<SlackUserFact>;
  /** When the do-not-disturb that somebody is in ends; undefined when they are not. */
  quietUntil(id: SlackUserId): Promise<Date | undefined>;
  listUsers(): Promise<SlackUserFact[]>;
  /** When Slack last answered anything, for readiness. */
  lastContactAt(): Date | undefined;
}

export interface GatewayOptions {
  /** A client that never repeats a call by itself. */
  readonly posting: WebClient;
  readonly reading: WebClient;
  readonly now: () => Date;
  readonly log: Logger;
  /** Throws when called within a database transaction: a slow Slack must not hold the store. */
  readonly assertOutside: (call: string) => void;
}

const textMax = 40_000;

export function createGateway(options: GatewayOptions): Gateway {
  const { posting, reading, now, log } = options;
  const channels = createChannels(reading, now);
  const sharing = createSharing(reading, now);
  let contactAt: Date | undefined;
  let home: HomeTeam | undefined;

  async function call<Result>(name: string, run: () => Promise<Result>): Promise<Result> {
    options.assertOutside(name);
    try {
      const result = await run();
      contactAt = now();
      return result;
    } catch (error) {
      if (heardFromSlack(error)) contactAt = now();
      const { code } = classifySlackError(error);
      if (code === 'channel_not_found') channels.forget();
      throw error;
    }
  }

  /** Asked once: an app does not move. */
  async function homeTeam(): Promise<HomeTeam> {
    if (!home) await identify();
    if (!home) throw new AppError('Slack did not say which workspace this is', { code: 'no_team' });
    return home;
  }

  function identify(): Promise<Identity> {
    return call('auth.test', async () => {
      const me = await reading.auth.test();
      const { team_id: id = '', team: name = id, bot_id: botId = '', user_id: botUserId = '' } = me;
      home = { teamId: id, enterpriseId: me.enterprise_id };
      return { workspaceId: id as WorkspaceId, name, botId, botUserId };
    });
  }

  async function post({ target, threadTs, message, key }: NewMessage): Promise<Posted> {
    assertText(message);
    const channel = await resolveOwn(target);
    const send = (content: { text: string; blocks?: KnownBlock[] }) =>
      posting.chat.postMessage({
        channel,
        ...content,
        ...(threadTs ? { thread_ts: threadTs } : {}),
        metadata: { event_type: messageEventType, event_payload: { key } },
        parse: 'none',
        unfurl_links: false,
        unfurl_media: false,
      });
    return toPosted(await inSimplerForms(message, key, send));
  }

  async function resolveOwn(nameOrId: string): Promise<ChannelId> {
    const channelId = await channels.resolve(nameOrId);
    await sharing.assertOurs(channelId);
    return channelId;
  }

  /**
   * As it is, then without charts and tables if it can do without, then as text alone. A form that
   * was refused posted nothing, so the next one doubles nothing.
   */
  async function inSimplerForms<Answer>(
    { text, blocks, fallback }: Message,
    key: string,
    send: (content: { text: string; blocks?: KnownBlock[] }) => Promise<Answer>,
  ): Promise<Answer> {
    const forms = [blocks, ...(fallback ? [fallback] : [])].filter(({ length }) => length > 0);
    for (const [at, form] of forms.entries()) {
      try {
        return await send({ text, blocks: form });
      } catch (error) {
        const fault = classifySlackError(error);
        if (fault.class !== 'payload_bad') throw error;
        const next = at < forms.length - 1 ? 'a simpler form' : 'the text alone';
        log.error({ err: error, key, code: fault.code }, `blocks refused; sending ${next}`);
      }
    }
    return send({ text });
  }

  return {
    post: (message) => call('chat.postMessage', () => post(message)),
    update: ({ channelId, messageTs, message }) =>
      call('chat.update', async () => {
        assertText(message);
        await sharing.assertOurs(channelId);
        const place = { channel: channelId, ts: messageTs };
        const send = (blocks: KnownBlock[]) =>
          posting.chat.update({ ...place, text: message.text, blocks, parse: 'none' });
        const { fallback } = message;
        if (!fallback) return toPosted(await send(message.blocks));
        try {
          return toPosted(await send(message.blocks));
        } catch (error) {
          if (classifySlackError(error).class !== 'payload_bad') throw error;
          return toPosted(await send(fallback));
        }
      }),
    whisper: ({ channelId, userId, threadTs, message }) =>
      call('chat.postEphemeral', async () => {
        assertText(message);
        await sharing.assertOurs(channelId);
        const { text, blocks } = message;
        const place = { channel: channelId, user: userId, thread_ts: threadTs };
        await posting.chat.postEphemeral({ ...place, text, blocks, parse: 'none' });
      }),
    openView: ({ triggerId, view }) =>
      call('views.open', async () =>
        toShown(await posting.views.open({ trigger_id: triggerId, view })),
      ),
    pushView: ({ triggerId, view }) =>
      call('views.push', async () =>
        toShown(await posting.views.push({ trigger_id: triggerId, view })),
      ),
    updateView: ({ viewId, hash, view }) =>
      call('views.update', async () =>
        toShown(await posting.views.update({ view_id: viewId, view, ...(hash ? { hash } : {}) })),
      ),
    publishHome: ({ userId, view, hash }) =>
      call('views.publish', async () => {
        await posting.views.publish({ user_id: userId, view, ...(hash ? { hash } : {}) });
      }),
    findByKey: (channelId, key, since, threadTs) =>
      call('conversations.history', () =>
        lookUpMessage(reading, { channelId, key, since, threadTs }),
      ),
    resolveChannel: async (nameOrId) => {
      options.assertOutside('users.conversations');
      return channels.resolve(nameOrId);
    },
    ownChannel: (nameOrId) => call('conversations.info', () => resolveOwn(nameOrId)),
    forgetChannel: (channelId) => sharing.forget(channelId),
    identify,
    userInfo: (id) =>
      call('users.info', async () => {
        const home = await homeTeam();
        return toUserFact((await reading.users.info({ user: id })).user, home);
      }),
    readUser: async (user) => toUserFact(user, await homeTeam()),
    quietUntil: (id) =>
      call('dnd.info', async () => toQuietEnd(await reading.dnd.info({ user: id }), now())),
    listUsers: () => call('users.list', async () => listUserFacts(reading, await homeTeam())),
    lastContactAt: () => contactAt,
  };
}

function assertText({ text }: Message): void {
  if (text.trim() === '') {
    throw new AppError(
      'A message needs a text that says it all: screen readers read nothing else',
      {
        code: 'no_text',
      },
    );
  }
  if (text.length > textMax) {
    throw new AppError(`A message's text has ${text.length} characters, at most ${textMax} go`, {
      code: 'msg_too_long',
    });
  }
}

function toPosted(answer: { channel?: string; ts?: string }): Posted {
  if (!answer.channel || !answer.ts) {
    throw new AppError('Slack took a message but named no channel and ts for it', {
      code: 'internal_error',
    });
  }
  return { channelId: answer.channel as ChannelId, messageTs: answer.ts as MessageTs };
}

function toShown({ view }: { view?: { id?: string; hash?: string } }): ShownView {
  if (!view?.id || !view.hash) {
    throw new AppError('Slack took a view but named no id and hash for it', {
      code: 'internal_error',
    });
  }
  return { id: view.id, hash: view.hash };
}
