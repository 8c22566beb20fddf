import { type Calendars, type Day, dayIn, isBusinessDay } from '../../domain/calendar.ts';
import { type DateRevisionId, newId, type WorkspaceId } from '../../domain/ids.ts';
import { count } from '../../domain/text.ts';
import { appendEvents } from '../../store/events.ts';
import { listPassedDeals, type PassedDeal } from '../../store/passed-deals.ts';
import { insertRevisions, type KeptRevision } from '../../store/revisions.ts';
import type { Tx } from '../../store/store.ts';

/** What a run found. */
export interface MissedResult {
  readonly passed: number;
  readonly report: readonly string[];
}

const chunk = 200;

/**
 * Writes down every date of a zone that passed while the deal stayed open, once a date, on the next
 * business day of its plan (METHOD §3.3, 6). The owner's bundle of that morning asks how it ended.
 * Paused deals wait. Running it again finds nothing new.
 */
export async function missDates(
  tx: Tx,
  input: { workspaceId: WorkspaceId; zone: string; scheduledFor: Date; now: Date },
  calendars: Pick<Calendars, 'planOf'>,
): Promise<MissedResult> {
  const { workspaceId, zone, now } = input;
  const today = dayIn(input.scheduledFor, zone);
  const passed = (await listPassedDeals(tx, workspaceId, { zone, today })).filter((deal) =>
    isBusinessDay(today, calendars.planOf(deal.buyerRegion)),
  );
  const revisions = passed.map((deal) => missedRevision(deal, today, now));
  await insertRevisions(tx, workspaceId, revisions);
  for (let from = 0; from < revisions.length; from += chunk) {
    await appendEvents(
      tx,
      revisions.slice(from, from + chunk).map(({ id, dealId, fromOn }) => ({
        workspaceId,
        dealId,
        at: now,
        kind: 'decision_date_missed' as const,
        payload: { revisionId: id, decisionOn: fromOn },
      })),
    );
  }
  return {
    passed: passed.length,
    // No names: some of the deals may be private.
    report: [`${count(passed.length, 'date')} passed in ${zone}`],
  };
}

function missedRevision({ id, decisionOn }: PassedDeal, today: Day, now: Date): KeptRevision {
  return {
    id: newId<DateRevisionId>(now),
    dealId: id,
    fromOn: decisionOn,
    toOn: decisionOn,
    at: now,
    on: today,
    byId: undefined,
    kind: 'missed',
    side: 'outside',
    reason: 'The day passed',
    tried: [],
    acknowledged: false,
  };
}
