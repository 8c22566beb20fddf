import type { JsonObject } from '../json.ts';
import { SlackRefusal } from '../refusal.ts';
import type { Slack } from '../slack.ts';
import type { ArgSpec, Args } from './args.ts';

/** A call the app made, for assertions. */
export interface ApiCall {
  readonly method: string;
  readonly args: JsonObject;
  readonly ok: boolean;
  readonly error?: string;
  readonly response: JsonObject;
  /** When, on the sandbox's clock. */
  readonly at: Date;
}

/** A Web API method as its reference page describes it. */
export interface ApiMethod {
  readonly args: ArgSpec;
  readonly required?: readonly string[];
  /** The scopes every call needs; a method may ask for more, depending on its arguments. */
  readonly scopes?: readonly string[];
  readonly token?: 'bot' | 'app';
  readonly run: (args: Args, slack: Slack) => JsonObject;
}

export function requireScope({ world }: Slack, ...needed: readonly string[]): void {
  const missing = needed.filter((scope) => !world.app.scopes.includes(scope));
  if (missing.length === 0) return;
  const provided = world.app.scopes.join(',');
  throw new SlackRefusal('missing_scope', { needed: needed.join(','), provided });
}

/** One page of a list and the cursor of the next, as Slack's cursored methods answer. */
export function page<T>(items: readonly T[], args: Args, defaultLimit: number) {
  const start = readCursor(args.text('cursor'));
  const limit = args.count('limit') || defaultLimit;
  const end = start + limit;
  const next = end < items.length ? Buffer.from(`next:${end}`).toString('base64') : '';
  return { items: items.slice(start, end), hasMore: next !== '', cursor: { next_cursor: next } };
}

function readCursor(cursor: string | undefined): number {
  if (!cursor) return 0;
  const [, position] = /^next:(\d+)$/.exec(Buffer.from(cursor, 'base64').toString()) ?? [];
  if (position === undefined) throw new SlackRefusal('invalid_cursor');
  return Number(position);
}
