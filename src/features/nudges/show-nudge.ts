import { type Calendars, dayIn } from '../../domain/calendar.ts';
import { type Deal, isPaused } from '../../domain/deal.ts';
import type { FollowUp } from '../../domain/follow-up.ts';
import { groupBy } from '../../domain/group.ts';
import type { DealId, NudgeId, PersonId, WorkspaceId } from '../../domain/ids.ts';
import { followUpSubject, isFollowUp, mayStillNudge } from '../../domain/nudge.ts';
import type { Person } from '../../domain/person.ts';
import { assessPlan } from '../../domain/plan-state.ts';
import { findPrecedent, sayPrecedent } from '../../domain/precedent.ts';
import type { Renderer } from '../../outbox/renderer.ts';
import type { Message } from '../../slack/message.ts';
import { listDealsByIds } from '../../store/deals.ts';
import { listFollowUps } from '../../store/follow-ups.ts';
import { listHomeworkByIds } from '../../store/homework.ts';
import { listDealsWithHelp } from '../../store/nudge-matters.ts';
import { findBundleAddress } from '../../store/nudge-refresh.ts';
import { answerItem, findNudge, forgetItem, type Nudge } from '../../store/nudges.ts';
import { findPerson, listNames } from '../../store/people.ts';
import { loadPlanRowsOf } from '../../store/plan-rows.ts';
import { listPrecedents } from '../../store/precedents.ts';
import type { Tx } from '../../store/store.ts';
import { listVisibleDeals } from '../../store/visible-deals.ts';
import { buildNudgeMessage, type Waiting } from './nudge-message.ts';
import { isAsked, type ShownItem } from './nudge-state.ts';
import type { JudgedDeal } from './question-facts.ts';

/** What showing a bundle needs besides the database. */
export interface ShowInput {
  readonly workspaceId: WorkspaceId;
  readonly now: Date;
  readonly calendars: Calendars;
  /** It has not been sent yet. */
  readonly first?: boolean;
}

/** A bundle as it stands now, and whether there is still a point in sending it. */
export interface ShownNudge {
  readonly message: Message;
  readonly items: readonly ShownItem[];
  /** How many of its questions still wait for an answer. */
  readonly asking: number;
  /** Its day has not gone to its end yet. */
  readonly timely: boolean;
}

/** Builds a bundle from the state of this moment, in the reader's zone. */
async function showNudge(
  tx: Tx,
  nudgeId: NudgeId,
  input: ShowInput,
): Promise<ShownNudge | undefined> {
  const { workspaceId, now, calendars } = input;
  const nudge = await findNudge(tx, workspaceId, nudgeId);
  const reader = nudge && (await findPerson(tx, workspaceId, nudge.personId));
  if (!nudge || !reader) return undefined;
  const today = dayIn(now, reader.zone);
  const items = await loadItems(tx, nudge, reader, input);
  const waiting = await listWaiting(tx, nudge, reader, now);
  const view = { items, waiting, first: input.first ?? false, today, calendars };
  return {
    message: buildNudgeMessage(view),
    items,
    asking: items.filter((item) => isAsked(item, today)).length,
    timely: mayStillNudge(nudge.on, reader.zone, now),
  };
}

async function loadItems(
  tx: Tx,
  { items }: Nudge,
  reader: Person,
  { workspaceId, now, calendars }: ShowInput,
): Promise<ShownItem[]> {
  const dealIds = [...new Set(items.map(({ dealId }) => dealId))];
  const deals = await listDealsByIds(tx, workspaceId, dealIds);
  const judged = await judgeDeals(tx, [...deals.values()], now, calendars);
  await addPrecedents(tx, items, judged, now);
  const stepIds = items.flatMap(({ homeworkId }) => homeworkId ?? []);
  const steps = await listHomeworkByIds(tx, workspaceId, stepIds);
  const helped = await listDealsWithHelp(tx, dealIds);
  const followUps = await listOpenFollowUps(tx, items, reader, { workspaceId, now, calendars });
  return items.flatMap((item) => {
    const deal = deals.get(item.dealId);
    if (!deal) return [];
    const step = steps.find(({ id }) => id === item.homeworkId);
    return [
      {
        ...{ item, deal, step, judged: judged.get(deal.id) },
        followUp: followUps.get(item.subject),
        mine: step?.doer.personId === reader.id,
        helped: helped.has(deal.id),
        dealToday: dayIn(now, deal.zone),
      },
    ];
  });
}

/** What follows from ended deals and is still to be done, by what its question is about. */
async function listOpenFollowUps(
  tx: Tx,
  items: Nudge['items'],
  reader: Person,
  { workspaceId, now, calendars }: ShowInput,
): Promise<Map<string, FollowUp>> {
  if (!items.some(({ kind }) => isFollowUp(kind))) return new Map();
  const today = dayIn(now, reader.zone);
  const open = await listFollowUps(tx, { workspaceId, personIds: [reader.id], today, calendars });
  return new Map(open.map((one) => [followUpSubject(one.kind, one.id), one]));
}

/** The open ones of some deals, each with what its plan comes to today. */
async function judgeDeals(
  tx: Tx,
  deals: readonly Deal[],
  now: Date,
  calendars: Calendars,
): Promise<Map<DealId, JudgedDeal>> {
  const open = deals.flatMap((deal) => (deal.status === 'open' ? [deal] : []));
  const judged = new Map<DealId, JudgedDeal>();
  const names = await listNames(
    tx,
    open.map(({ ownerId }) => ownerId),
  );
  for (const rows of await loadPlanRowsOf(tx, open)) {
    const { deal } = rows;
    judged.set(deal.id, {
      rows,
      state: assessPlan(rows, dayIn(now, deal.zone), calendars),
      ownerName: names.get(deal.ownerId) ?? 'nobody',
      precedent: undefined,
    });
  }
  return judged;
}

/** What worked elsewhere is told to a manager alone, and looked up for them alone. */
async function addPrecedents(
  tx: Tx,
  items: Nudge['items'],
  judged: Map<DealId, JudgedDeal>,
  now: Date,
): Promise<void> {
  const told = items.filter(({ kind, answer }) => kind === 'manager_help' && !answer);
  for (const { dealId } of told) {
    const deal = judged.get(dealId);
    if (!deal) continue;
    const today = dayIn(now, deal.rows.deal.zone);
    const codes = deal.state.stalls.map(({ code }) => code);
    const known = await listPrecedents(tx, deal.rows.deal.workspaceId, codes, today);
    const found = findPrecedent(known, { dealId, codes });
    judged.set(dealId, { ...deal, precedent: found && sayPrecedent(found, today) });
  }
}

/** What was held back and could still be asked; a deal the reader may not see stays unnamed. */
async function listWaiting(tx: Tx, { held }: Nudge, reader: Person, now: Date): Promise<Waiting> {
  const waiting = held.filter(({ reason }) => reason === 'budget' || reason === 'one_a_deal');
  const byDeal = groupBy(waiting, (one) => one.dealId);
  const visible = await listVisibleDeals(tx, reader, [...byDeal.keys()]);
  const isLive = (deal: Deal) => deal.status === 'open' && !isPaused(deal, dayIn(now, deal.zone));
  const left = (deal: Deal) =>
    (byDeal.get(deal.id) ?? []).filter(({ kind }) => isFollowUp(kind) || isLive(deal)).length;
  const live = [...visible.values()].filter((deal) => left(deal) > 0);
  return {
    matters: live.reduce((sum, deal) => sum + left(deal), 0),
    accounts: [...new Set(live.map(({ account }) => account))],
  };
}

/** Shows a bundle again after something changed, and keeps what was answered by that change. */
export async function refreshNudge(
  tx: Tx,
  nudgeId: NudgeId,
  input: ShowInput & { readonly by: PersonId | undefined },
): Promise<Message | undefined> {
  const shown = await showNudge(tx, nudgeId, input);
  if (!shown) return undefined;
  for (const one of shown.items) {
    const { item } = one;
    if (item.answer || isAsked(one, one.dealToday)) continue;
    const said = { answer: 'changed' as const, by: input.by, at: input.now };
    await answerItem(tx, item, { ...said, nextCheckOn: undefined });
  }
  return shown.message;
}

/**
 * Sends a planned bundle, unless everything in it was answered meanwhile or its day is over. When
 * nobody knows whether it arrived it is not sent again: tomorrow's bundle asks what is still open.
 */
export function nudgeRenderer(calendars: Calendars): Renderer {
  return {
    whenUnknown: 'forget',
    render: async (tx, { workspaceId, target, payload, now }) => {
      const nudgeId = payload['nudgeId'] as NudgeId;
      const shown = await showNudge(tx, nudgeId, { workspaceId, now, calendars, first: true });
      if (!shown || shown.asking === 0) return { do: 'drop', reason: 'nothing left to ask' };
      if (!shown.timely) return { do: 'drop', reason: 'its day is over' };
      return { do: 'post', target, message: shown.message };
    },
    // What was no question any more when it was sent has never been asked.
    sent: async (tx, { workspaceId, payload, now }) => {
      const nudgeId = payload['nudgeId'] as NudgeId;
      const shown = await showNudge(tx, nudgeId, { workspaceId, now, calendars });
      for (const one of shown?.items ?? []) {
        if (!one.item.answer && !isAsked(one, one.dealToday)) await forgetItem(tx, one.item);
      }
    },
  };
}

/** Brings a bundle up to date after the plan changed somewhere else. */
export function nudgeChangedRenderer(calendars: Calendars): Renderer {
  const idOf = (payload: Readonly<Record<string, string>>) => payload['nudgeId'] as NudgeId;
  return {
    whenUnknown: 'forget',
    render: async (tx, { workspaceId, payload, now }) => {
      const shown = await showNudge(tx, idOf(payload), { workspaceId, now, calendars });
      const address = await findBundleAddress(tx, workspaceId, idOf(payload));
      if (!shown || !address) return { do: 'drop', reason: 'no such bundle' };
      return { do: 'update', ...address, message: shown.message };
    },
    sent: async (tx, { workspaceId, payload, now }) => {
      await refreshNudge(tx, idOf(payload), { workspaceId, now, calendars, by: undefined });
    },
  };
}
