import type { TextObject } from '@slack/types';
import { withEmoji } from '../lib/emoji.ts';
import { parseMrkdwn } from '../lib/mrkdwn.ts';
import { RichText } from './rich-text.tsx';

/** A text object as Slack shows it: mrkdwn is formatted, plain text only gets its emoji. */
export function TextView({ text }: { text: TextObject }) {
  if (text.type === 'mrkdwn') return <Mrkdwn text={text.text} verbatim={text.verbatim === true} />;
  return (
    <span className="text" dir="auto">
      {text.emoji === false ? text.text : withEmoji(text.text)}
    </span>
  );
}

export function Mrkdwn({ text, verbatim = false }: { text: string; verbatim?: boolean }) {
  return <RichText elements={parseMrkdwn(text, verbatim)} />;
}
