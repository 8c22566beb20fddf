import type { IncomingMessage, ServerResponse } from 'node:http';
import { z } from 'zod';
import type { ActRequest } from './contract.ts';
import { readText, sendJson } from './http.ts';
import { perform } from './interact/perform.ts';
import { stateFor } from './projection.ts';
import type { Slack } from './slack.ts';

const loopback = new Set(['127.0.0.1', 'localhost', '[::1]']);

const record = z.record(z.string(), z.unknown());
const state = z.record(z.string(), z.record(z.string(), record));
const messageRef = z.object({ channel: z.string(), ts: z.string() });
const container = z.discriminatedUnion('type', [
  z.object({ type: z.literal('message'), channel: z.string(), ts: z.string() }),
  z.object({ type: z.literal('view'), viewId: z.string() }),
]);
const element = { container, blockId: z.string(), actionId: z.string() };

const actRequest: z.ZodType<ActRequest> = z.object({
  as: z.string(),
  act: z.discriminatedUnion('do', [
    z.object({
      do: z.literal('say'),
      channel: z.string(),
      text: z.string(),
      threadTs: z.exactOptional(z.string()),
    }),
    z.object({
      do: z.literal('command'),
      channel: z.string(),
      command: z.string(),
      text: z.string(),
    }),
    z.object({
      do: z.literal('block_action'),
      ...element,
      chosen: z.exactOptional(record),
      state: z.exactOptional(state),
    }),
    z.object({ do: z.literal('options'), ...element, query: z.string() }),
    z.object({ do: z.literal('submit'), viewId: z.string(), state }),
    z.object({ do: z.literal('close'), viewId: z.string() }),
    z.object({
      do: z.literal('shortcut'),
      callbackId: z.string(),
      message: z.exactOptional(messageRef),
    }),
    z.object({ do: z.literal('open_home') }),
    z.object({ do: z.literal('read'), channel: z.string() }),
    z.object({
      do: z.literal('move_clock'),
      to: z.exactOptional(z.string()),
      preset: z.exactOptional(z.string()),
    }),
  ]),
});

/** What the page asks: see `contract.ts`. Only pages of this machine may. */
export async function handleControl(
  route: string,
  request: IncomingMessage,
  response: ServerResponse,
  slack: Slack,
): Promise<void> {
  const { method = '', url = '/' } = request;
  const { searchParams } = new URL(url, 'http://sandbox');
  if (!isLocal(request)) sendJson(response, 403, { ok: false, error: 'Only from this machine.' });
  else if (method === 'GET' && route === 'state')
    sendState(response, slack, searchParams.get('as'));
  else if (method === 'GET' && route === 'stream') stream(response, slack);
  else if (method === 'POST' && route === 'act') await act(request, response, slack);
  else sendJson(response, 404, { ok: false, error: 'There is no such route.' });
}

/** Keeps other sites out: one that points its name at this machine, and one that posts across. */
function isLocal({ headers }: IncomingMessage): boolean {
  const { host = '', origin } = headers;
  const hostname = host.replace(/:\d+$/, '');
  if (!loopback.has(hostname)) return false;
  return origin === undefined || (URL.canParse(origin) && loopback.has(new URL(origin).hostname));
}

/** Without a person it is the first one: a newcomer has not chosen anybody yet. */
function sendState(response: ServerResponse, slack: Slack, named: string | null): void {
  const userId = named ?? firstPerson(slack);
  if (!slack.world.users.has(userId)) {
    sendJson(response, 400, { ok: false, error: `There is no user ${userId}.` });
  } else {
    sendJson(response, 200, stateFor(slack, userId));
  }
}

function firstPerson({ world }: Slack): string {
  const people = [...world.users.values()].filter(({ isBot, deleted, id }) => {
    return !isBot && !deleted && id !== 'USLACKBOT';
  });
  return people[0]?.id ?? '';
}

function stream(response: ServerResponse, { world }: Slack): void {
  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
  const tell = () => response.write(`data: ${world.version}\n\n`);
  tell();
  response.on('close', world.watch(tell));
}

async function act(request: IncomingMessage, response: ServerResponse, slack: Slack) {
  const parsed = actRequest.safeParse(parseJson(await readText(request)));
  if (!parsed.success) {
    sendJson(response, 400, { ok: false, error: z.prettifyError(parsed.error) });
  } else {
    sendJson(response, 200, await perform(slack, parsed.data.as, parsed.data.act));
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
