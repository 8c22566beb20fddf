import type { RichTextElement } from '@slack/types';
import type { ReactNode } from 'react';
import { emojiFor } from '../lib/emoji.ts';
import { safeUrl } from '../lib/escapes.ts';
import { nameOf } from '../lib/people.ts';
import { formatSlackDate } from '../lib/slack-date.ts';
import { useWorkspace } from '../live/workspace.ts';
import { ChannelLink } from './channel-link.tsx';

/** The smallest piece of rich text: words, a mention, a link, a date, an emoji. */
export function Leaf({ leaf }: { leaf: RichTextElement }) {
  return <Styled style={leaf.style}>{content(leaf)}</Styled>;
}

function content(leaf: RichTextElement): ReactNode {
  switch (leaf.type) {
    case 'text':
      return leaf.text;
    case 'link':
      return <SafeLink url={leaf.url}>{leaf.text ?? leaf.url}</SafeLink>;
    case 'user':
      return <UserMention id={leaf.user_id} />;
    case 'channel':
      return <ChannelLink id={leaf.channel_id} />;
    case 'broadcast':
      return <span className="mention loud">@{leaf.range}</span>;
    case 'usergroup':
      return <span className="mention">@{leaf.usergroup_id}</span>;
    case 'emoji':
      return <Emoji name={leaf.name} />;
    case 'date':
      return <DateLeaf leaf={leaf} />;
    case 'color':
      return (
        <>
          <span className="swatch" style={{ background: leaf.value }} aria-hidden="true" />
          {leaf.value}
        </>
      );
    default:
      return null;
  }
}

function Styled({ style, children }: { style: RichTextElement['style']; children: ReactNode }) {
  let shown = children;
  if (style?.code) shown = <code>{shown}</code>;
  if (style?.strike) shown = <s>{shown}</s>;
  if (style?.underline) shown = <u>{shown}</u>;
  if (style?.italic) shown = <em>{shown}</em>;
  return style?.bold ? <strong>{shown}</strong> : shown;
}

function SafeLink({ url, children }: { url: string; children: ReactNode }) {
  const address = safeUrl(url);
  if (address === null) return children;
  return (
    <a href={address} target="_blank" rel="noopener noreferrer">
      {children}
    </a>
  );
}

function UserMention({ id }: { id: string }) {
  const { state, me } = useWorkspace();
  return <span className={id === me.id ? 'mention loud' : 'mention'}>@{nameOf(state, id)}</span>;
}

function Emoji({ name }: { name: string }) {
  const character = emojiFor(name);
  if (character === null) return `:${name}:`;
  return (
    <span role="img" aria-label={name.replaceAll('_', ' ')} className="emoji">
      {character}
    </span>
  );
}

function DateLeaf({ leaf }: { leaf: Extract<RichTextElement, { type: 'date' }> }) {
  const { me, now } = useWorkspace();
  const { timestamp, format, fallback = '', url } = leaf;
  const shown = formatSlackDate(timestamp, format, fallback, me.tz, now);
  return url === undefined ? <time>{shown}</time> : <SafeLink url={url}>{shown}</SafeLink>;
}
