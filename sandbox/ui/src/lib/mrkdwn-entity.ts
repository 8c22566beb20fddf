import type { RichTextElement } from '@slack/types';
import { unescapeText } from './escapes.ts';

const ranges = ['here', 'channel', 'everyone'] as const;

/** Reads what stands between `<` and `>`; null when it is no entity of Slack's. */
export function parseEntity(inside: string): RichTextElement | null {
  const [target = '', label] = split(inside, '|');
  if (/^@[A-Z0-9]+$/.test(target)) return { type: 'user', user_id: target.slice(1) };
  if (/^#[A-Z0-9]+$/.test(target)) return { type: 'channel', channel_id: target.slice(1) };
  if (target.startsWith('!')) return parseSpecial(target.slice(1), label);
  if (!/^(https?:|mailto:|tel:)/i.test(target)) return null;
  const text = label === undefined ? {} : { text: unescapeText(label) };
  return { type: 'link', url: unescapeText(target), ...text };
}

function parseSpecial(command: string, label: string | undefined): RichTextElement | null {
  const range = ranges.find((name) => name === command);
  if (range !== undefined) return { type: 'broadcast', range };
  if (command.startsWith('subteam^')) {
    return { type: 'usergroup', usergroup_id: label?.replace(/^@/, '') ?? command.slice(8) };
  }
  return command.startsWith('date^') ? parseDate(command, label) : null;
}

function parseDate(command: string, label: string | undefined): RichTextElement | null {
  const [, timestamp, format, url] = command.split('^');
  if (timestamp === undefined || format === undefined) return null;
  const fallback = label === undefined ? {} : { fallback: unescapeText(label) };
  const link = url === undefined ? {} : { url };
  return { type: 'date', timestamp: Number(timestamp), format, ...link, ...fallback };
}

function split(text: string, mark: string): [string, string?] {
  const at = text.indexOf(mark);
  return at < 0 ? [text] : [text.slice(0, at), text.slice(at + 1)];
}
