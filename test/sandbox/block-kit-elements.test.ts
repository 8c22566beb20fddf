import { describe, expect, test } from 'vitest';
import {
  actions,
  button,
  cell,
  complaints,
  input,
  long,
  message,
  modal,
  mrkdwn,
  option,
  section,
  text,
  times,
} from './payloads.ts';

describe('elements', () => {
  const select = { type: 'static_select', action_id: 'a', options: [option('a'), option('b')] };
  const group = { label: text(), options: [option('a')] };

  test.each<[string, unknown, RegExp]>([
    ['a button of 76', message(actions(button({ text: text(long(76)) }))), /less than 76/],
    ['a value of 2001', message(actions(button({ value: long(2001) }))), /less than 2001/],
    [
      'a style of its own',
      message(actions(button({ style: 'warning' }))),
      /one of: primary, danger/,
    ],
    [
      'a confirm of 301',
      message(actions(button({ confirm: { text: text(long(301)) } }))),
      /less than 301/,
    ],
    ['a button in an input', modal([input(button())]), /unsupported type: button/],
    [
      'an input in a section',
      message(section({ accessory: { type: 'plain_text_input' } })),
      /unsupported type/,
    ],
    [
      'a date time beside a section',
      message(section({ accessory: { type: 'datetimepicker', action_id: 'a' } })),
      /unsupported type/,
    ],
    [
      '101 options',
      modal([input({ ...select, options: times(101, (n) => option(`${n}`)) })]),
      /less than 101/,
    ],
    ['no options', modal([input({ type: 'static_select' })]), /exactly one of options/],
    [
      'options and groups',
      modal([input({ ...select, option_groups: [group] })]),
      /exactly one of options/,
    ],
    [
      'the same value twice',
      modal([input({ ...select, options: [option('a'), option('a')] })]),
      /unique option values/,
    ],
    [
      'an initial option from elsewhere',
      modal([input({ ...select, initial_option: option('c') })]),
      /matches one of its options/,
    ],
    [
      'an initial option that differs in a detail',
      modal([input({ ...select, initial_option: option('a', { description: text() }) })]),
      /matches one/,
    ],
    [
      'an option value of 151',
      modal([input({ ...select, options: [option(long(151))] })]),
      /less than 151/,
    ],
    [
      'a mrkdwn option in a select',
      modal([input({ ...select, options: [{ text: mrkdwn(), value: 'a' }] })]),
      /must have plain_text options/,
    ],
    [
      'an option url in a select',
      modal([input({ ...select, options: [option('a', { url: 'https://a.b' })] })]),
      /option urls/,
    ],
    [
      'eleven radio buttons',
      modal([input({ type: 'radio_buttons', options: times(11, (n) => option(`${n}`)) })]),
      /less than 11/,
    ],
    [
      'six overflow entries',
      message(actions({ type: 'overflow', options: times(6, (n) => option(`${n}`)) })),
      /less than 6/,
    ],
    [
      'an empty list of initial options',
      modal([input({ type: 'checkboxes', options: [option('a')], initial_options: [] })]),
      /more than 0 items/,
    ],
    [
      'a placeholder of 151',
      modal([input({ ...select, placeholder: text(long(151)) })]),
      /less than 151/,
    ],
    [
      'a day that is none',
      modal([input({ type: 'datepicker', initial_date: '2026-02-30' })]),
      /day of the calendar/,
    ],
    [
      'a day in another order',
      modal([input({ type: 'datepicker', initial_date: '01.02.2026' })]),
      /must match/,
    ],
    [
      'an hour that is none',
      modal([input({ type: 'timepicker', initial_time: '24:00' })]),
      /must match/,
    ],
    [
      'a zone that is none',
      modal([input({ type: 'timepicker', timezone: 'Moon/Base' })]),
      /IANA time zone/,
    ],
    [
      'an instant of nine digits',
      modal([input({ type: 'datetimepicker', initial_date_time: 999_999_999 })]),
      /at least 1000000000/,
    ],
    [
      'lengths the wrong way round',
      modal([input({ type: 'plain_text_input', min_length: 9, max_length: 3 })]),
      /min_length no greater/,
    ],
    [
      'an initial value beyond its own limit',
      modal([input({ type: 'plain_text_input', initial_value: 'four', max_length: 3 })]),
      /no greater than max_length/,
    ],
    [
      'a number as a number',
      modal([input({ type: 'number_input', is_decimal_allowed: true, min_value: 1 })]),
      /number written as a string/,
    ],
    [
      'numbers the wrong way round',
      modal([
        input({ type: 'number_input', is_decimal_allowed: true, min_value: '9', max_value: '3' }),
      ]),
      /min_value no greater/,
    ],
    [
      'a rich input without a name',
      modal([{ type: 'input', label: text(), element: { type: 'rich_text_input' } }]),
      /required field: action_id/,
    ],
    [
      'a person who is none',
      modal([input({ type: 'users_select', initial_user: 'ana' })]),
      /must match/,
    ],
    [
      'a filter of nothing',
      modal([input({ type: 'conversations_select', filter: {} })]),
      /at least one property/,
    ],
    [
      'a response url outside an input',
      message(
        actions({ type: 'conversations_select', action_id: 'a', response_url_enabled: true }),
      ),
      /input block of a modal/,
    ],
    [
      'files that dispatch',
      modal([input({ type: 'file_input' }, { dispatch_action: true })]),
      /file_input/,
    ],
    [
      'a file input in a message',
      message(input({ type: 'file_input' })),
      /not allowed in a message/,
    ],
    [
      'two focused inputs',
      modal(times(2, () => input({ type: 'datepicker', focus_on_load: true }))),
      /at most one focus_on_load/,
    ],
    [
      'a label of 2001',
      modal([input({ type: 'datepicker' }, { label: text(long(2001)) })]),
      /less than 2001/,
    ],
    [
      'dispatching on a glance',
      modal([
        input({
          type: 'plain_text_input',
          dispatch_action_config: { trigger_actions_on: ['on_look'] },
        }),
      ]),
      /on_enter_pressed/,
    ],
    [
      'a slack file that is two',
      message({ type: 'image', alt_text: 'x', slack_file: { id: 'F1', url: 'https://a.b' } }),
      /exactly one of id, url/,
    ],
  ])('may not be or have %s', (_what, payload, expected) => {
    expect(complaints(payload).join('\n')).toMatch(expected);
  });
});

describe('views', () => {
  test.each<[string, unknown, RegExp]>([
    [
      'a modal title of 25',
      modal([section()], { title: text(long(25)) }),
      /\/title\/text: must be less than 25/,
    ],
    ['a submit of 25', modal([section()], { submit: text(long(25)) }), /\/submit\/text/],
    ['101 blocks', modal(times(101, () => section())), /less than 101 items/],
    ['no blocks', modal([]), /more than 0 items/],
    [
      '3001 characters of metadata',
      modal([section()], { private_metadata: long(3001) }),
      /private_metadata/,
    ],
    [
      'an input and no submit',
      modal([input({ type: 'datepicker' })], { submit: undefined }),
      /missing required field: submit/,
    ],
    [
      'a Home with a title',
      { type: 'home', title: text(), blocks: [section()] },
      /unknown field: title/,
    ],
    [
      'a table in a Home',
      { type: 'home', blocks: [{ type: 'table', rows: [[cell()]] }] },
      /not allowed in a home/,
    ],
    ['a card in a modal', modal([{ type: 'card', body: mrkdwn() }]), /not allowed in a modal/],
    ['a view of another type', { type: 'dialog', blocks: [] }, /must be one of: modal/],
    [
      '250 kB',
      modal(times(90, () => section({ text: text(long(3000)) }))),
      /less than 250001 bytes/,
    ],
  ])('may not have %s', (_what, payload, expected) => {
    expect(complaints(payload).join('\n')).toMatch(expected);
  });
});
