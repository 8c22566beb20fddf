import type { RichTextBlockElement, RichTextElement, RichTextSection } from '@slack/types';
import { unescapeText } from './escapes.ts';
import { parseEntity } from './mrkdwn-entity.ts';

type Style = NonNullable<RichTextElement['style']>;

/** A mark opens and closes at the edge of a word, on one line, around something. */
const marks: readonly { readonly mark: RegExp; readonly style: Style }[] = [
  { mark: /^\*(?=\S)([^\n]*?[^\s*]|[^\s*])\*(?![\w*])/, style: { bold: true } },
  { mark: /^_(?=\S)([^\n]*?[^\s_]|[^\s_])_(?![\w_])/, style: { italic: true } },
  { mark: /^~(?=\S)([^\n]*?[^\s~]|[^\s~])~(?![\w~])/, style: { strike: true } },
];
const code = /^`([^`\n]+)`/;
const emoji = /^:([a-z0-9_+-]+(?:::skin-tone-\d)?):/i;
const bareUrl = /^https?:\/\/[^\s<>|]+[^\s<>|.,;:!?)'"]/i;

/**
 * Reads Slack's mrkdwn into the rich text it stands for, so one renderer shows both. Escaped
 * characters stay text: `&lt;!channel&gt;` is eleven letters and no mention.
 */
export function parseMrkdwn(source: string, verbatim = false): RichTextBlockElement[] {
  return source.split(/```\n?([\s\S]+?)\n?```/).flatMap((part, index) => {
    if (index % 2 === 1) return [preformatted(part)];
    return part.trim() === '' ? [] : parseLines(trimBreaks(part), verbatim);
  });
}

function preformatted(text: string): RichTextBlockElement {
  return { type: 'rich_text_preformatted', elements: [{ type: 'text', text: unescapeText(text) }] };
}

function trimBreaks(part: string): string {
  return part.replace(/^\n/, '').replace(/\n$/, '');
}

function parseLines(text: string, verbatim: boolean): RichTextBlockElement[] {
  const quoted = /^(?:&gt;|>) ?/;
  const runs: { quote: boolean; lines: string[] }[] = [];
  for (const line of text.split('\n')) {
    const quote = quoted.test(line);
    const last = runs.at(-1);
    const shown = quote ? line.replace(quoted, '') : line;
    if (last?.quote === quote) last.lines.push(shown);
    else runs.push({ quote, lines: [shown] });
  }
  return runs.map(({ quote, lines }) => ({
    type: quote ? 'rich_text_quote' : 'rich_text_section',
    elements: parseInline(lines.join('\n'), {}, verbatim),
  }));
}

function parseInline(source: string, style: Style, verbatim: boolean): RichTextElement[] {
  const leaves: RichTextElement[] = [];
  let text = '';
  let at = 0;
  const flush = () => {
    if (text !== '') leaves.push({ type: 'text', text: unescapeText(text), ...styled(style) });
    text = '';
  };
  while (at < source.length) {
    const found = readLeaf(source, at, style, verbatim);
    if (found === null) {
      text += source[at];
      at += 1;
    } else {
      flush();
      leaves.push(...found.leaves);
      at += found.length;
    }
  }
  flush();
  return leaves;
}

interface Found {
  readonly leaves: RichTextElement[];
  readonly length: number;
}

function readLeaf(source: string, at: number, style: Style, verbatim: boolean): Found | null {
  const rest = source.slice(at);
  const first = rest[0] ?? '';
  if (!'<`*_~:h'.includes(first.toLowerCase())) return null;
  if (first === '<') return readEntity(rest, style);
  const wordBefore = /\w/.test(source[at - 1] ?? '');
  const coded = code.exec(rest);
  if (coded) {
    const leaf = { type: 'text' as const, text: unescapeText(coded[1] ?? '') };
    return { leaves: [{ ...leaf, style: { ...style, code: true } }], length: coded[0].length };
  }
  const named = emoji.exec(rest);
  if (named) {
    return { leaves: [{ type: 'emoji', name: named[1] ?? '' }], length: named[0].length };
  }
  if (wordBefore) return null;
  return readMark(rest, style, verbatim) ?? (verbatim ? null : readUrl(rest, style));
}

function readMark(rest: string, style: Style, verbatim: boolean): Found | null {
  for (const { mark, style: added } of marks) {
    const match = mark.exec(rest);
    if (match === null) continue;
    const leaves = parseInline(match[1] ?? '', { ...style, ...added }, verbatim);
    return { leaves, length: match[0].length };
  }
  return null;
}

function readUrl(rest: string, style: Style): Found | null {
  const match = bareUrl.exec(rest);
  if (match === null) return null;
  return {
    leaves: [{ type: 'link', url: unescapeText(match[0]), ...styled(style) }],
    length: match[0].length,
  };
}

function readEntity(rest: string, style: Style): Found | null {
  const match = /^<([^<>\n]+)>/.exec(rest);
  const leaf = match && parseEntity(match[1] ?? '');
  if (!match || !leaf) return null;
  return { leaves: [{ ...leaf, ...styled(style) }], length: match[0].length };
}

function styled(style: Style): { style?: Style } {
  return Object.keys(style).length === 0 ? {} : { style };
}

/** The words alone, for accessible names. */
export function plainMrkdwn(source: string): string {
  return parseMrkdwn(source)
    .flatMap((part) => part.elements as (RichTextElement | RichTextSection)[])
    .map((leaf) =>
      leaf.type === 'text' ? leaf.text : leaf.type === 'link' ? (leaf.text ?? leaf.url) : '',
    )
    .join('')
    .trim();
}
