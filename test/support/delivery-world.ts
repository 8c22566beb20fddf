import { createSandbox, type Sandbox } from '../../sandbox/server/sandbox.ts';
import { readConfig } from '../../src/config.ts';
import type { ChannelId, MessageTs, WorkspaceId } from '../../src/domain/ids.ts';
import type { Intent, OutboxKind } from '../../src/domain/outbox.ts';
import { createLog } from '../../src/log.ts';
import {
  createDispatcher,
  type Dispatcher,
  type DispatcherOptions,
} from '../../src/outbox/dispatcher.ts';
import type { Rendered, Renderer, Renderers, RenderInput } from '../../src/outbox/renderer.ts';
import { createPostingClient, createReadingClient } from '../../src/slack/client.ts';
import { createGateway, type Gateway } from '../../src/slack/gateway.ts';
import type { Message } from '../../src/slack/message.ts';
import { enqueue } from '../../src/store/outbox.ts';
import type { Tables } from '../../src/store/schema.ts';
import { assertOutsideTransaction, type Engine, type Store } from '../../src/store/store.ts';
import { createManualClock, type ManualClock } from './manual-clock.ts';
import { rowsOf } from './rows.ts';
import { openTestStore } from './test-store.ts';

export const workspaceId = 'T0TEAM' as WorkspaceId;

type OutboxRow = Tables['outbox']['$inferSelect'];

/** A store, a strict Slack and a gateway between them, on one clock. */
export interface DeliveryWorld {
  readonly clock: ManualClock;
  readonly store: Store;
  readonly sandbox: Sandbox;
  readonly gateway: Gateway;
  /** Every line that was logged. */
  readonly logged: string[];
  readonly log: ReturnType<typeof createLog>;
  dispatcher(options?: Partial<DispatcherOptions>): Dispatcher;
  queue(...intents: Partial<Intent>[]): Promise<number>;
  rows(): Promise<OutboxRow[]>;
  row(key: string): Promise<OutboxRow>;
  /** The texts in a channel, threads included, oldest first. */
  texts(channel: string): string[];
  stop(): Promise<void>;
}

const channelNames = ['closed-lost', 'deal-acme', 'deal-globex', 'deal-initech', 'deal-hooli'];
/** The app is in these: `C0ROOM0` is `#closed-lost`. */
export const rooms = channelNames.map((_, index) => `C0ROOM${index}`);

export async function startDeliveryWorld(
  options: { scopes?: string[]; enforcePacing?: boolean; engine?: Engine } = {},
): Promise<DeliveryWorld> {
  const clock = createManualClock('2026-11-23T14:30:00Z');
  const people = ['U0ANNA', 'U0BEN', 'U0MIA'];
  const sandbox = await createSandbox({
    clock,
    team: { id: workspaceId, name: 'Globex Sales', zone: 'America/New_York' },
    users: people.map((id) => ({ id, name: id.toLowerCase() })),
    channels: channelNames.map((name, index) => ({
      id: `C0ROOM${index}`,
      name,
      members: people,
    })),
    app: {
      name: 'Homeroom',
      commands: [],
      shortcuts: [],
      botToken: 'xoxb-test',
      signingSecret: 'sshh',
      scopes: options.scopes ?? [
        ...['chat:write', 'channels:read', 'groups:read', 'users:read', 'users:read.email'],
        ...['channels:history', 'groups:history'],
      ],
    },
    enforcePacing: options.enforcePacing ?? true,
  });
  const config = readConfig({
    SLACK_BOT_TOKEN: 'xoxb-test',
    SLACK_SIGNING_SECRET: 'sshh',
    SLACK_API_URL: sandbox.apiUrl,
  });
  const logged: string[] = [];
  const log = createLog({ level: 'debug' }, { write: (line) => void logged.push(line) });
  const gateway = createGateway({
    posting: createPostingClient(config, log),
    reading: createReadingClient(config, log),
    now: clock.now,
    assertOutside: assertOutsideTransaction,
    log,
  });
  const store = await openTestStore(options.engine);
  const rows = () => rowsOf(store, 'outbox');
  return {
    clock,
    store,
    sandbox,
    gateway,
    logged,
    log,
    dispatcher: (given = {}) =>
      createDispatcher({
        store,
        gateway,
        clock,
        renderers: renderersOf(plainRenderer),
        workspaceId,
        log,
        noticeTarget: async () => 'U0ANNA',
        random: () => 0.5,
        ...given,
      }),
    queue: (...intents) =>
      store.transaction((tx) => enqueue(tx, workspaceId, clock.now(), intents.map(toIntent))),
    rows,
    row: async (key) => {
      const found = (await rows()).find((row) => row.key === key);
      if (!found) throw new Error(`No row ${key} is in the outbox`);
      return found;
    },
    texts: (channel) =>
      sandbox
        .as('U0ANNA')
        .messages(channel)
        .map(({ text }) => text),
    stop: async () => {
      await sandbox.stop();
      await store.close();
    },
  };
}

let serial = 0;

function toIntent(intent: Partial<Intent>): Intent {
  serial += 1;
  const key = intent.key ?? `key-${serial}`;
  return { kind: 'loss_listed', target: 'C0ROOM1', payload: {}, ...intent, key };
}

/** Says the row's `text`, in the thread and manner its payload asks for. */
export const plainRenderer: Renderer = {
  render: async (_tx, { target, payload }) => render(target, payload),
  whenUnknown: 'reconcile',
};

function render(target: string, payload: RenderInput['payload']): Rendered {
  if (payload['drop']) return { do: 'drop', reason: payload['drop'] };
  const text = payload['text'] ?? 'Hello';
  const message = says(text);
  if (payload['update']) {
    const messageTs = payload['update'] as MessageTs;
    return { do: 'update', channelId: target as ChannelId, messageTs, message };
  }
  const threadTs = payload['thread'] as MessageTs | undefined;
  return { do: 'post', target, message, ...(threadTs ? { threadTs } : {}) };
}

export function says(text: string): Message {
  return { text, blocks: [{ type: 'section', text: { type: 'plain_text', text } }] };
}

const kinds: readonly OutboxKind[] = [
  'nudge_planned',
  'loss_thread_opened',
  'loss_listed',
  'loss_thread_replied',
  'deal_thanked',
  'handover_sent',
  'date_slipped',
  'nudge_changed',
  'notice_raised',
];

export function renderersOf(renderer: Renderer, special: Partial<Renderers> = {}): Renderers {
  const same = Object.fromEntries(kinds.map((kind) => [kind, renderer]));
  return { ...same, ...special } as Renderers;
}
