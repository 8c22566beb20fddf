import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Fault } from '../faults.ts';
import { readText, sendJson } from '../http.ts';
import type { JsonObject } from '../json.ts';
import { RateLimited, SlackRefusal } from '../refusal.ts';
import type { Slack } from '../slack.ts';
import { checkArgs, readBody } from './args.ts';
import { chatMethods } from './chat.ts';
import { conversationMethods } from './conversations.ts';
import { historyMethods } from './history.ts';
import { type ApiMethod, requireScope } from './method.ts';
import { peopleMethods } from './people.ts';
import { viewMethods } from './views.ts';
import { workspaceMethods } from './workspace.ts';

const methods: Readonly<Record<string, ApiMethod>> = {
  ...workspaceMethods,
  ...chatMethods,
  ...conversationMethods,
  ...historyMethods,
  ...peopleMethods,
  ...viewMethods,
};

interface Answer {
  readonly status: number;
  readonly headers?: Record<string, string>;
  readonly body: JsonObject;
}

/** Answers `POST /api/<method>` as Slack would, spoiled by a fault if one is due. */
export async function handleApi(
  method: string,
  request: IncomingMessage,
  response: ServerResponse,
  slack: Slack,
): Promise<void> {
  const body = await readText(request);
  const { args: raw, error } = readRaw(body, request.headers['content-type']);
  const { token, ...args } = raw;
  if (await slack.line.arriving(method, args)) return;
  const fault = slack.faults.take(method, args);
  if (fault?.kind === 'timeout') {
    slack.calls.push({ method, args, ok: false, error: 'timeout', response: {}, at: now(slack) });
    return;
  }
  const bearer = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1];
  const given = bearer ?? (typeof token === 'string' ? token : undefined);
  const answer =
    spoiled(fault) ?? (error ? refused(error) : answerCall(method, args, given, slack));
  log(slack, method, args, answer);
  await slack.line.answering(method, args);
  if (fault?.kind === 'dropped_after_write') response.destroy();
  else sendJson(response, answer.status, answer.body, answer.headers);
}

interface Raw {
  readonly args: JsonObject;
  readonly error?: unknown;
}

function readRaw(body: string, contentType: string | undefined): Raw {
  try {
    return { args: readBody(body, contentType) };
  } catch (error) {
    return { args: {}, error };
  }
}

function now({ world }: Slack): Date {
  return world.clock.now();
}

function log(slack: Slack, method: string, args: JsonObject, { status, body }: Answer): void {
  const { ok, error } = body;
  const failure = status === 200 ? error : (error ?? `http_${status}`);
  slack.calls.push({
    method,
    args,
    ok: ok === true,
    ...(typeof failure === 'string' ? { error: failure } : {}),
    response: body,
    at: now(slack),
  });
}

function spoiled(fault: Fault | undefined): Answer | undefined {
  if (fault?.kind === 'rate_limited') return limited(fault.retryAfter ?? 1);
  if (fault?.kind === 'platform') return { status: 200, body: { ok: false, error: fault.error } };
  if (fault?.kind === 'server_error') {
    return { status: fault.status ?? 503, body: { ok: false, error: 'service_unavailable' } };
  }
  return undefined;
}

function limited(retryAfter: number): Answer {
  const headers = { 'retry-after': String(retryAfter) };
  return { status: 429, headers, body: { ok: false, error: 'ratelimited' } };
}

function answerCall(name: string, args: JsonObject, token: string | undefined, slack: Slack) {
  const method = Object.hasOwn(methods, name) ? methods[name] : undefined;
  const headers = {
    'x-oauth-scopes': slack.world.app.scopes.join(','),
    'x-accepted-oauth-scopes': (method?.scopes ?? []).join(','),
  };
  try {
    if (!method) throw new SlackRefusal('unknown_method', { req_method: name });
    authorize(method, token, slack);
    requireScope(slack, ...(method.scopes ?? []));
    const checked = checkArgs(args, method.args, method.required ?? []);
    return { status: 200, headers, body: { ok: true, ...method.run(checked, slack) } };
  } catch (error) {
    return { headers, ...refused(error) };
  }
}

function authorize(method: ApiMethod, token: string | undefined, { world }: Slack): void {
  const { botToken, appToken } = world.app;
  if (!token) throw new SlackRefusal('not_authed');
  if (token !== botToken && token !== appToken) throw new SlackRefusal('invalid_auth');
  const wanted = method.token === 'app' ? appToken : botToken;
  if (token !== wanted) throw new SlackRefusal('not_allowed_token_type');
  if (!world.isInstalled) throw new SlackRefusal('account_inactive');
}

function refused(error: unknown): Answer {
  if (error instanceof RateLimited) return limited(error.retryAfter);
  if (!(error instanceof SlackRefusal)) throw error;
  return { status: 200, body: { ok: false, error: error.code, ...error.details } };
}
