import { type Day, dayIn, weekdays } from '../../domain/calendar.ts';
import type { NudgeId, WorkspaceId } from '../../domain/ids.ts';
import { mayStillNudge } from '../../domain/nudge.ts';
import type { Person } from '../../domain/person.ts';
import { summarizeSlips } from '../../domain/slips.ts';
import type { Renderer } from '../../outbox/renderer.ts';
import type { Message } from '../../slack/message.ts';
import { listDealsByIds } from '../../store/deals.ts';
import { listHomeworkByIds } from '../../store/homework.ts';
import { findNudge } from '../../store/nudges.ts';
import { listPassedDealsOf } from '../../store/passed-deals.ts';
import { findPerson } from '../../store/people.ts';
import { listRevisions } from '../../store/revisions.ts';
import type { Tx } from '../../store/store.ts';
import { buildNudgeMessage, isAsked, type PassedItem, passedLimit } from './nudge-message.ts';

/** A bundle as it stands now, and whether there is still a point in sending it. */
export interface ShownNudge {
  readonly message: Message;
  /** How many of its steps still wait for an answer. */
  readonly asking: number;
  /** Its day has not gone to its end yet. */
  readonly timely: boolean;
}

/** Builds a bundle from the state of this moment, in the reader's zone. */
export async function showNudge(
  tx: Tx,
  workspaceId: WorkspaceId,
  nudgeId: NudgeId,
  now: Date,
): Promise<ShownNudge | undefined> {
  const nudge = await findNudge(tx, workspaceId, nudgeId);
  const reader = nudge && (await findPerson(tx, workspaceId, nudge.personId));
  if (!nudge || !reader) return undefined;
  const today = dayIn(now, reader.zone);
  const calendar = { workDays: reader.workDays, holidays: new Set<string>() };
  const ids = nudge.items.map(({ homeworkId }) => homeworkId);
  const steps = await listHomeworkByIds(tx, workspaceId, ids);
  const askedFor = new Map(nudge.items.map(({ homeworkId, dueOn }) => [homeworkId, dueOn]));
  const deals = await listDealsByIds(
    tx,
    workspaceId,
    steps.map(({ dealId }) => dealId),
  );
  const items = steps.flatMap((step) => {
    const deal = deals.get(step.dealId);
    const mine = step.doer.personId === reader.id;
    return deal ? [{ step, deal, mine, askedFor: askedFor.get(step.id) ?? step.dueOn }] : [];
  });
  const passed = await loadPassed(tx, reader, today);
  return {
    message: buildNudgeMessage(nudgeId, { items, passed }, today, calendar),
    asking: items.filter((item) => isAsked(item, today)).length + passed.length,
    timely: mayStillNudge(nudge.on, reader.zone, now),
  };
}

/** Deals of the reader's whose date has passed: the one message of the day asks about them too. */
async function loadPassed(tx: Tx, reader: Person, today: Day): Promise<PassedItem[]> {
  const deals = await listPassedDealsOf(tx, reader, today, passedLimit);
  const ids = deals.map(({ id }) => id);
  const revisions = await listRevisions(tx, reader.workspaceId, ids);
  return deals.map((deal) => {
    const dates = { original: deal.originalDecisionOn, current: deal.decisionOn };
    return { deal, slips: summarizeSlips(revisions.get(deal.id) ?? [], dates, weekdays) };
  });
}

/**
 * Sends a planned bundle, unless everything in it was answered meanwhile or its day is over. When
 * nobody knows whether it arrived it is not sent again: tomorrow's bundle asks what is still open.
 */
export const nudgeRenderer: Renderer = {
  whenUnknown: 'forget',
  render: async (tx, { workspaceId, target, payload, now }) => {
    const shown = await showNudge(tx, workspaceId, payload['nudgeId'] as NudgeId, now);
    if (!shown || shown.asking === 0) return { do: 'drop', reason: 'nothing left to ask' };
    if (!shown.timely) return { do: 'drop', reason: 'its day is over' };
    return { do: 'post', target, message: shown.message };
  },
};
