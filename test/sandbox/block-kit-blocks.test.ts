import { describe, expect, test } from 'vitest';
import {
  actions,
  button,
  cell,
  complaints,
  long,
  message,
  modal,
  mrkdwn,
  richText,
  section,
  text,
  times,
} from './payloads.ts';

describe('blocks of a message', () => {
  test.each<[string, unknown, RegExp]>([
    ['51 blocks', message(...times(51, () => section())), /\/blocks: must be less than 51 items/],
    ['an unknown block', message({ type: 'poll' }), /\/blocks\/0: unsupported type: poll/],
    ['a block that is a word', message('hello'), /\/blocks\/0: must be a block/],
    [
      'an alert, which is for modals',
      message({ type: 'alert', text: text() }),
      /not allowed in a me/,
    ],
    [
      'a file, which apps cannot send',
      message({ type: 'file', source: 'remote', external_id: 'x' }),
      /not allowed/,
    ],
    ['an unknown field', message(section({ colour: 'red' })), /\/blocks\/0\/colour: unknown field/],
    ['a section of nothing', message({ type: 'section' }), /must have text or fields/],
    [
      '3001 characters of text',
      message(section({ text: mrkdwn(long(3001)) })),
      /less than 3001 ch/,
    ],
    ['an empty text', message(section({ text: mrkdwn('') })), /\/text\/text: must be more than 0/],
    ['eleven fields', message(section({ fields: times(11, () => text()) })), /less than 11 items/],
    [
      'a long field',
      message(section({ fields: [text(long(2001))] })),
      /fields\/0\/text: must be less/,
    ],
    [
      'emoji in mrkdwn',
      message(section({ text: { ...mrkdwn(), emoji: true } })),
      /unknown field: emoji/,
    ],
    [
      'verbatim in plain text',
      message(section({ text: { ...text(), verbatim: true } })),
      /unknown field/,
    ],
    ['a header of 151', message({ type: 'header', text: text(long(151)) }), /less than 151/],
    [
      'a mrkdwn header',
      message({ type: 'header', text: mrkdwn() }),
      /text object of type plain_text/,
    ],
    [
      'eleven context elements',
      message({ type: 'context', elements: times(11, () => text()) }),
      /less than 11/,
    ],
    [
      'a button in a context',
      message({ type: 'context', elements: [button()] }),
      /unsupported type: button/,
    ],
    [
      '26 actions',
      message(actions(...times(26, (n) => button({ action_id: `${n}` })))),
      /less than 26/,
    ],
    ['no actions', message(actions()), /must be more than 0 items/],
    [
      'the same block_id twice',
      message(section({ block_id: 'b' }), section({ block_id: 'b' })),
      /\/blocks\/1\/block_id: must be unique/,
    ],
    [
      'the same action_id twice',
      message(actions(button(), button())),
      /action_ids that are unique/,
    ],
    [
      'a long block_id',
      message(section({ block_id: long(256) })),
      /block_id: must be less than 256/,
    ],
    [
      'an image from nowhere',
      message({ type: 'image', alt_text: 'x' }),
      /exactly one of image_url/,
    ],
    [
      'an image that is no URL',
      message({ type: 'image', alt_text: 'x', image_url: 'x' }),
      /valid URL/,
    ],
    [
      'two tables',
      message({ type: 'table', rows: [[cell()]] }, { type: 'table', rows: [[cell()]] }),
      /at most 1 table/,
    ],
    [
      'a ragged table',
      message({ type: 'table', rows: [[cell()], [cell(), cell()]] }),
      /same number of cells/,
    ],
    [
      'a table of 10,001 characters',
      message({ type: 'table', rows: [[cell(long(10_001))]] }),
      /over all cells/,
    ],
    [
      'settings for columns a table lacks',
      message({ type: 'table', rows: [[cell()]], column_settings: [null, null] }),
      /at most 1 items/,
    ],
    [
      'a rich header in a data table',
      message({ type: 'data_table', caption: 'x', rows: [[richText()], [cell()]] }),
      /rich_text in the header/,
    ],
    [
      '12,001 characters of markdown',
      message(...times(2, () => ({ type: 'markdown', text: long(6001) }))),
      /characters of markdown/,
    ],
    [
      '13,201 characters in all',
      message(...times(5, () => section({ text: text(long(2641)) }))),
      /in total/,
    ],
    [
      'a card of nothing',
      message({ type: 'card', subtitle: mrkdwn() }),
      /at least one of hero_image/,
    ],
    [
      'a carousel in the wrong place',
      modal([{ type: 'carousel', elements: [{ type: 'card', body: mrkdwn() }] }]),
      /not allowed in a modal/,
    ],
    [
      'a container without a title',
      message({ type: 'container', child_blocks: [section()] }),
      /title or rich_text_title/,
    ],
    [
      'a container in a container',
      message({
        type: 'container',
        title: text(),
        child_blocks: [{ type: 'container', title: text(), child_blocks: [section()] }],
      }),
      /unsupported type: container/,
    ],
    [
      'a task without a state',
      message({ type: 'plan', title: 'x', tasks: [{ task_id: '1', title: 'x' }] }),
      /missing required field: status/,
    ],
    [
      'a long alt text',
      message({ type: 'image', alt_text: long(2001), image_url: 'https://a.b/c.png' }),
      /alt_text: must be less/,
    ],
  ])('may not have %s', (_what, payload, expected) => {
    expect(complaints(payload).join('\n')).toMatch(expected);
  });
});

describe('charts', () => {
  const chart = (more: object) =>
    message({ type: 'data_visualization', title: 'Wins', chart: more });
  const bars = {
    type: 'bar',
    series: [{ name: 'won', data: [{ label: 'Q1', value: 1 }] }],
    axis_config: { categories: ['Q1'] },
  };

  test('may be pies and bars', () => {
    expect(complaints(chart(bars))).toEqual([]);
    expect(complaints(chart({ type: 'pie', segments: [{ label: 'a', value: 1 }] }))).toEqual([]);
  });

  test.each<[string, object, RegExp]>([
    ['a pie of nothing', { type: 'pie' }, /missing required field: segments/],
    ['a slice of nothing', { type: 'pie', segments: [{ label: 'a', value: 0 }] }, /greater than 0/],
    [
      'seven slices',
      { type: 'pie', segments: times(7, (n) => ({ label: `${n}`, value: 1 })) },
      /less than 7 items/,
    ],
    [
      'a pie with axes',
      { ...bars, type: 'pie', segments: [{ label: 'a', value: 1 }] },
      /not allowed in a pie/,
    ],
    [
      'bars without labels',
      { ...bars, axis_config: { categories: ['Q2'] } },
      /labels of axis_config/,
    ],
    ['twins', { ...bars, series: [...bars.series, ...bars.series] }, /unique names/],
  ])('may not have %s', (_what, more, expected) => {
    expect(complaints(chart(more)).join('\n')).toMatch(expected);
  });

  test('come two to a message', () => {
    const one = chart(bars).blocks[0];
    expect(complaints(message(one, one, one)).join()).toMatch(/at most 2 data_visualization/);
  });
});

describe('rich text', () => {
  const inline = (...elements: object[]) =>
    message(richText({ type: 'rich_text_section', elements }));

  test.each<[string, unknown, RegExp]>([
    ['an empty leaf', inline({ type: 'text', text: '' }), /more than 0 characters/],
    [
      'a style nobody knows',
      inline({ type: 'text', text: 'x', style: { blink: true } }),
      /unknown field: blink/,
    ],
    [
      'a style that is a word',
      inline({ type: 'text', text: 'x', style: { bold: 'yes' } }),
      /must be a boolean/,
    ],
    ['a person by name', inline({ type: 'user', user_id: 'ana' }), /must match/],
    [
      'a list nine deep',
      message(richText({ type: 'rich_text_list', style: 'bullet', elements: [], indent: 9 })),
      /at most 8/,
    ],
    [
      'a mention in code',
      message(
        richText({ type: 'rich_text_preformatted', elements: [{ type: 'user', user_id: 'U1' }] }),
      ),
      /unsupported type: user/,
    ],
    [
      'a date without a format',
      inline({ type: 'date', timestamp: 1 }),
      /missing required field: format/,
    ],
  ])('may not have %s', (_what, payload, expected) => {
    expect(complaints(payload).join('\n')).toMatch(expected);
  });
});
