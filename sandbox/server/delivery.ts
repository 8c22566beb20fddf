import type { Activity } from './activity.ts';
import type { JsonObject } from './json.ts';
import type { SocketHub } from './socket-hub.ts';
import { type Ack, type DeliveryKind, deliverHttp, failed, type Parcel } from './transport.ts';
import type { World } from './world.ts';

const maxRetries = 3;

/** One attempt to hand something to the app, for assertions. */
export interface DeliveryRecord {
  readonly kind: DeliveryKind;
  /** The type of the event or interaction, or the name of the command. */
  readonly type: string;
  readonly payload: JsonObject;
  readonly retryNum: number;
  readonly ack: Ack;
}

/** What was handed over, without what became of it. */
export type Delivered = Pick<DeliveryRecord, 'kind' | 'type' | 'payload'>;

interface Item {
  readonly type: string;
  readonly parcel: Parcel;
}

/** Hands events, commands and clicks to the app: over a socket when one is open, else over HTTP. */
export class Delivery {
  readonly records: DeliveryRecord[] = [];
  readonly #world: World;
  readonly #hub: SocketHub;
  readonly #activity: Activity;
  readonly #timeoutMs: number;
  #url: string | undefined;
  #unacked: Item[] = [];

  constructor(world: World, hub: SocketHub, activity: Activity, timeoutMs: number) {
    this.#world = world;
    this.#hub = hub;
    this.#activity = activity;
    this.#timeoutMs = timeoutMs;
    this.connectHttp(world.app.requestUrl);
    hub.onReady = () => void this.retryEvents();
  }

  connectHttp(url: string | undefined): void {
    const target = url === undefined ? undefined : new URL(url);
    if (target?.pathname === '/') target.pathname = '/slack/events';
    this.#url = target?.href;
  }

  /** Sends once; commands and interactions are not repeated. */
  send(kind: DeliveryKind, type: string, payload: JsonObject): Promise<Ack> {
    return this.#attempt(this.#item(kind, type, payload));
  }

  /** Sends an event, and once more at once when the app did not take it. */
  async sendEvent(type: string, payload: JsonObject): Promise<Ack> {
    const item = this.#item('event', type, payload);
    const ack = await this.#attempt(item);
    return ack.ok || ack.isFinal || ack.reason === 'no_listener' ? ack : this.#again(item, ack);
  }

  /** Makes the later retries due now, those Slack makes after a minute and after five. */
  async retryEvents(): Promise<void> {
    const due = this.#unacked;
    this.#unacked = [];
    for (const item of due) await this.#again(item, failed(item.parcel.retry?.reason ?? ''));
  }

  /** Sends the newest parcel of this type or kind again, word for word. */
  async redeliverLast(kindOrType: string): Promise<Ack> {
    const last = this.records.findLast(
      ({ kind, type }) => kind === kindOrType || type === kindOrType,
    );
    if (!last) throw new Error(`Nothing of kind '${kindOrType}' has been delivered yet.`);
    return this.redeliver(last);
  }

  /** Sends what was delivered before again, word for word. */
  redeliver({
    kind,
    type,
    payload,
  }: Pick<DeliveryRecord, 'kind' | 'type' | 'payload'>): Promise<Ack> {
    return this.#attempt(this.#item(kind, type, payload));
  }

  async #again(item: Item, ack: Ack): Promise<Ack> {
    const reason = ack.ok ? '' : ack.reason;
    const retry = { num: (item.parcel.retry?.num ?? 0) + 1, reason };
    const repeated = { ...item, parcel: { ...item.parcel, retry } };
    const second = await this.#attempt(repeated);
    if (!(second.ok || second.isFinal) && retry.num < maxRetries) this.#unacked.push(repeated);
    return second;
  }

  #item(kind: DeliveryKind, type: string, payload: JsonObject): Item {
    return { type, parcel: { kind, payload, envelopeId: this.#world.stamps.token() } };
  }

  async #attempt({ type, parcel }: Item): Promise<Ack> {
    const ack = await this.#activity.during(() => this.#transport(parcel));
    const { kind, payload, retry } = parcel;
    this.records.push({ kind, type, payload, retryNum: retry?.num ?? 0, ack });
    return ack;
  }

  #transport(parcel: Parcel): Promise<Ack> {
    if (this.#hub.isConnected) return this.#hub.deliver(parcel);
    if (this.#url === undefined) {
      const reason = this.#hub.wasConnected ? 'connection_failed' : 'no_listener';
      return Promise.resolve(failed(reason));
    }
    const { signingSecret } = this.#world.app;
    return deliverHttp(parcel, { url: this.#url, signingSecret, timeoutMs: this.#timeoutMs });
  }
}
