import type { ListenerDeps } from '../../deps.ts';
import { type Calendars, type Day, dayIn } from '../../domain/calendar.ts';
import type { Deal, OpenDeal } from '../../domain/deal.ts';
import { isFinished } from '../../domain/homework.ts';
import type { DealId } from '../../domain/ids.ts';
import { lastTimeLine } from '../../domain/lesson.ts';
import { lessonLine } from '../../domain/look-alike.ts';
import type { Person } from '../../domain/person.ts';
import { assessPlan } from '../../domain/plan-state.ts';
import { isRefusal, type Refusal } from '../../domain/refusal.ts';
import { summarizeSlips } from '../../domain/slips.ts';
import type { Message } from '../../slack/message.ts';
import { listHomework } from '../../store/homework.ts';
import { listLookAlikes } from '../../store/look-alikes.ts';
import { findLossOfDeal } from '../../store/losses.ts';
import { findPerson } from '../../store/people.ts';
import { loadPlanRows } from '../../store/plan-rows.ts';
import { reachDeal } from '../../store/reach-deal.ts';
import type { Tx } from '../../store/store.ts';
import { buildPlanMessage } from './plan-message.ts';
import type { JudgedPlan } from './plan-view.ts';

/** What showing a plan needs. */
type PlanDeps = Pick<ListenerDeps, 'store' | 'clock' | 'calendars'>;

/** The plan card of a deal as `actor` may see it, from the state of this moment. */
export async function showPlan(
  deps: PlanDeps,
  actor: Person,
  dealId: DealId,
): Promise<Message | Refusal> {
  return deps.store.read(async (tx) => {
    const deal = await reachDeal(tx, actor, dealId);
    if (isRefusal(deal)) return deal;
    const owner = await findPerson(tx, actor.workspaceId, deal.ownerId);
    const today = dayIn(deps.clock.now(), deal.zone);
    const calendar = deps.calendars.planOf(deal.buyerRegion);
    const judged =
      deal.status === 'open' ? await judgePlan(tx, deal, today, deps.calendars) : undefined;
    const dates = { original: deal.originalDecisionOn, current: deal.decisionOn };
    return buildPlanMessage({
      deal,
      ownerName: owner?.name ?? '—',
      steps: judged?.rows.steps ?? (await listHomework(tx, deal.id)),
      slips: judged?.state.slips ?? summarizeSlips([], dates, calendar),
      today,
      calendar,
      judged,
      lastTime: await lastTimeOf(tx, deal, judged, today),
      lesson: judged && (await lessonOf(tx, judged)),
      mayChange: !isRefusal(await reachDeal(tx, actor, dealId, 'change')),
    });
  });
}

/** What an open plan comes to today. */
export async function judgePlan(
  tx: Tx,
  deal: OpenDeal,
  today: Day,
  calendars: Calendars,
): Promise<JudgedPlan> {
  const rows = await loadPlanRows(tx, deal);
  const calendar = calendars.planOf(deal.buyerRegion);
  return { rows, state: assessPlan(rows, today, calendars), today, calendar };
}

/** The card may stand in a channel: private losses are left to who opens what we learnt. */
async function lessonOf(tx: Tx, { rows, today }: JudgedPlan): Promise<string | undefined> {
  const [alike] = await listLookAlikes(tx, 'team', rows.deal, { today, limit: 1 });
  return alike && lessonLine(alike, today);
}

/** Last time's lesson, on the cards of a reopened deal before anything of its plan is done. */
async function lastTimeOf(
  tx: Tx,
  { workspaceId, reopenedFromId }: Deal,
  judged: JudgedPlan | undefined,
  today: Day,
): Promise<string | undefined> {
  if (!reopenedFromId || !judged || judged.rows.steps.some(isFinished)) return undefined;
  const loss = await findLossOfDeal(tx, workspaceId, reopenedFromId);
  return loss && lastTimeLine(loss, today);
}
