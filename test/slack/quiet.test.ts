import { describe, expect, it } from 'vitest';
import { toQuietEnd } from '../../src/slack/quiet.ts';

const now = new Date('2026-11-24T14:00:00Z');
const ts = (iso: string) => Date.parse(iso) / 1_000;
const night = {
  ok: true,
  dnd_enabled: true,
  next_dnd_start_ts: ts('2026-11-24T13:00:00Z'),
  next_dnd_end_ts: ts('2026-11-24T15:00:00Z'),
};

describe('do-not-disturb', () => {
  it.each([
    ['in the hours they always keep', night, '2026-11-24T15:00:00.000Z'],
    [
      'in a pause they chose',
      { ok: true, snooze_enabled: true, snooze_endtime: ts('2026-11-24T14:30:00Z') },
      '2026-11-24T14:30:00.000Z',
    ],
    [
      'in both, until the later end',
      { ...night, snooze_enabled: true, snooze_endtime: ts('2026-11-24T16:30:00Z') },
      '2026-11-24T16:30:00.000Z',
    ],
  ])('reigns %s', (_when, answer, end) => {
    expect(toQuietEnd(answer, now)?.toISOString()).toBe(end);
  });

  it.each([
    ['nobody set any', { ok: true, dnd_enabled: false, next_dnd_start_ts: 1, next_dnd_end_ts: 1 }],
    ['it is switched off', { ...night, dnd_enabled: false }],
    ['it begins later', { ...night, next_dnd_start_ts: ts('2026-11-24T14:00:01Z') }],
    ['it ended just now', { ...night, next_dnd_end_ts: ts('2026-11-24T14:00:00Z') }],
    ['a pause is over', { snooze_enabled: false, snooze_endtime: ts('2026-11-24T16:30:00Z') }],
    ['Slack says nothing about it', { ok: true }],
  ])('does not reign when %s', (_when, answer) => {
    expect(toQuietEnd(answer, now)).toBeUndefined();
  });
});
