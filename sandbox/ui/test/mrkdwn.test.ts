import { describe, expect, it } from 'vitest';
import { parseMrkdwn, plainMrkdwn } from '../src/lib/mrkdwn.ts';

const inline = (text: string) => {
  const [section] = parseMrkdwn(text);
  return section?.type === 'rich_text_section' ? section.elements : [];
};

describe('parseMrkdwn', () => {
  it('keeps an escaped mention as text', () => {
    expect(inline('hi &lt;!channel&gt; &amp; all')).toEqual([
      { type: 'text', text: 'hi <!channel> & all' },
    ]);
  });

  it('reads mentions, links and dates', () => {
    expect(inline('<@U1> <#C1|old> <!here> <https://a.b/?x=1&amp;y=2|there>')).toEqual([
      { type: 'user', user_id: 'U1' },
      { type: 'text', text: ' ' },
      { type: 'channel', channel_id: 'C1' },
      { type: 'text', text: ' ' },
      { type: 'broadcast', range: 'here' },
      { type: 'text', text: ' ' },
      { type: 'link', url: 'https://a.b/?x=1&y=2', text: 'there' },
    ]);
    expect(inline('<!date^1764000000^{date_short}|Nov 24>')).toEqual([
      { type: 'date', timestamp: 1764000000, format: '{date_short}', fallback: 'Nov 24' },
    ]);
  });

  it('nests styles and leaves marks inside words alone', () => {
    expect(inline('*bold _both_* snake_case_name 2*3*4')).toEqual([
      { type: 'text', text: 'bold ', style: { bold: true } },
      { type: 'text', text: 'both', style: { bold: true, italic: true } },
      { type: 'text', text: ' snake_case_name 2*3*4' },
    ]);
  });

  it('formats nothing inside code', () => {
    expect(inline('`*a* &lt;b&gt;`')).toEqual([
      { type: 'text', text: '*a* <b>', style: { code: true } },
    ]);
  });

  it('turns no script address into a link', () => {
    expect(inline('<javascript:alert(1)|x>').some(({ type }) => type === 'link')).toBe(false);
  });

  it('splits quotes and code blocks from paragraphs', () => {
    const types = parseMrkdwn('&gt; said\nplain\n```\ncode *x*\n```').map(({ type }) => type);
    expect(types).toEqual(['rich_text_quote', 'rich_text_section', 'rich_text_preformatted']);
  });

  it('links bare addresses unless told to be verbatim', () => {
    expect(inline('see https://a.b/c.')[1]).toEqual({ type: 'link', url: 'https://a.b/c' });
    expect(parseMrkdwn('https://a.b', true)).toEqual([
      { type: 'rich_text_section', elements: [{ type: 'text', text: 'https://a.b' }] },
    ]);
  });
});

describe('plainMrkdwn', () => {
  it('gives the words for an accessible name', () => {
    expect(plainMrkdwn('*Send* the <https://a.b|form>')).toBe('Send the form');
  });
});
