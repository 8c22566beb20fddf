import type { TextObject } from '@slack/types';
import { plainMrkdwn } from './mrkdwn.ts';

/** The words of a text object alone, short enough for an accessible name. */
export function plainText(text: TextObject | undefined): string {
  if (text === undefined) return '';
  const words = text.type === 'mrkdwn' ? plainMrkdwn(text.text) : text.text;
  return words.replace(/\s+/g, ' ').slice(0, 120);
}
