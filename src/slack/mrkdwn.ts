import { shorten, stripUnseen } from '../domain/text.ts';

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };

/**
 * User text for mrkdwn and for a message's `text`. Slack's special tokens (`<!channel>`, `<@U…>`,
 * links) live in angle brackets, so these are what must go; backticks and asterisks can only
 * change how the text looks (SLACK §5.2).
 */
export function escapeMrkdwn(text: string): string {
  return stripUnseen(text).replace(/[&<>]/g, (character) => entities[character] ?? character);
}

/**
 * User text for `plain_text` and `rich_text` leaves, which parse nothing: at most `max` long, an
 * ellipsis included, and never cut inside a character.
 */
export function plainText(text: string, max: number): string {
  return shorten(stripUnseen(text), max);
}
