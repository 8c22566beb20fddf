import { describe, expect, it } from 'vitest';
import { addDays, addMonths, monthGrid } from '../src/lib/calendar.ts';
import { formatSlackDate } from '../src/lib/slack-date.ts';
import { dayIn, dayLabel } from '../src/lib/zoned-time.ts';

const now = new Date('2025-11-24T23:30:00Z');
const unix = (iso: string) => Date.parse(iso) / 1000;

describe('the reader’s zone', () => {
  it('decides which day an instant belongs to', () => {
    expect(dayIn('America/New_York', now)).toBe('2025-11-24');
    expect(dayIn('Asia/Tokyo', now)).toBe('2025-11-25');
  });

  it('decides what is today', () => {
    const at = new Date('2025-11-25T04:00:00Z');
    expect(dayLabel('America/New_York', at, now)).toBe('Today');
    expect(dayLabel('UTC', at, now)).toBe('Tomorrow');
    expect(dayLabel('UTC', new Date('2024-11-20T12:00:00Z'), now)).toBe(
      'Wednesday, November 20, 2024',
    );
  });

  it('fills the tokens of a Slack date', () => {
    const shown = formatSlackDate(
      unix('2025-11-28T14:00:00Z'),
      '{date_short_pretty} at {time}',
      'later',
      'America/New_York',
      now,
    );
    expect(shown).toBe('Nov 28, 2025 at 9:00 AM');
  });

  it('falls back where a token is unknown or the instant is none', () => {
    expect(formatSlackDate(unix('2025-11-28T14:00:00Z'), '{moon}', 'later', 'UTC', now)).toBe(
      'later',
    );
    expect(formatSlackDate(Number.NaN, '{date}', 'later', 'UTC', now)).toBe('later');
  });
});

describe('calendar', () => {
  it('crosses months and years', () => {
    expect(addDays('2025-12-31', 1)).toBe('2026-01-01');
    expect(addMonths('2025-01-31', 1)).toBe('2025-02-28');
    expect(addMonths('2025-12-15', 1)).toBe('2026-01-15');
    expect(addMonths('2025-03-31', -1)).toBe('2025-02-28');
  });

  it('shows whole weeks from Monday that hold the month', () => {
    const grid = monthGrid('2025-11-24');
    expect(grid[0]?.[0]).toBe('2025-10-27');
    expect(grid.flat()).toContain('2025-11-30');
    expect(grid.every((week) => week.length === 7)).toBe(true);
  });
});
