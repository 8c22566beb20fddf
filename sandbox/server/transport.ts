import { createHmac } from 'node:crypto';
import { request } from 'node:http';
import type { JsonObject } from './json.ts';

/** What Slack sends an app, which decides how it is wrapped. */
export type DeliveryKind = 'event' | 'command' | 'interactive';

interface Retry {
  readonly num: number;
  readonly reason: string;
}

export interface Parcel {
  readonly kind: DeliveryKind;
  readonly payload: JsonObject;
  readonly retry?: Retry;
  /** Names the parcel on a socket; a re-sent one keeps its name. */
  readonly envelopeId: string;
}

/** Whether the app took a parcel, and what it said with the acknowledgement. */
export type Ack =
  | { readonly ok: true; readonly body: unknown }
  | { readonly ok: false; readonly reason: string; readonly isFinal: boolean };

export interface HttpTarget {
  readonly url: string;
  readonly signingSecret: string;
  readonly timeoutMs: number;
}

/** Delivers over signed HTTP, as Slack does to a request URL. */
export function deliverHttp(parcel: Parcel, target: HttpTarget): Promise<Ack> {
  const body = encode(parcel);
  const headers = {
    ...body.headers,
    ...signature(body.text, target.signingSecret),
    ...(parcel.retry
      ? {
          'x-slack-retry-num': String(parcel.retry.num),
          'x-slack-retry-reason': parcel.retry.reason,
        }
      : {}),
  };
  return new Promise((resolve) => {
    // No agent: a kept-alive connection to an app that restarts would fail for no good reason.
    const call = request(target.url, { method: 'POST', headers, agent: false }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', () => resolve(failed('connection_failed')));
      response.on('end', () => {
        clearTimeout(timer);
        const { statusCode = 0, headers: answered } = response;
        const text = Buffer.concat(chunks).toString();
        const isFinal = answered['x-slack-no-retry'] === '1';
        if (statusCode !== 200) resolve({ ok: false, reason: 'http_error', isFinal });
        else resolve({ ok: true, body: parseBody(text, answered['content-type']) });
      });
    });
    const timer = setTimeout(() => {
      resolve(failed('http_timeout'));
      call.destroy();
    }, target.timeoutMs);
    call.on('error', () => {
      clearTimeout(timer);
      resolve(failed('connection_failed'));
    });
    call.end(body.text);
  });
}

export function failed(reason: string): Ack {
  return { ok: false, reason, isFinal: false };
}

function encode({ kind, payload }: Parcel) {
  if (kind === 'event') {
    return {
      text: JSON.stringify(payload),
      headers: { 'content-type': 'application/json' },
    };
  }
  const fields = kind === 'command' ? payload : { payload: JSON.stringify(payload) };
  const text = new URLSearchParams(fields as Record<string, string>).toString();
  return { text, headers: { 'content-type': 'application/x-www-form-urlencoded' } };
}

function signature(body: string, secret: string) {
  // The machine's own time, not the sandbox's: the app compares it with its machine's time.
  const timestamp = Math.floor(Date.now() / 1000);
  const digest = createHmac('sha256', secret).update(`v0:${timestamp}:${body}`).digest('hex');
  return {
    'x-slack-request-timestamp': String(timestamp),
    'x-slack-signature': `v0=${digest}`,
  };
}

function parseBody(text: string, contentType = ''): unknown {
  if (!contentType.startsWith('application/json')) return text;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
