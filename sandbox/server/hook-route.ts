import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Fault } from './faults.ts';
import { readText, sendJson } from './http.ts';
import { showResponse } from './interact/respond.ts';
import { isObject, type JsonObject } from './json.ts';
import { SlackRefusal } from './refusal.ts';
import type { Slack } from './slack.ts';

const method = 'response_url';
const expired = new Set(['no_such_url', 'expired_url', 'used_url']);

/** Answers `POST` to a `response_url`. */
export async function handleHook(
  path: string,
  request: IncomingMessage,
  response: ServerResponse,
  slack: Slack,
): Promise<void> {
  const args = parse(await readText(request));
  if (await slack.line.arriving(method, args)) return;
  const fault = slack.faults.take(method, args);
  const failure = failureOf(fault);
  const error = failure ?? respond(slack, path, args);
  const at = slack.world.clock.now();
  const answer = { ok: error === undefined, ...(error === undefined ? {} : { error }) };
  slack.calls.push({ method, args, ...answer, response: answer, at });
  await slack.line.answering(method, args);
  if (failure === 'timeout') return;
  if (fault?.kind === 'dropped_after_write') response.destroy();
  else sendJson(response, statusOf(error), answer, headersOf(failure));
}

function failureOf(fault: Fault | undefined): string | undefined {
  if (fault?.kind === 'platform') return fault.error;
  return fault?.kind === 'dropped_after_write' ? undefined : fault?.kind;
}

function parse(body: string): JsonObject {
  try {
    const parsed: unknown = JSON.parse(body);
    return isObject(parsed) ? parsed : {};
  } catch {
    return {};
  }
}

function respond(slack: Slack, path: string, payload: JsonObject): string | undefined {
  try {
    showResponse(slack, slack.hooks.spend(path), payload);
    return undefined;
  } catch (error) {
    if (error instanceof SlackRefusal) return error.code;
    throw error;
  }
}

function statusOf(error: string | undefined): number {
  if (error === undefined) return 200;
  if (error === 'rate_limited') return 429;
  if (error === 'server_error') return 503;
  return expired.has(error) ? 404 : 400;
}

function headersOf(failure: string | undefined): Record<string, string> {
  return failure === 'rate_limited' ? { 'retry-after': '1' } : {};
}
