import { type Calendars, type Day, dayIn, isBusinessDay } from '../../domain/calendar.ts';
import { nextWorkingHour } from '../../domain/date-move.ts';
import { isPaused } from '../../domain/deal.ts';
import {
  type DateRevisionId,
  type DealId,
  newId,
  type SlackUserId,
  type WorkspaceId,
} from '../../domain/ids.ts';
import type { Intent } from '../../domain/outbox.ts';
import { count } from '../../domain/text.ts';
import type { Renderer } from '../../outbox/renderer.ts';
import { listDealsByIds } from '../../store/deals.ts';
import { appendEvents } from '../../store/events.ts';
import { hasNudge } from '../../store/nudges.ts';
import { enqueue } from '../../store/outbox.ts';
import { listPassedDeals, type PassedDeal } from '../../store/passed-deals.ts';
import { findPersonBySlackId } from '../../store/people.ts';
import { insertRevisions, type KeptRevision, listRevisions } from '../../store/revisions.ts';
import type { Tx } from '../../store/store.ts';
import { buildMissedMessage, missedLimit } from './date-messages.ts';
import { slipsOf } from './date-state.ts';

/** What a run found, and whom it asks. */
export interface MissedResult {
  readonly passed: number;
  readonly asked: number;
  readonly report: readonly string[];
}

const chunk = 200;

/**
 * Writes down every date of a zone that passed while the deal stayed open, once a date, on the next
 * business day of its plan, and asks the owner how it ended: one message for all of theirs (METHOD
 * §3.3, 6). Paused deals wait. Running it again finds nothing new.
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
  const asked = byReader(passed);
  await enqueue(
    tx,
    workspaceId,
    now,
    asked.map((bundle) => intentOf(bundle, today, now)),
  );
  return {
    passed: passed.length,
    asked: asked.length,
    // No names: some of the deals may be private.
    report: asked.map(
      ({ reader, deals }) => `${reader.slackUserId}: ${count(deals.length, 'date')} passed`,
    ),
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

interface Bundle {
  readonly reader: NonNullable<PassedDeal['reader']>;
  readonly deals: readonly PassedDeal[];
}

function byReader(passed: readonly PassedDeal[]): Bundle[] {
  const bundles = new Map<string, Bundle>();
  for (const deal of passed) {
    if (!deal.reader) continue;
    const before = bundles.get(deal.reader.slackUserId)?.deals ?? [];
    bundles.set(deal.reader.slackUserId, { reader: deal.reader, deals: [...before, deal] });
  }
  return [...bundles.values()];
}

function intentOf({ reader, deals }: Bundle, today: Day, now: Date): Intent {
  const shown = deals.slice(0, missedLimit).map(({ id, decisionOn }) => `${id} ${decisionOn}`);
  return {
    kind: 'dates_missed',
    // The first deal names the zone: each zone has its own run.
    key: `missed:${today}:${reader.slackUserId}:${deals[0]?.id}`,
    target: reader.slackUserId,
    payload: { deals: shown.join(','), more: String(deals.length - shown.length) },
    availableAt: nextWorkingHour(now, reader.zone),
  };
}

/** The question, about those deals that still wait for an answer when it is sent. */
export const missedRenderer: Renderer = {
  whenUnknown: 'reconcile',
  render: async (tx, { workspaceId, target, payload, now }) => {
    const asked = (payload['deals'] ?? '').split(',').map((pair) => pair.split(' '));
    const ids = asked.map(([id]) => id as DealId);
    const deals = await listDealsByIds(tx, workspaceId, ids);
    const revisions = await listRevisions(tx, workspaceId, ids);
    const waiting = asked.flatMap(([id, decisionOn]) => {
      const deal = deals.get(id as DealId);
      if (deal?.status !== 'open' || deal.decisionOn !== decisionOn) return [];
      const today = dayIn(now, deal.zone);
      if (isPaused(deal, today)) return [];
      const slips = slipsOf(deal, revisions.get(deal.id) ?? []);
      return [{ deal, slips, today }];
    });
    if (waiting.length === 0) return { do: 'drop', reason: 'all of them have an answer' };
    if (await hasBundle(tx, workspaceId, target as SlackUserId, now)) {
      return { do: 'drop', reason: 'the bundle of the day asks' };
    }
    const message = buildMissedMessage(waiting, Number(payload['more'] ?? 0));
    return { do: 'post', target, message };
  },
};

/** One message a person a day (METHOD §3.3, 18): their bundle asks about passed dates as well. */
async function hasBundle(
  tx: Tx,
  workspaceId: WorkspaceId,
  slackUserId: SlackUserId,
  now: Date,
): Promise<boolean> {
  const reader = await findPersonBySlackId(tx, workspaceId, slackUserId);
  return reader !== undefined && hasNudge(tx, workspaceId, reader.id, dayIn(now, reader.zone));
}
