import { type Calendars, dayIn } from '../../domain/calendar.ts';
import { dealTitle, type OpenDeal } from '../../domain/deal.ts';
import { type Homework, isOpen } from '../../domain/homework.ts';
import type { DealId, NudgeItemId } from '../../domain/ids.ts';
import type { OfferFacts } from '../../domain/manager-offer.ts';
import type { Person } from '../../domain/person.ts';
import { assessPlan, type PlanRows } from '../../domain/plan-state.ts';
import { findPrecedent, sayPrecedent } from '../../domain/precedent.ts';
import { isRefusal, type Refusal } from '../../domain/refusal.ts';
import { helpDealOf } from '../../slack/manager-actions.ts';
import type { NudgeItem } from '../../store/nudges.ts';
import { findPerson } from '../../store/people.ts';
import { loadPlanRows } from '../../store/plan-rows.ts';
import { listPrecedents } from '../../store/precedents.ts';
import { reachOpenDeal } from '../../store/reach-deal.ts';
import type { Tx } from '../../store/store.ts';
import { reachItem } from './answer-nudge.ts';

/** What a manager was shown: a deal, and the question of their bundle if it came as one. */
export interface ManagerMatter {
  readonly deal: OpenDeal;
  readonly item: NudgeItem | undefined;
}

/** The same with all that a draft to its owner is made of. */
export interface ManagerLook extends ManagerMatter {
  readonly rows: PlanRows;
  readonly facts: OfferFacts;
  readonly owner: Person | undefined;
}

/** The deal behind a button of a manager's: its value is a question of theirs, or a deal. */
export async function reachMatter(
  tx: Tx,
  actor: Person,
  value: string,
): Promise<ManagerMatter | Refusal> {
  const dealId = helpDealOf(value);
  const item = dealId ? undefined : await reachItem(tx, actor, value as NudgeItemId);
  if (isRefusal(item)) return item;
  const deal = await reachOpenDeal(tx, actor, dealId ?? (item?.dealId as DealId));
  return isRefusal(deal) ? deal : { deal, item };
}

/** What the manager sees of it today, and what worked elsewhere. */
export async function lookAtMatter(
  tx: Tx,
  actor: Person,
  value: string,
  { now, calendars }: { readonly now: Date; readonly calendars: Calendars },
): Promise<ManagerLook | Refusal> {
  const matter = await reachMatter(tx, actor, value);
  if (isRefusal(matter)) return matter;
  const { deal } = matter;
  const rows = await loadPlanRows(tx, deal);
  const today = dayIn(now, deal.zone);
  const codes = assessPlan(rows, today, calendars).stalls.map(({ code }) => code);
  const known = await listPrecedents(tx, deal.workspaceId, codes, today);
  const found = findPrecedent(known, { dealId: deal.id, codes });
  const owner = await findPerson(tx, deal.workspaceId, deal.ownerId);
  const facts = {
    owner: owner?.name ?? 'there',
    deal: dealTitle(deal),
    codes,
    precedent: found && sayPrecedent(found, today),
  };
  return { ...matter, rows, facts, owner };
}

/** Open steps of ours that somebody else has: what a manager could take. */
export function takeableSteps({ steps }: Pick<PlanRows, 'steps'>, actor: Person): Homework[] {
  return steps.filter(
    (step) => step.side === 'seller' && isOpen(step) && step.doer.personId !== actor.id,
  );
}
