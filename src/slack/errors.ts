import {
  WebAPIHTTPError,
  WebAPIPlatformError,
  WebAPIRateLimitedError,
  WebAPIRequestError,
} from '@slack/web-api';
import { AppError } from '../domain/refusal.ts';

/** What a failed call means for whoever made it (SLACK §8.1); `code` is for people. */
export type SlackFault =
  /** Nothing will ever arrive there: stop, tell the owner. */
  | { readonly class: 'target_gone'; readonly code: string }
  /** The app lost its right to act in this workspace. */
  | { readonly class: 'install_broken'; readonly code: string }
  /** Slack refused what we sent, or we did: our bug. */
  | { readonly class: 'payload_bad'; readonly code: string }
  /** Nothing was done. `afterMs` is there when Slack asked for a pause of the whole method. */
  | { readonly class: 'retry_later'; readonly code: string; readonly afterMs?: number }
  /** It may have been done. */
  | { readonly class: 'outcome_unknown'; readonly code: string };

const targetGone = new Set([
  'channel_not_found',
  'not_in_channel',
  'is_archived',
  'is_inactive',
  'channel_type_not_supported',
  'channel_shared',
  'sharing_unknown',
  'messages_tab_disabled',
  'cannot_reply_to_message',
  'thread_not_found',
  'message_not_found',
  'cant_update_message',
  'edit_window_closed',
  'ekm_access_denied',
  'user_disabled',
  'user_not_found',
  'user_not_visible',
  'user_not_in_channel',
  'users_not_found',
  'cannot_dm_bot',
]);

const installBroken = new Set([
  'account_inactive',
  'token_revoked',
  'token_expired',
  'invalid_auth',
  'not_authed',
  'missing_scope',
  'no_permission',
  'not_allowed_token_type',
  'access_denied',
  'enterprise_is_restricted',
  'two_factor_setup_required',
  'team_access_not_granted',
  'org_login_required',
  'team_added_to_org',
  'app_uninstalled',
]);

const retryLater = new Set(['service_unavailable', 'request_timeout', 'accesslimited']);
const rateLimited = new Set(['ratelimited', 'rate_limited', 'message_limit_exceeded']);
const outcomeUnknown = new Set(['internal_error', 'fatal_error', 'timeout']);

const placeClosed = new Set([
  'channel_not_found',
  'not_in_channel',
  'is_archived',
  'is_inactive',
  'channel_shared',
  'sharing_unknown',
]);

/** The connection never came about, so Slack never saw the call. */
const neverSent = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'ENETUNREACH',
  'EHOSTUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
]);

/** How long a method rests when Slack says "too many" without saying for how long. */
const unnamedPauseMs = 30_000;

/**
 * What an error of a Web API call means. Anything that is not certainly "nothing was done" counts
 * as an unknown outcome; a refusal with a code we do not know counts as our own mistake.
 */
export function classifySlackError(error: unknown): SlackFault {
  if (error instanceof WebAPIRateLimitedError) return paused(error.retryAfter * 1_000);
  if (error instanceof WebAPIPlatformError) return classifyRefusal(error);
  if (error instanceof WebAPIHTTPError) return classifyStatus(error.statusCode);
  if (error instanceof WebAPIRequestError) return classifyNetwork(error.original);
  if (error instanceof AppError) return classifyCode(error.code);
  if (error instanceof Error && error.message.startsWith('Retry header did not contain')) {
    return paused(unnamedPauseMs);
  }
  return { class: 'outcome_unknown', code: error instanceof Error ? error.name : 'unknown' };
}

/** Slack itself answered, be it with a no: the way to it works. */
export function heardFromSlack(error: unknown): boolean {
  return error instanceof WebAPIPlatformError || error instanceof WebAPIRateLimitedError;
}

/** A place, or the whole workspace, takes nothing until somebody mends it; the message is sound. */
export function mayOpenAgain({ class: kind, code }: SlackFault): boolean {
  return kind === 'install_broken' || placeClosed.has(code) || code.startsWith('restricted_action');
}

function paused(afterMs: number): SlackFault {
  return { class: 'retry_later', code: 'ratelimited', afterMs };
}

function classifyRefusal({ data }: WebAPIPlatformError): SlackFault {
  const code = String(data.error);
  const seconds = data.response_metadata?.retryAfter;
  // The SDK puts a body that is not JSON, such as a proxy's page, where the code belongs.
  if (!/^[a-z0-9_]+$/.test(code)) return { class: 'outcome_unknown', code: 'unreadable_answer' };
  if (rateLimited.has(code)) return paused(seconds ? seconds * 1_000 : unnamedPauseMs);
  return classifyCode(code);
}

function classifyCode(code: string): SlackFault {
  if (targetGone.has(code) || code.startsWith('restricted_action')) {
    return { class: 'target_gone', code };
  }
  if (installBroken.has(code)) return { class: 'install_broken', code };
  if (retryLater.has(code)) return { class: 'retry_later', code };
  if (outcomeUnknown.has(code)) return { class: 'outcome_unknown', code };
  return { class: 'payload_bad', code };
}

function classifyStatus(status: number): SlackFault {
  const code = `http_${status}`;
  const refused = status >= 400 && status < 500 && status !== 408;
  return refused ? { class: 'retry_later', code } : { class: 'outcome_unknown', code };
}

function classifyNetwork(original: Error): SlackFault {
  const code = networkCode(original) ?? original.name;
  return neverSent.has(code) ? { class: 'retry_later', code } : { class: 'outcome_unknown', code };
}

/** `fetch` says "fetch failed" and keeps the reason in its cause. */
function networkCode(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  if ('code' in error && typeof error.code === 'string') return error.code;
  return networkCode(error.cause);
}
