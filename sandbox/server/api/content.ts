import { validateMessage } from '../block-kit.ts';
import { isObject, listOf, objectsOf } from '../json.ts';
import type { Content } from '../posting.ts';
import { refuseViolations, SlackRefusal } from '../refusal.ts';
import type { Slack } from '../slack.ts';
import type { StoredMessage } from '../world.ts';
import { type ArgSpec, type Args, requiredText } from './args.ts';
import { requireScope } from './method.ts';

// Slack documents that there is a limit, not which; this is what fits a few ids and no more.
const maxMetadataBytes = 8000;

/** The arguments that say what a message shows. */
export const contentArgs: ArgSpec = {
  text: 'string',
  markdown_text: 'string',
  blocks: 'json',
  attachments: 'json',
  parse: 'string',
  link_names: 'boolean',
};

/** The arguments that put the message under another name. */
export const authorArgs: ArgSpec = {
  as_user: 'boolean',
  username: 'string',
  icon_emoji: 'string',
  icon_url: 'string',
};

/** What a call wants a message to say, or the error of a real workspace. */
export function readContent(args: Args, slack: Slack): Content {
  for (const name of Object.keys(authorArgs)) {
    if (name !== 'as_user' && args.has(name)) requireScope(slack, 'chat:write.customize');
  }
  const shown = Object.keys(contentArgs).filter((name) => args.has(name));
  const payload = Object.fromEntries(shown.map((name) => [name, args.json(name)]));
  refuseViolations(validateMessage(payload, slack.world.app.scopes));
  return contentOf(payload);
}

/** The content of a payload that passed validation. */
export function contentOf(payload: Readonly<Record<string, unknown>>): Content {
  const { text, markdown_text, blocks, attachments } = payload;
  if (typeof markdown_text === 'string') {
    return { text: markdown_text, blocks: [{ type: 'markdown', text: markdown_text }] };
  }
  return {
    text: typeof text === 'string' ? text : '',
    ...(blocks === undefined ? {} : { blocks: listOf(blocks) }),
    ...(attachments === undefined ? {} : { attachments: objectsOf(attachments) }),
  };
}

/** The metadata of a call: `undefined` leaves what is there, `null` takes it away. */
export function readMetadata(value: unknown): StoredMessage['metadata'] | undefined {
  if (value === undefined) return undefined;
  if (!isObject(value)) throw new SlackRefusal('invalid_metadata_format');
  if (Object.keys(value).length === 0) return null;
  const { event_type, event_payload } = value;
  if (typeof event_type !== 'string' || !isObject(event_payload)) {
    throw new SlackRefusal('invalid_metadata_schema');
  }
  if (Buffer.byteLength(JSON.stringify(value)) > maxMetadataBytes) {
    throw new SlackRefusal('metadata_too_large');
  }
  return { event_type, event_payload };
}

/** The thread to answer in: an existing message that is no answer itself. */
export function readThread(args: Args, slack: Slack, channel: string): string | null {
  if (!args.has('thread_ts')) return null;
  const ts = requiredText(args, 'thread_ts');
  if (!/^\d{10}\.\d{6}$/.test(ts)) throw new SlackRefusal('invalid_thread_ts');
  const parent = slack.world.message(channel, ts);
  if (!parent || parent.ephemeralTo) throw new SlackRefusal('thread_not_found');
  if (parent.threadTs) throw new SlackRefusal('cannot_reply_to_message');
  return ts;
}
