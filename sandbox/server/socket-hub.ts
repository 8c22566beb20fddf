import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { type RawData, type WebSocket, WebSocketServer } from 'ws';
import { isObject } from './json.ts';
import { type Ack, failed, type Parcel } from './transport.ts';
import type { World } from './world.ts';

const pingEveryMs = 10_000;

const envelopeTypes = {
  event: 'events_api',
  command: 'slash_commands',
  interactive: 'interactive',
} as const;

interface Waiting {
  readonly socket: WebSocket;
  readonly settle: (ack: Ack) => void;
}

/** Socket Mode: every parcel goes to one of the connections and waits for its acknowledgement. */
export class SocketHub {
  readonly #world: World;
  readonly #timeoutMs: number;
  readonly #server = new WebSocketServer({ noServer: true });
  readonly #tickets = new Set<string>();
  readonly #waiting = new Map<string, Waiting>();
  #sockets: readonly WebSocket[] = [];
  #turn = 0;
  #wasConnected = false;
  /** Called when a connection is ready, so that what failed meanwhile can be sent again. */
  onReady: () => void = () => undefined;

  constructor(world: World, timeoutMs: number) {
    this.#world = world;
    this.#timeoutMs = timeoutMs;
  }

  get isConnected(): boolean {
    return this.#sockets.length > 0;
  }

  /** An app that has been here before is expected back: what fails meanwhile is kept for it. */
  get wasConnected(): boolean {
    return this.#wasConnected;
  }

  /** The path of a new connection; each opens one. */
  issuePath(): string {
    const ticket = this.#world.stamps.token();
    this.#tickets.add(ticket);
    return `/link/?ticket=${ticket}&app_id=${this.#world.app.id}`;
  }

  upgrade(request: IncomingMessage, stream: Duplex, head: Buffer): void {
    const url = new URL(request.url ?? '/', 'http://sandbox');
    const isIssued = this.#tickets.delete(url.searchParams.get('ticket') ?? '');
    if (url.pathname !== '/link/' || !isIssued) stream.end('HTTP/1.1 404 Not Found\r\n\r\n');
    else this.#server.handleUpgrade(request, stream, head, (socket) => this.#welcome(socket));
  }

  deliver({ kind, payload, retry, envelopeId }: Parcel): Promise<Ack> {
    const socket = this.#sockets[this.#turn++ % this.#sockets.length];
    if (!socket) return Promise.resolve(failed('connection_failed'));
    return new Promise((resolve) => {
      const timer = setTimeout(() => settle(failed('timeout')), this.#timeoutMs);
      const settle = (ack: Ack) => {
        clearTimeout(timer);
        this.#waiting.delete(envelopeId);
        resolve(ack);
      };
      this.#waiting.set(envelopeId, { socket, settle });
      const envelope = {
        envelope_id: envelopeId,
        type: envelopeTypes[kind],
        accepts_response_payload: kind !== 'event',
        payload,
        ...(kind === 'event'
          ? { retry_attempt: retry?.num ?? 0, retry_reason: retry?.reason ?? '' }
          : {}),
      };
      socket.send(JSON.stringify(envelope));
    });
  }

  /** Asks every client to reconnect, as Slack does when it recycles a connection. */
  disconnect(reason: string): void {
    const message = JSON.stringify({ type: 'disconnect', reason, debug_info: { host: 'sandbox' } });
    for (const socket of this.#sockets) socket.send(message);
    this.#sockets = [];
  }

  stop(): void {
    for (const socket of this.#server.clients) socket.terminate();
  }

  #welcome(socket: WebSocket): void {
    this.#sockets = [...this.#sockets, socket];
    this.#wasConnected = true;
    const ping = setInterval(() => socket.ping(), pingEveryMs);
    socket.on('message', (data) => this.#read(data));
    socket.on('close', () => {
      clearInterval(ping);
      this.#sockets = this.#sockets.filter((open) => open !== socket);
      const lost = [...this.#waiting.values()].filter((waiting) => waiting.socket === socket);
      for (const { settle } of lost) settle(failed('connection_closed'));
    });
    const hello = {
      type: 'hello',
      num_connections: this.#sockets.length,
      connection_info: { app_id: this.#world.app.id },
      debug_info: { host: 'sandbox', approximate_connection_time: 18_060 },
    };
    socket.send(JSON.stringify(hello), () => this.onReady());
  }

  #read(data: RawData): void {
    const message: unknown = JSON.parse(data.toString());
    const { envelope_id, payload } = isObject(message) ? message : {};
    if (typeof envelope_id === 'string') {
      this.#waiting.get(envelope_id)?.settle({ ok: true, body: payload });
    }
  }
}
