import { and, eq, gte, inArray } from 'drizzle-orm';
import type { AlarmAnswer } from '../domain/alarm-rates.ts';
import type { Day } from '../domain/calendar.ts';
import type { PersonId, WorkspaceId } from '../domain/ids.ts';
import { dealNudges, stallOfKind } from '../domain/nudge.ts';
import { inMany } from './lists.ts';
import { listReports } from './nudge-readers.ts';
import { wasSent } from './nudges.ts';
import type { Tx } from './store.ts';

const kinds = dealNudges.filter((kind) => stallOfKind(kind));

/**
 * What the reports of a manager were asked about rules on `since` or later, and whether they called
 * it not a problem. Only questions of messages that were sent count.
 */
export async function listAlarmAnswers(
  tx: Tx,
  workspaceId: WorkspaceId,
  managerId: PersonId,
  since: Day,
): Promise<AlarmAnswer[]> {
  const { deals, nudgeItems, outbox } = tx.tables;
  // Named one by one, so that the index by reader serves: a workspace asks many thousand a week.
  const readers = await listReports(tx, workspaceId, [managerId]);
  const rows = await tx
    .select({
      kind: nudgeItems.kind,
      personId: nudgeItems.personId,
      on: nudgeItems.on,
      answer: nudgeItems.answer,
      segment: deals.segment,
    })
    .from(nudgeItems)
    .innerJoin(deals, eq(deals.id, nudgeItems.dealId))
    .innerJoin(outbox, wasSent(tx))
    .where(
      and(
        eq(nudgeItems.workspaceId, workspaceId),
        inMany(tx, nudgeItems.personId, [...readers.keys()]),
        inArray(nudgeItems.kind, kinds),
        gte(nudgeItems.on, since),
      ),
    );
  return rows.flatMap(({ kind, answer, ...asked }) => {
    const code = stallOfKind(kind);
    return code ? [{ ...asked, code, dismissed: answer === 'not_a_problem' }] : [];
  });
}
