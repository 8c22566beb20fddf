import type { Violation } from './block-kit/place.ts';
import type { JsonObject } from './json.ts';

/** Slack's "no" to a Web API call: an error code and what else the answer carries. */
export class SlackRefusal extends Error {
  readonly code: string;
  readonly details: JsonObject;

  constructor(code: string, details: JsonObject = {}) {
    super(code);
    this.name = 'SlackRefusal';
    this.code = code;
    this.details = details;
  }
}

/** Slack's "too fast": HTTP 429, try again in `retryAfter` seconds. */
export class RateLimited extends Error {
  readonly retryAfter: number;

  constructor(retryAfter: number) {
    super(`rate limited for ${retryAfter} s`);
    this.name = 'RateLimited';
    this.retryAfter = retryAfter;
  }
}

/** `invalid_arguments` with the sentences Slack puts into `response_metadata`. */
export function invalidArguments(...messages: string[]): SlackRefusal {
  const errors = messages.map((message) => `[ERROR] ${message}`);
  return new SlackRefusal('invalid_arguments', { response_metadata: { messages: errors } });
}

/** Refuses a payload that breaks limits; `root` is where it sits in the call, such as `/view`. */
export function refuseViolations(violations: readonly Violation[], root = ''): void {
  const [first] = violations;
  if (!first) return;
  const errors = violations.map(
    ({ pointer, message }) => `${message} [json-pointer:${root}${pointer}]`,
  );
  throw new SlackRefusal(first.code, {
    errors,
    response_metadata: { messages: errors.map((error) => `[ERROR] ${error}`) },
  });
}
