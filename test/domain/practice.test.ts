import { describe, expect, it } from 'vitest';
import { day, weekdays } from '../../src/domain/calendar.ts';
import { checkInDue, isSettled, nextCheckIn } from '../../src/domain/practice.ts';

const started = day('2026-11-23');
const thanksgiving = { ...weekdays, holidays: new Set(['2026-11-26']) };

describe('check-ins', () => {
  it('come 5, 10 and 20 business days after the start', () => {
    const due = (on: string) => checkInDue(started, day(on), weekdays);
    expect(due('2026-11-27')).toBeUndefined();
    expect(due('2026-11-30')).toBe('2026-11-30');
    expect(due('2026-12-04')).toBe('2026-11-30');
    expect(due('2026-12-07')).toBe('2026-12-07');
    expect(due('2027-02-01')).toBe('2026-12-21');
  });

  it('wait for holidays, and say when the next one is', () => {
    expect(checkInDue(started, day('2026-11-30'), thanksgiving)).toBeUndefined();
    expect(nextCheckIn(started, day('2026-11-30'), thanksgiving)).toBe('2026-12-01');
    expect(nextCheckIn(started, day('2026-12-21'), weekdays)).toBeUndefined();
  });
});

describe('another area', () => {
  const at = (on: string, tries = 0) => isSettled({ startedOn: started, tries }, day(on), weekdays);

  it('may take its place after twenty business days, or three tries', () => {
    expect(at('2026-12-18')).toBe(false);
    expect(at('2026-12-21')).toBe(true);
    expect(at('2026-11-24', 3)).toBe(true);
  });
});
