import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Delivered } from '../../../sandbox/server/delivery.ts';
import { isObject } from '../../../sandbox/server/json.ts';
import type { Sandbox } from '../../../sandbox/server/sandbox.ts';
import type { HomeworkId } from '../../../src/domain/ids.ts';

const who = (userId: string) => ({
  team: { id: 'T0TEAM', domain: 'globex-sales' },
  user: { id: userId, team_id: 'T0TEAM' },
});

/** A press of *Done* in a message that is not refreshed; what is told goes to `responseUrl`. */
export function doneTap(userId: string, stepId: HomeworkId, responseUrl: string): Delivered {
  return {
    kind: 'interactive',
    type: 'block_actions',
    payload: {
      ...who(userId),
      type: 'block_actions',
      trigger_id: 'spent',
      response_url: responseUrl,
      actions: [{ type: 'button', action_id: 'plan_done', block_id: 'gone', value: stepId }],
    },
  };
}

/** The form for another date, sent. */
export function moveTap(userId: string, stepId: HomeworkId, dueOn: string): Delivered {
  return {
    kind: 'interactive',
    type: 'view_submission',
    payload: {
      ...who(userId),
      type: 'view_submission',
      view: {
        id: `V${stepId}`,
        type: 'modal',
        hash: '1.a',
        callback_id: 'plan_move',
        private_metadata: JSON.stringify({ homeworkId: stepId, formId: `form-${stepId}` }),
        blocks: [{ type: 'input', block_id: 'due_on' }],
        state: {
          values: { due_on: { due_on: { type: 'datepicker', selected_date: dueOn } } },
        },
      },
    },
  };
}

/** Hears what the app tells people after a tap, under the path of its `response_url`. */
export interface Ear {
  urlFor(path: string): string;
  readonly heard: ReadonlyMap<string, string>;
  stop(): Promise<void>;
}

export async function startEar(): Promise<Ear> {
  const heard = new Map<string, string>();
  const server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', (chunk: string) => {
      body += chunk;
    });
    request.on('end', () => {
      heard.set((request.url ?? '').slice(1), body);
      response.end('ok');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    urlFor: (path) => `http://127.0.0.1:${port}/${path}`,
    heard,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

const maxTries = 10;

/**
 * Several people at work at once: each does the next thing as soon as the last was answered, and
 * does again what was not, or what a form says was not saved.
 * @returns how often something had to be done again.
 */
export async function workThrough(
  sandbox: Sandbox,
  given: { turns: Delivered[][]; people: number; afterEach?: () => void },
): Promise<number> {
  let again = 0;
  const waiting = [...given.turns];
  const work = async () => {
    for (let turn = waiting.shift(); turn; turn = waiting.shift()) {
      for (const tap of turn) {
        const more = await insist(sandbox, tap);
        again += more;
        given.afterEach?.();
      }
    }
  };
  await Promise.all(Array.from({ length: given.people }, work));
  return again;
}

async function insist(sandbox: Sandbox, tap: Delivered): Promise<number> {
  for (let tries = 0; tries < maxTries; tries += 1) {
    const ack = await sandbox.redeliver(tap);
    if (ack.ok && !isRefused(ack.body)) return tries;
  }
  throw new Error(`${tap.type} was not taken ${maxTries} times.`);
}

/** The form stays open with a sentence under a field. */
function isRefused(body: unknown): boolean {
  return isObject(body) && body['response_action'] === 'errors';
}
