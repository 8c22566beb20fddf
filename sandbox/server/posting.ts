import type { KnownBlock } from '@slack/types';
import { withIds } from './blocks.ts';
import { emitChanged, emitDeleted, emitMessage } from './events.ts';
import type { JsonObject } from './json.ts';
import type { Slack } from './slack.ts';
import type { StoredMessage } from './world.ts';

/** What a message says; contents come validated. */
export interface Content {
  readonly text: string;
  readonly blocks?: readonly unknown[];
  readonly attachments?: readonly JsonObject[];
  readonly metadata?: StoredMessage['metadata'];
}

export interface Draft extends Content {
  readonly channel: string;
  readonly user: string;
  readonly threadTs?: string | null;
  readonly ephemeralTo?: string;
  readonly broadcast?: boolean;
}

/** Puts a message up and tells the app of it, unless it is for one person's eyes. */
export function post(slack: Slack, draft: Draft): { message: StoredMessage; told: Promise<void> } {
  const { world } = slack;
  const message = world.putMessage({
    channel: draft.channel,
    ts: world.stamps.ts(),
    threadTs: draft.threadTs ?? null,
    user: draft.user,
    text: draft.text,
    blocks: blocksOf(slack, draft.blocks),
    edited: false,
    ephemeralTo: draft.ephemeralTo ?? null,
    metadata: draft.metadata ?? null,
    fromApp: draft.user === world.app.userId,
    attachments: draft.attachments ?? [],
    broadcast: draft.broadcast ?? false,
  });
  const told = draft.ephemeralTo ? Promise.resolve() : emitMessage(slack, message);
  return { message, told };
}

/** Changes a message in place; what the new content leaves out stays as it was. */
export function edit(slack: Slack, message: StoredMessage, content: Partial<Content>) {
  const { text, blocks, attachments, metadata } = content;
  const now = slack.world.putMessage({
    ...message,
    edited: true,
    ...(text === undefined ? {} : { text }),
    ...(blocks === undefined ? {} : { blocks: blocksOf(slack, blocks) }),
    ...(attachments === undefined ? {} : { attachments }),
    ...(metadata === undefined ? {} : { metadata }),
  });
  const told = message.ephemeralTo ? Promise.resolve() : emitChanged(slack, now, message);
  return { message: now, told };
}

export function remove(slack: Slack, message: StoredMessage): Promise<void> {
  slack.world.removeMessage(message);
  return message.ephemeralTo ? Promise.resolve() : emitDeleted(slack, message);
}

function blocksOf(slack: Slack, blocks: readonly unknown[] = []): KnownBlock[] {
  return withIds(blocks as KnownBlock[], slack.world.stamps);
}
