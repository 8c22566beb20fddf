import { describe, expect, it } from 'vitest';
import { businessDaysBetween, day, parseDay } from '../../src/domain/calendar.ts';
import { readDecisionOn, readDueOn } from '../../src/domain/plan-rules.ts';

const today = day('2026-11-23');
const decisionOn = day('2026-12-18');

describe('the day a step is due', () => {
  it.each([
    ['2026-11-22', 'past_day'],
    ['2026-12-19', 'after_decision'],
    ['soon', 'no_day'],
    [undefined, 'no_day'],
  ])('%s is refused as %s', (text, code) => {
    expect(readDueOn(text, { decisionOn }, today, 'due_on')).toMatchObject({
      code,
      field: 'due_on',
    });
  });

  it.each(['2026-11-23', '2026-12-18'])('%s is taken', (text) => {
    expect(readDueOn(text, { decisionOn }, today, 'due_on')).toBe(text);
  });

  it('may lie after a decision date that has passed', () => {
    const passed = { decisionOn: day('2026-11-20') };
    expect(readDueOn('2026-11-30', passed, today, 'due_on')).toBe('2026-11-30');
  });

  it('is refused more than five years ahead', () => {
    const open = { decisionOn: undefined };
    expect(readDueOn('2032-01-01', open, today, 'due_on')).toMatchObject({ code: 'far_day' });
  });
});

describe('the day they decide', () => {
  it.each([
    ['2026-11-22', 'past_day'],
    ['2199-12-31', 'far_day'],
    ['9999-12-31', 'no_day'],
  ])('%s is refused as %s', (text, code) => {
    expect(readDecisionOn(text, today, 'decision_on')).toMatchObject({ code });
  });
});

it('knows no day of a placeholder year, and counts to the last one it knows at once', () => {
  expect(parseDay('9999-12-31')).toBeUndefined();
  expect(businessDaysBetween(day('2026-11-23'), day('2199-12-31'))).toBe(45161);
});
