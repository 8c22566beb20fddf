import { addDays, dayIn, instantAt, weekdayOf } from './calendar.ts';

/** How far back a run of weeks is counted, the newest week apart: a quarter. */
const countedWeeks = 12;
/** Weeks a digest compares with, as everything else in it. */
const comparedWeeks = 4;

/** What became of one weekly talk that was due. */
export interface DueTalk {
  readonly dueAt: Date;
  /** Its thread reached the channel. */
  readonly posted: boolean;
  /** There was a loss to talk about that was neither private nor excused. */
  readonly hadLosses: boolean;
  readonly talked: boolean;
}

/** A weekly talk takes place until the next one: the newest is `open` while nobody spoke yet. */
export type TalkFate = 'held' | 'open' | 'skipped';

/** How regularly a team sits down with its losses (METHOD S1-3, S1-16). */
export interface Rhythm {
  /** Undefined before the first was due. */
  readonly newest: TalkFate | undefined;
  /** Of the four before it that were due. */
  readonly before: { readonly held: number; readonly due: number };
  readonly skipped: number;
  /** Weeks held one after the other up to now, a quarter at most. */
  readonly inARow: number;
}

/**
 * Judges talks, the newest first. A thread that was not posted was no talk, and neither was one in
 * which nobody spoke, unless its week had nothing to talk about.
 */
export function rhythmOf(talks: readonly DueTalk[]): Rhythm {
  const [newest, ...earlier] = talks.map((talk, at) => fateOf(talk, at === 0));
  const before = earlier.slice(0, comparedWeeks);
  const isHeld = (fate: TalkFate) => fate === 'held';
  const run = newest === 'held' ? [newest, ...earlier] : earlier;
  const firstMissed = run.findIndex((fate) => !isHeld(fate));
  const inARow = firstMissed < 0 ? run.length : firstMissed;
  return {
    newest,
    before: { held: before.filter(isHeld).length, due: before.length },
    skipped: [...(newest ? [newest] : []), ...before].filter((fate) => fate === 'skipped').length,
    inARow: newest === 'skipped' ? 0 : Math.min(inARow, countedWeeks),
  };
}

function fateOf({ posted, hadLosses, talked }: DueTalk, isNewest: boolean): TalkFate {
  if (!posted) return 'skipped';
  if (talked || !hadLosses) return 'held';
  return isNewest ? 'open' : 'skipped';
}

/**
 * When weekly talks were due, the newest first: up to `until`, from `since` on, a quarter and one
 * week at most.
 */
export function talksDue(
  { until, since }: { readonly until: Date; readonly since: Date },
  {
    weekday,
    time,
    zone,
  }: { readonly weekday: number; readonly time: string; readonly zone: string },
): Date[] {
  const today = dayIn(until, zone);
  const latest = addDays(today, -((weekdayOf(today) - weekday + 7) % 7));
  return Array.from({ length: countedWeeks + 2 }, (_, week) =>
    instantAt(addDays(latest, -7 * week), time, zone),
  )
    .filter((dueAt) => dueAt <= until && dueAt >= since)
    .slice(0, countedWeeks + 1);
}
