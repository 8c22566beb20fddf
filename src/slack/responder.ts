import { AppError } from '../domain/refusal.ts';
import type { Message } from './message.ts';

/** How an answer appears: over the message that was clicked, or as a new one for everybody. */
export interface AnswerOptions {
  readonly replace?: boolean;
  readonly inChannel?: boolean;
}

/**
 * Answers a command or a click through Slack's response address, which works for half an hour and
 * in channels the app was never invited to (SLACK §3.3).
 */
export interface Responder {
  answer(responseUrl: string, message: Message, options?: AnswerOptions): Promise<void>;
  /** Removes the message that was clicked. */
  remove(responseUrl: string): Promise<void>;
}

const timeoutMs = 10_000;

export function createResponder(): Responder {
  return {
    answer: async (responseUrl, { text, blocks, fallback }, options = {}) => {
      const send = (form: Message['blocks']) =>
        sendTo(responseUrl, {
          text,
          blocks: form,
          response_type: options.inChannel ? 'in_channel' : 'ephemeral',
          replace_original: options.replace ?? false,
        });
      if (!fallback) return send(blocks);
      try {
        await send(blocks);
      } catch (error) {
        // A refused answer showed nothing; whatever else went wrong goes wrong again.
        if (!(error instanceof AppError)) throw error;
        await send(fallback);
      }
    },
    remove: (responseUrl) => sendTo(responseUrl, { delete_original: true }),
  };
}

async function sendTo(responseUrl: string, body: Record<string, unknown>): Promise<void> {
  const response = await fetch(responseUrl, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
    signal: AbortSignal.timeout(timeoutMs),
  });
  if (response.ok) return;
  const said = (await response.text()).slice(0, 200);
  throw new AppError(`Slack refused an answer with ${response.status}: ${said}`, {
    code: 'answer_refused',
  });
}
