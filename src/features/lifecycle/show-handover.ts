import { type Calendars, dayIn } from '../../domain/calendar.ts';
import type { DealId, PersonId, WorkspaceId } from '../../domain/ids.ts';
import { assessPlan } from '../../domain/plan-state.ts';
import type { Renderer } from '../../outbox/renderer.ts';
import type { Message } from '../../slack/message.ts';
import { findDeal } from '../../store/deals.ts';
import { findPerson } from '../../store/people.ts';
import { loadPlanRows } from '../../store/plan-rows.ts';
import type { Tx } from '../../store/store.ts';
import { listTouches } from '../../store/touches.ts';
import { buildHandoverMessage } from './handover-message.ts';

/** Which handover of which deal, and whether the new owner has said that they have it. */
export interface HandoverAsked {
  readonly workspaceId: WorkspaceId;
  readonly dealId: DealId;
  readonly formId: string;
  /** Who had it before; undefined when nobody knows any more. */
  readonly fromId: PersonId | undefined;
  readonly toId: PersonId;
  readonly accepted: boolean;
  readonly now: Date;
}

/** The pack as it stands now; undefined when the deal ended or went on to somebody else. */
export async function showHandover(
  tx: Tx,
  calendars: Calendars,
  asked: HandoverAsked,
): Promise<Message | undefined> {
  const { workspaceId, dealId } = asked;
  const deal = (await findDeal(tx, workspaceId, dealId))?.deal;
  if (deal?.status !== 'open' || deal.ownerId !== asked.toId) return undefined;
  const from = asked.fromId && (await findPerson(tx, workspaceId, asked.fromId));
  const rows = await loadPlanRows(tx, deal);
  const today = dayIn(asked.now, deal.zone);
  return buildHandoverMessage({
    deal,
    formId: asked.formId,
    from: from || undefined,
    steps: rows.steps,
    contacts: rows.contacts,
    touches: await listTouches(tx, deal.id),
    state: assessPlan(rows, today, calendars),
    today,
    calendar: calendars.planOf(deal.buyerRegion),
    accepted: asked.accepted,
  });
}

/** Sends the pack to the new owner, unless the deal ended or went on meanwhile. */
export function handoverRenderer(calendars: Calendars): Renderer {
  return {
    whenUnknown: 'reconcile',
    render: async (tx, { workspaceId, target, payload, now }) => {
      const message = await showHandover(tx, calendars, {
        workspaceId,
        dealId: payload['dealId'] as DealId,
        formId: payload['formId'] ?? '',
        fromId: payload['from'] as PersonId,
        toId: payload['to'] as PersonId,
        accepted: false,
        now,
      });
      if (!message) return { do: 'drop', reason: 'the deal is no longer theirs' };
      return { do: 'post', target, message };
    },
  };
}
