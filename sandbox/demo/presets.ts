import type { WeeklyTime } from '../../src/config.ts';
import { addDays, dayIn, instantAt, isBusinessDay, weekdayOf } from '../../src/domain/calendar.ts';

/** Clock moves that make something happen. */
export const presets = [
  { id: 'next_business_morning', label: 'Next business morning' },
  { id: 'ritual_day', label: 'Ritual day' },
  { id: 'digest_day', label: 'Digest day' },
] as const;

/** The next 09:00 of a working day where the person is: when nudges arrive. */
export function nextBusinessMorning(now: Date, zone: string): Date {
  for (let on = dayIn(now, zone); ; on = addDays(on, 1)) {
    const at = instantAt(on, '09:00', zone);
    if (isBusinessDay(on) && at > now) return at;
  }
}

/** The next time of something weekly: the thread, or the digest. */
export function nextWeekly(now: Date, zone: string, ritual: WeeklyTime): Date {
  for (let on = dayIn(now, zone); ; on = addDays(on, 1)) {
    const at = instantAt(on, ritual.time, zone);
    if (weekdayOf(on) === ritual.weekday && at > now) return at;
  }
}
