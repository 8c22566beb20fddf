import {
  WebAPIHTTPError,
  WebAPIPlatformError,
  WebAPIRateLimitedError,
  WebAPIRequestError,
} from '@slack/web-api';
import { describe, expect, test } from 'vitest';
import { AppError } from '../../src/domain/refusal.ts';
import { classifySlackError } from '../../src/slack/errors.ts';

const refused = (error: string, retryAfter?: number) =>
  new WebAPIPlatformError({
    ok: false,
    error,
    ...(retryAfter === undefined ? {} : { response_metadata: { retryAfter } }),
  });

const unreachable = (code: string) =>
  new WebAPIRequestError(
    new TypeError('fetch failed', { cause: Object.assign(new Error('no'), { code }) }),
  );

describe('what Slack refuses', () => {
  test.each([
    ['channel_not_found', 'target_gone'],
    ['not_in_channel', 'target_gone'],
    ['is_archived', 'target_gone'],
    ['restricted_action', 'target_gone'],
    ['restricted_action_thread_only_channel', 'target_gone'],
    ['messages_tab_disabled', 'target_gone'],
    ['cannot_reply_to_message', 'target_gone'],
    ['user_not_found', 'target_gone'],
    ['cannot_dm_bot', 'target_gone'],
    ['message_not_found', 'target_gone'],
    ['account_inactive', 'install_broken'],
    ['token_revoked', 'install_broken'],
    ['invalid_auth', 'install_broken'],
    ['missing_scope', 'install_broken'],
    ['invalid_blocks', 'payload_bad'],
    ['msg_too_long', 'payload_bad'],
    ['msg_blocks_too_long', 'payload_bad'],
    ['no_text', 'payload_bad'],
    ['view_too_large', 'payload_bad'],
    ['a_code_of_next_year', 'payload_bad'],
    ['service_unavailable', 'retry_later'],
    ['request_timeout', 'retry_later'],
    ['internal_error', 'outcome_unknown'],
    ['fatal_error', 'outcome_unknown'],
  ])('%s is %s', (code, expected) => {
    expect(classifySlackError(refused(code))).toEqual({ class: expected, code });
  });

  test('a page where an answer should be says nothing about the outcome', () => {
    expect(classifySlackError(refused('<html>Bad gateway</html>'))).toEqual({
      class: 'outcome_unknown',
      code: 'unreadable_answer',
    });
  });
});

describe('rate limits', () => {
  test('carry the pause Slack asks for', () => {
    expect(classifySlackError(new WebAPIRateLimitedError(7))).toEqual({
      class: 'retry_later',
      code: 'ratelimited',
      afterMs: 7_000,
    });
    expect(classifySlackError(refused('ratelimited', 12))).toHaveProperty('afterMs', 12_000);
  });

  test('carry half a minute where Slack names none', () => {
    expect(classifySlackError(refused('ratelimited'))).toHaveProperty('afterMs', 30_000);
    const headless = new Error('Retry header did not contain a valid timeout (url: x)');
    expect(classifySlackError(headless)).toHaveProperty('afterMs', 30_000);
  });
});

describe('what never got an answer', () => {
  test.each([
    [500, 'outcome_unknown'],
    [502, 'outcome_unknown'],
    [503, 'outcome_unknown'],
    [408, 'outcome_unknown'],
    [403, 'retry_later'],
    [404, 'retry_later'],
  ])('HTTP %i is %s', (status, expected) => {
    const error = new WebAPIHTTPError(status, 'x', {}, '');
    expect(classifySlackError(error)).toEqual({ class: expected, code: `http_${status}` });
  });

  test.each([
    ['ECONNREFUSED', 'retry_later'],
    ['ENOTFOUND', 'retry_later'],
    ['EAI_AGAIN', 'retry_later'],
    ['UND_ERR_CONNECT_TIMEOUT', 'retry_later'],
    ['ECONNRESET', 'outcome_unknown'],
    ['UND_ERR_SOCKET', 'outcome_unknown'],
  ])('%s is %s', (code, expected) => {
    expect(classifySlackError(unreachable(code))).toEqual({ class: expected, code });
  });

  test('a timeout may have been carried out', () => {
    const error = new WebAPIRequestError(new DOMException('late', 'TimeoutError'));
    expect(classifySlackError(error).class).toBe('outcome_unknown');
  });

  test('an answer that broke off may have been carried out', () => {
    expect(classifySlackError(new TypeError('terminated')).class).toBe('outcome_unknown');
  });

  test('a refusal of our own is our mistake, or what its code says', () => {
    const ours = new AppError('Called in a transaction', { code: 'inside_transaction' });
    expect(classifySlackError(ours)).toEqual({ class: 'payload_bad', code: 'inside_transaction' });
    const unseen = new AppError('No such channel', { code: 'channel_not_found' });
    expect(classifySlackError(unseen).class).toBe('target_gone');
  });
});
