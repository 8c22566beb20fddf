import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import type { DemoPerson } from '../sandbox/demo/people.ts';

/** The least of Slack that a command needs: who we are, who people are, and a place for answers. */
export interface SlackStub {
  readonly apiUrl: string;
  /** A response address of its own, and what arrives there first. */
  expectAnswer(): { readonly url: string; readonly answered: Promise<string> };
  close(): Promise<void>;
}

export const teamId = 'T0BENCH';

/**
 * The strict sandbox would be most of what is measured; this stand-in checks nothing and answers at
 * once.
 * @param heard is told the form of every posted message as it arrives.
 */
export async function startSlackStub(
  people: readonly DemoPerson[],
  heard: (message: URLSearchParams) => void = () => undefined,
): Promise<SlackStub> {
  const waiting = new Map<string, (body: string) => void>();
  let serial = 0;
  const server = createServer(async (request, response) => {
    const body = await text(request);
    const path = request.url ?? '';
    if (path === '/api/chat.postMessage') heard(new URLSearchParams(body));
    const waiter = waiting.get(path);
    response.setHeader('content-type', 'application/json');
    response.end(path.startsWith('/api/') ? JSON.stringify(callApi(people, path, body)) : 'ok');
    waiting.delete(path);
    waiter?.(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    apiUrl: `${base}/api/`,
    expectAnswer: () => {
      serial += 1;
      const path = `/answers/${serial}`;
      const answered = new Promise<string>((resolve) => waiting.set(path, resolve));
      return { url: `${base}${path}`, answered };
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function callApi(people: readonly DemoPerson[], path: string, body: string): object {
  const method = path.slice('/api/'.length).split('?')[0];
  if (method === 'auth.test') {
    return { ok: true, team_id: teamId, team: 'Bench', user_id: 'U0BOT', bot_id: 'B0BOT' };
  }
  if (method === 'users.list') return { ok: true, members: people.map(toSlackUser) };
  if (method === 'users.info') {
    const id = new URLSearchParams(body).get('user');
    const person = people.find((known) => known.id === id);
    return person ? { ok: true, user: toSlackUser(person) } : refuse('user_not_found');
  }
  if (method === 'users.conversations') {
    return { ok: true, channels: [{ id: 'C0LOST', name: 'closed-lost' }] };
  }
  if (method === 'chat.postMessage')
    return { ok: true, channel: 'C0LOST', ts: '1700000000.000100' };
  return refuse('unknown_method');
}

function refuse(error: string): object {
  return { ok: false, error };
}

function toSlackUser({ id, name, realName, email, tz }: DemoPerson): object {
  return { id, team_id: teamId, name, real_name: realName, tz, profile: { email } };
}
