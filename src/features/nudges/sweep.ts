import { addDays, type Day, dayIn } from '../../domain/calendar.ts';
import type { WorkspaceId } from '../../domain/ids.ts';
import { nudgeAheadBd, planNudges } from '../../domain/nudge.ts';
import { count } from '../../domain/text.ts';
import { listDueSteps } from '../../store/homework.ts';
import { insertNudges, listMentioned, nudgeKey } from '../../store/nudges.ts';
import { enqueue } from '../../store/outbox.ts';
import type { Tx } from '../../store/store.ts';

/** Two business days may span a long holiday; nobody is asked about what lies beyond. */
const horizonDays = nudgeAheadBd + 12;
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
  const steps = await listDueSteps(tx, workspaceId, zone, addDays(today, horizonDays));
  const personIds = [...new Set(steps.map(({ personId }) => personId))];
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
