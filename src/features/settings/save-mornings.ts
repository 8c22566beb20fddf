import type { Deps } from '../../deps.ts';
import { addDays, type Day, dayIn, parseDay, sayDay } from '../../domain/calendar.ts';
import { nudgeTime } from '../../domain/nudge.ts';
import { usualBudget } from '../../domain/nudge-budget.ts';
import type { Person } from '../../domain/person.ts';
import { isQuietAt, type QuietHours } from '../../domain/quiet-hours.ts';
import { isRefusal, type Refusal, refuse } from '../../domain/refusal.ts';
import { firstSeen } from '../../store/inbox.ts';
import { findNudgeWishes, type NudgeWishes, saveNudgeWishes } from '../../store/nudge-wishes.ts';
import type { Tx } from '../../store/store.ts';

/** What the form asks; as it was chosen. */
export interface MorningForm {
  readonly morningAt: string | undefined;
  /** Undefined when the form did not ask: then they stay. */
  readonly quiet:
    | { readonly from: string | undefined; readonly until: string | undefined }
    | undefined;
  readonly workDays: readonly string[];
  readonly awayUntil: string | undefined;
  readonly standIn: Person | undefined;
  readonly weeklyBudget: string | undefined;
}

/** Every half hour from 06:00 to 12:00. */
export const morningTimes: readonly string[] = Array.from({ length: 13 }, (_, at) => {
  const hour = String(6 + Math.floor(at / 2)).padStart(2, '0');
  return `${hour}:${at % 2 === 0 ? '00' : '30'}`;
});

/** Questions a week that can be chosen. */
export const weeklyBudgets = [5, 10, 15, 20] as const;

const everyDay = [0, 1, 2, 3, 4, 5, 6];
const longestAwayDays = 365;

/**
 * Keeps what somebody wishes about their own mornings; nobody saves another's. The same `formId`
 * twice saves once.
 */
export async function saveMornings(
  deps: Deps,
  actor: Person,
  { formId, form }: { readonly formId: string; readonly form: MorningForm },
): Promise<NudgeWishes | Refusal> {
  const now = deps.clock.now();
  const today = dayIn(now, actor.zone);
  const { id, workspaceId } = actor;
  return deps.store.transaction(async (tx) => {
    const before = await findNudgeWishes(tx, workspaceId, id);
    const read = readMornings(form, before.quiet, today);
    if (isRefusal(read)) return read;
    const standIn = await readStandIn(tx, actor, form.standIn, today);
    if (isRefusal(standIn)) return standIn;
    const wishes = { ...read, standInId: standIn?.id };
    if (!(await firstSeen(tx, workspaceId, `form:${formId}`, now))) return wishes;
    await saveNudgeWishes(tx, workspaceId, id, wishes);
    return wishes;
  });
}

function readMornings(
  form: MorningForm,
  quietBefore: QuietHours | undefined,
  today: Day,
): Omit<NudgeWishes, 'standInId'> | Refusal {
  const morningAt = morningTimes.find((time) => time === form.morningAt) ?? nudgeTime;
  const quiet = form.quiet ? readQuiet(form.quiet) : quietBefore;
  if (isRefusal(quiet)) return quiet;
  if (quiet && isQuietAt(morningAt, quiet)) return morningIsQuiet(morningAt, quiet);
  const workDays = everyDay.filter((weekday) => form.workDays.includes(String(weekday)));
  if (workDays.length === 0) {
    return refuse(
      'no_work_day',
      'Tick at least one day. For time off, say until when you are away.',
      'work_days',
    );
  }
  const awayUntil = readAway(form.awayUntil, today);
  if (isRefusal(awayUntil)) return awayUntil;
  const budget = weeklyBudgets.find((known) => String(known) === form.weeklyBudget);
  const weeklyBudget = budget === usualBudget ? undefined : budget;
  return { morningAt, quiet, workDays, awayUntil, weeklyBudget };
}

/** The same time twice is none: a time that was picked once cannot be emptied everywhere. */
function readQuiet({
  from,
  until,
}: NonNullable<MorningForm['quiet']>): QuietHours | undefined | Refusal {
  if (!from && !until) return undefined;
  if (!from) return refuse('half_quiet', 'When does the quiet begin?', 'quiet_from');
  if (!until) return refuse('half_quiet', 'When does the quiet end?', 'quiet_until');
  return from === until ? undefined : { from, until };
}

function morningIsQuiet(morningAt: string, { from, until }: QuietHours): Refusal {
  return refuse(
    'morning_quiet',
    `${morningAt} lies in your quiet hours, ${from} to ${until}. Choose another time here, or let the quiet end by ${morningAt}.`,
    'morning_at',
  );
}

/** Whoever picks today is back. */
function readAway(text: string | undefined, today: Day): Day | undefined | Refusal {
  if (!text) return undefined;
  const back = parseDay(text);
  if (!back || back < today) {
    return refuse(
      'past_day',
      'That day is over. Pick the first day you are back, or today if you are here.',
      'away_until',
    );
  }
  const last = addDays(today, longestAwayDays);
  if (back > last) {
    return refuse(
      'away_too_long',
      `That is more than a year. Pick a day up to ${sayDay(last, today)}.`,
      'away_until',
    );
  }
  return back === today ? undefined : back;
}

/** Somebody who is here and can see what they are asked: else the questions would go nowhere. */
async function readStandIn(
  tx: Tx,
  actor: Person,
  standIn: Person | undefined,
  today: Day,
): Promise<Person | undefined | Refusal> {
  if (!standIn) return undefined;
  const no = (code: string, message: string) => refuse(code, message, 'stand_in');
  if (standIn.id === actor.id)
    return no('own_stand_in', 'Choose somebody else: you are the one who is away.');
  if (!standIn.active || standIn.standing !== 'member') {
    return no(
      'no_member',
      `${standIn.name} cannot stand in. Choose a full member of this workspace.`,
    );
  }
  const theirs = await findNudgeWishes(tx, actor.workspaceId, standIn.id);
  if (theirs.awayUntil && theirs.awayUntil > today) {
    const until = sayDay(theirs.awayUntil, today);
    return no(
      'stand_in_away',
      `${standIn.name} is away until ${until}. Choose somebody who is here.`,
    );
  }
  return standIn;
}
