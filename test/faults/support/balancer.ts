import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Shares requests out between ports in turn; one that does not answer gets no more of them. */
export interface Balancer {
  readonly url: string;
  add(port: number): void;
  stop(): Promise<void>;
}

export async function startBalancer(): Promise<Balancer> {
  const ports: number[] = [];
  let turn = 0;
  const server = createServer((asked, answer) => {
    const port = ports[turn++ % ports.length];
    const { method, url: path, headers } = asked;
    const call = request({ port, host: '127.0.0.1', method, path, headers, agent: false });
    call.on('response', (response) => {
      answer.writeHead(response.statusCode ?? 502, response.headers);
      response.on('error', () => answer.destroy()).pipe(answer);
    });
    call.on('error', () => {
      if (port !== undefined && ports.includes(port)) ports.splice(ports.indexOf(port), 1);
      answer.destroy();
    });
    asked.pipe(call);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/slack/events`,
    add: (one) => ports.push(one),
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
