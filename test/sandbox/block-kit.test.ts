import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { validateMessage, validateOptions, validateView } from '../../sandbox/server/block-kit.ts';
import {
  actions,
  button,
  cell,
  input,
  long,
  message,
  modal,
  mrkdwn,
  option,
  richText,
  section,
  text,
  times,
} from './payloads.ts';

describe('the error code', () => {
  test.each<[unknown, string]>([
    [{}, 'no_text'],
    [{ blocks: [section()] }, 'no_text'],
    [{ text: long(40_001) }, 'msg_too_long'],
    [{ text: 'x', markdown_text: 'x' }, 'markdown_text_conflict'],
    [{ text: 'x', attachments: times(101, () => ({})) }, 'too_many_attachments'],
    [{ text: 'x', attachments: [{ blocks: [{ type: 'poll' }] }] }, 'invalid_attachments'],
    [message(...times(5, () => section({ text: text(long(2800)) }))), 'msg_blocks_too_long'],
    [message(...times(2, () => ({ type: 'table', rows: [[cell()]] }))), 'only_one_table_allowed'],
    [message({ type: 'poll' }), 'invalid_blocks'],
    [{ text: 'x', unfurl_links: 'no' }, 'invalid_arguments'],
  ])('of %# is %s', (payload, code) => {
    expect(validateMessage(payload).map((violation) => violation.code)).toContain(code);
  });

  test('follows from a scope the app lacks', () => {
    const file = modal([input({ type: 'file_input' })]);
    expect(validateView(file, ['files:read'])).toEqual([]);
    expect(validateView(file, [])).toHaveLength(1);
  });
});

describe('offered options', () => {
  test('may be none, many or grouped', () => {
    expect(validateOptions({ options: [] })).toEqual([]);
    expect(validateOptions({ options: times(100, (n) => option(`${n}`)) })).toEqual([]);
    expect(validateOptions({ option_groups: [{ label: text(), options: [option('a')] }] })).toEqual(
      [],
    );
  });

  test('may not be too many, nameless or missing', () => {
    expect(validateOptions({ options: times(101, (n) => option(`${n}`)) })).toHaveLength(1);
    expect(validateOptions({ options: [{ value: 'a' }] })).not.toEqual([]);
    expect(validateOptions({})).not.toEqual([]);
    expect(validateOptions('none')).not.toEqual([]);
  });
});

test('a payload at every limit passes', () => {
  const rows = times(20, () => times(5, () => cell('cell')));
  const payload = message(
    { type: 'header', text: text(long(150)), block_id: long(255) },
    section({
      text: mrkdwn(long(3000)),
      accessory: {
        type: 'overflow',
        action_id: 'o',
        options: times(5, (n) => option(`${n}`, { url: 'https://a.b' })),
      },
    }),
    section({ text: undefined, fields: times(10, () => text(long(200))) }),
    actions(
      ...times(23, (n) => button({ action_id: `b${n}`, text: text(long(75)), value: long(2000) })),
      { type: 'datepicker', action_id: 'd', initial_date: '2028-02-29', placeholder: text() },
      {
        type: 'static_select',
        action_id: 's',
        options: times(100, (n) => option(`${n}`)),
        initial_option: option('7'),
      },
    ),
    {
      type: 'context',
      elements: [mrkdwn(), { type: 'image', alt_text: 'x', image_url: 'https://a.b/c.png' }],
    },
    { type: 'table', rows, column_settings: [{ align: 'right' }, null] },
    richText(
      {
        type: 'rich_text_section',
        elements: [
          { type: 'text', text: 'x', style: { bold: true } },
          { type: 'user', user_id: 'U1' },
          { type: 'date', timestamp: 1_700_000_000, format: '{date}', fallback: 'then' },
        ],
      },
      {
        type: 'rich_text_list',
        style: 'ordered',
        indent: 8,
        border: 1,
        elements: [{ type: 'rich_text_section', elements: [] }],
      },
    ),
    ...times(43, () => ({ type: 'divider' })),
  );
  expect(validateMessage(payload)).toEqual([]);

  const view = modal(
    [
      ...times(99, () => section()),
      input(
        { type: 'plain_text_input', multiline: true, max_length: 3000, initial_value: long(3000) },
        { hint: text(long(2000)), block_id: 'note' },
      ),
    ],
    { title: text(long(24)), private_metadata: long(3000), callback_id: long(255) },
  );
  expect(validateView(view)).toEqual([]);
});

test('no JSON makes the validator throw', () => {
  const type = fc.constantFrom(
    'section',
    'actions',
    'input',
    'table',
    'plan',
    'constructor',
    '__proto__',
    'modal',
  );
  const nearlyBlock = fc.record(
    {
      type,
      text: fc.jsonValue(),
      fields: fc.jsonValue(),
      elements: fc.array(fc.record({ type, action_id: fc.jsonValue(), options: fc.jsonValue() })),
      element: fc.jsonValue(),
      rows: fc.jsonValue(),
      block_id: fc.jsonValue(),
    },
    { requiredKeys: ['type'] },
  );
  const payload = fc.oneof(
    fc.jsonValue(),
    fc.record({
      type,
      text: fc.jsonValue(),
      blocks: fc.array(nearlyBlock),
      attachments: fc.jsonValue(),
    }),
  );
  fc.assert(
    fc.property(payload, (value) => {
      for (const found of [validateMessage(value), validateView(value), validateOptions(value)]) {
        for (const violation of found) expect(violation.message).not.toBe('');
      }
    }),
    { numRuns: 300 },
  );
});
