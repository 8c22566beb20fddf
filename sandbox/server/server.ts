import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { handleApi } from './api/router.ts';
import { handleControl } from './control.ts';
import { handleHook } from './hook-route.ts';
import { sendJson } from './http.ts';
import type { SandboxOptions } from './options.ts';
import type { Slack } from './slack.ts';
import { serveFile } from './static-files.ts';

const host = '127.0.0.1';

/** The one server of the sandbox: the Web API, response URLs, sockets and the page. */
export async function startServer(slack: Slack, { port = 0, uiFolder }: SandboxOptions) {
  const server = createServer((request, response) => {
    route(request, response, slack, uiFolder).catch((error: unknown) => {
      // A fault of the sandbox itself; the caller should not mistake it for one of Slack's.
      const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
      if (response.headersSent) response.destroy();
      else sendJson(response, 500, { ok: false, error: 'sandbox_bug', detail: text });
    });
  });
  server.on('upgrade', (request, stream, head) => slack.hub.upgrade(request, stream, head));
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  const { port: bound } = server.address() as AddressInfo;
  return {
    origin: `http://${host}:${bound}`,
    stop: async () => {
      slack.hub.stop();
      const closed = new Promise<void>((resolve) => {
        server.close(() => resolve());
      });
      server.closeAllConnections();
      await closed;
    },
  };
}

async function route(
  request: IncomingMessage,
  response: ServerResponse,
  slack: Slack,
  uiFolder: string | undefined,
): Promise<void> {
  const { pathname } = new URL(request.url ?? '/', 'http://sandbox');
  const [, first = '', second = ''] = pathname.split('/');
  if (first === 'api') {
    await slack.activity.during(() => handleApi(second, request, response, slack));
  } else if (first === 'hooks') {
    await slack.activity.during(() => handleHook(pathname, request, response, slack));
  } else if (first === 'control') {
    await handleControl(second, request, response, slack);
  } else {
    await serveFile(pathname, response, uiFolder);
  }
}
