import {
  addDays,
  type BusinessCalendar,
  businessDaysAfter,
  type Day,
  dayIn,
  isBusinessDay,
} from '../../domain/calendar.ts';
import type { WorkspaceId } from '../../domain/ids.ts';
import { nudgeAheadBd, planNudges } from '../../domain/nudge.ts';
import { count } from '../../domain/text.ts';
import { listDueSteps } from '../../store/homework.ts';
import {
  insertNudges,
  listMentioned,
  listNudgeReaders,
  type NudgeReader,
  nudgeKey,
} from '../../store/nudges.ts';
import { enqueue } from '../../store/outbox.ts';
import type { Tx } from '../../store/store.ts';

const rememberDays = 30;

/** What a sweep did, and for whom, for the person who runs it by hand. */
export interface SweepResult {
  readonly people: number;
  readonly steps: number;
  readonly report: readonly string[];
}

/**
 * Plans the morning of everybody in a zone: one bundle a person a day, queued for sending (METHOD
 * §4.4). Running it again for the same day plans nothing new.
 */
export async function sweepNudges(
  tx: Tx,
  input: { workspaceId: WorkspaceId; zone: string; scheduledFor: Date; now: Date },
): Promise<SweepResult> {
  const { workspaceId, zone, now } = input;
  const today: Day = dayIn(input.scheduledFor, zone);
  const readers = (await listNudgeReaders(tx, workspaceId, zone)).filter((reader) =>
    isBusinessDay(today, calendarOf(reader)),
  );
  const days = { today, until: furthestDay(readers, today) };
  const steps = await listDueSteps(tx, workspaceId, readers, days);
  const personIds = readers.map(({ personId }) => personId);
  const since = addDays(today, -rememberDays);
  const mentioned = await listMentioned(tx, workspaceId, personIds, since);
  const planned = await insertNudges(
    tx,
    workspaceId,
    today,
    planNudges(steps, today, { mentioned }),
    now,
  );
  await enqueue(
    tx,
    workspaceId,
    now,
    planned.map(({ id, slackUserId }) => ({
      kind: 'nudge_planned' as const,
      key: nudgeKey(id),
      target: slackUserId,
      payload: { nudgeId: id },
    })),
  );
  return {
    people: planned.length,
    steps: planned.reduce((sum, { items }) => sum + items.length, 0),
    report: planned.map(
      ({ slackUserId, items }) => `${slackUserId}: ${count(items.length, 'step')} on ${today}`,
    ),
  };
}

/** The last due day that anybody is asked about today: what lies beyond need not be read. */
function furthestDay(readers: readonly NudgeReader[], today: Day): Day {
  return readers.reduce((furthest, reader) => {
    const day = businessDaysAfter(today, nudgeAheadBd, calendarOf(reader));
    return day > furthest ? day : furthest;
  }, today);
}

function calendarOf({ workDays }: NudgeReader): BusinessCalendar {
  return { workDays, holidays: new Set() };
}
