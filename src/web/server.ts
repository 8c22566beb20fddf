import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What the process can say about itself. */
export interface Health {
  /** Undefined when ready; otherwise a sentence that names what is missing. */
  unready(): Promise<string | undefined>;
  /** When Slack last answered anything. */
  lastContactAt(): Date | undefined;
}

/** The one HTTP server of the process: health for the operator, and Slack's requests if they come. */
export interface WebServer {
  listen(port: number): Promise<number>;
  close(): Promise<void>;
}

/**
 * `/healthz` answers while the process lives; `/readyz` answers 503 with the reason while it cannot
 * do its work; everything else goes to `slack`, or is 404 when Slack comes over a socket.
 */
export function createWebServer(health: Health, slack: RequestListener | undefined): WebServer {
  const server = createServer((request, response) => {
    const path = new URL(request.url ?? '/', 'http://localhost').pathname;
    if (path === '/healthz') {
      response.writeHead(200, { 'content-type': 'text/plain' }).end('ok\n');
    } else if (path === '/readyz') {
      void answerReady(health, response);
    } else if (slack && path === '/slack/events') {
      slack(request, response);
    } else {
      response.writeHead(404, { 'content-type': 'text/plain' }).end('not found\n');
    }
  });
  return {
    listen: (port) => listen(server, port),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeIdleConnections();
      }),
  };
}

async function answerReady(
  health: Health,
  response: Parameters<RequestListener>[1],
): Promise<void> {
  const reason = await health.unready().catch(() => 'the check itself failed');
  response.writeHead(reason ? 503 : 200, { 'content-type': 'text/plain' });
  const heard = health.lastContactAt()?.toISOString() ?? 'never';
  response.end(`${reason ? `not ready: ${reason}` : 'ready'}\nlast answer from Slack: ${heard}\n`);
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, () => {
      server.off('error', reject);
      resolve((server.address() as AddressInfo).port);
    });
  });
}
