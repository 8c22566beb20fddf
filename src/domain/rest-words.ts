import { TZDate } from '@date-fns/tz';
import { format } from 'date-fns';
import { dayIn, sayDay } from './calendar.ts';

/** `until Tue 24 Nov`, with the time of day if it ends within that day; as people in `zone` see it. */
export function sayRestUntil(untilAt: Date | undefined, zone: string, now: Date): string {
  if (!untilAt) return 'until you say so';
  const day = sayDay(dayIn(untilAt, zone), dayIn(now, zone));
  const time = format(new TZDate(untilAt.getTime(), zone), 'HH:mm');
  return time === '00:00' ? `until ${day}` : `until ${day}, ${time}`;
}
