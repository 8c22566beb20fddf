import type { ListenerDeps } from '../../deps.ts';
import { businessDaysAfter, dayIn, sayDay } from '../../domain/calendar.ts';
import { isOpen } from '../../domain/homework.ts';
import { newId } from '../../domain/ids.ts';
import { offerFor } from '../../domain/manager-offer.ts';
import { stallOfKind } from '../../domain/nudge.ts';
import type { Person } from '../../domain/person.ts';
import { assessPlan } from '../../domain/plan-state.ts';
import { isRefusal, type Refusal } from '../../domain/refusal.ts';
import type { Modal } from '../../slack/blocks.ts';
import type { HelpWish } from '../../slack/help-actions.ts';
import { findHomework } from '../../store/homework.ts';
import { findPerson } from '../../store/people.ts';
import { loadPlanRows } from '../../store/plan-rows.ts';
import { reachOpenDeal } from '../../store/reach-deal.ts';
import type { Tx } from '../../store/store.ts';
import { buildHelpModal } from './help-modal.ts';

const usualLeadBd = 2;

/** The form that asks a colleague, with what is needed, whom and by when filled in. */
export async function helpFormFor(
  deps: ListenerDeps,
  actor: Person,
  wish: HelpWish,
): Promise<Modal | Refusal> {
  const now = deps.clock.now();
  const { calendars } = deps;
  return deps.store.read(async (tx) => {
    const deal = await reachOpenDeal(tx, actor, wish.dealId);
    if (isRefusal(deal)) return deal;
    const today = dayIn(now, actor.zone);
    const calendar = { workDays: actor.workDays, holidays: calendars.ours.holidays };
    const step =
      wish.from?.homeworkId && (await findHomework(tx, deal.workspaceId, wish.from.homeworkId));
    const { stalls } = assessPlan(await loadPlanRows(tx, deal), dayIn(now, deal.zone), calendars);
    const code = (wish.from && stallOfKind(wish.from.kind)) ?? stalls[0]?.code;
    const about = step && isOpen(step) ? step : undefined;
    const need = code && capital(offerFor([code], 'me'));
    return buildHelpModal({
      deal,
      formId: newId(now),
      code,
      from: wish.from && { itemId: wish.from.itemId, responseUrl: wish.from.responseUrl },
      role: wish.role,
      person: wish.role === 'manager' ? await findManager(tx, deal.ownerId, actor) : undefined,
      what: about ? `“${about.title}” is due ${sayDay(about.dueOn, today)}` : need,
      dueOn: businessDaysAfter(today, usualLeadBd, calendar),
    });
  });
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** The owner's manager, if they can be asked and are not the one who asks. */
async function findManager(
  tx: Tx,
  ownerId: Person['id'],
  actor: Person,
): Promise<Person['slackUserId']> {
  const owner = await findPerson(tx, actor.workspaceId, ownerId);
  const manager = owner?.managerId && (await findPerson(tx, actor.workspaceId, owner.managerId));
  return manager?.active && manager.id !== actor.id ? manager.slackUserId : undefined;
}
