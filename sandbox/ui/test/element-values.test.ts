import type { KnownBlock } from '@slack/types';
import { describe, expect, it } from 'vitest';
import { carryValues, withValue } from '../src/lib/element-values.ts';
import { validateView } from '../src/lib/validate-view.ts';

const text = (value: string) => ({ type: 'plain_text' as const, text: value });
const input = (blockId: string, initial?: string, optional = false): KnownBlock => ({
  type: 'input',
  block_id: blockId,
  label: text(blockId),
  optional,
  element: {
    type: 'plain_text_input',
    action_id: 'typed',
    max_length: 5,
    ...(initial === undefined ? {} : { initial_value: initial }),
  },
});
const typed = (value: string | null) => ({ typed: { type: 'plain_text_input', value } });

describe('carryValues', () => {
  it('keeps what was typed where block and action stay, whatever the new initial value', () => {
    const before = withValue(
      carryValues({}, [input('a')], null),
      'a',
      'typed',
      typed('mine').typed,
    );
    expect(carryValues(before, [input('a', 'theirs'), input('b', 'new')], null)).toEqual({
      a: typed('mine'),
      b: typed('new'),
    });
  });

  it('forgets a field that left, so that it comes back as it began', () => {
    const before = withValue(
      carryValues({}, [input('a')], null),
      'a',
      'typed',
      typed('mine').typed,
    );
    const without = carryValues(before, [input('b')], null);
    expect(carryValues(without, [input('a', 'fresh')], null)).toEqual({ a: typed('fresh') });
  });

  it('drops a value when another kind of element takes its place', () => {
    const chosen: KnownBlock = {
      type: 'input',
      block_id: 'a',
      label: text('a'),
      element: { type: 'datepicker', action_id: 'typed', initial_date: '2025-11-24' },
    };
    expect(carryValues({ a: typed('mine') }, [chosen], null)).toEqual({
      a: { typed: { type: 'datepicker', selected_date: '2025-11-24' } },
    });
  });

  it('starts a conversation select where the person is, if it asks for that', () => {
    const select: KnownBlock = {
      type: 'input',
      block_id: 'a',
      label: text('a'),
      element: {
        type: 'conversations_select',
        action_id: 'typed',
        default_to_current_conversation: true,
      },
    };
    expect(carryValues({}, [select], 'C1')).toMatchObject({
      a: { typed: { selected_conversation: 'C1' } },
    });
  });
});

describe('validateView', () => {
  it('asks for what is required and lets the optional be', () => {
    const blocks = [input('a'), input('b', undefined, true)];
    expect(validateView(blocks, carryValues({}, blocks, null))).toEqual({
      a: 'Please complete this required field.',
    });
  });

  it('says by how much a text is too long', () => {
    const blocks = [input('a', 'sevenly')];
    expect(validateView(blocks, carryValues({}, blocks, null))).toEqual({
      a: 'This is 2 characters too long.',
    });
  });
});
