import { type BusinessCalendar, businessDaysAfter, type Day, dayIn } from './calendar.ts';
import { releaseAfterBd } from './review-flow.ts';
import { nextOccurrence } from './schedule.ts';

/** When a team hears of a loss that was just logged (METHOD §3.2, S1-15). */
export interface TalkAhead {
  /** The weekly thread names it from that day on, however far the two are. */
  readonly listedOn: Day;
  /** The first day its own thread opens when nobody lets the team in sooner; never before `listedOn`. */
  readonly opensOn: Day;
}

/** The days of a loss logged at `now`, in the team's zone and business days. */
export function computeTalkAhead(
  now: Date,
  team: {
    readonly zone: string;
    readonly calendar: BusinessCalendar;
    readonly thread: { readonly weekday: number; readonly time: string };
  },
): TalkAhead {
  const { zone, calendar, thread } = team;
  const today = dayIn(now, zone);
  const weekly = { zone, time: thread.time, weekdays: [thread.weekday] };
  const listedOn = dayIn(nextOccurrence(weekly, now) ?? now, zone);
  const releasedOn = businessDaysAfter(today, releaseAfterBd, calendar);
  return { listedOn, opensOn: releasedOn > listedOn ? releasedOn : listedOn };
}
