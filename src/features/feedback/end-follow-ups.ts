import { type Day, dayIn } from '../../domain/calendar.ts';
import type { DealId, WorkspaceId } from '../../domain/ids.ts';
import { findDeal } from '../../store/deals.ts';
import { changeFeedbackRequest, findFeedbackOfDeal } from '../../store/feedback-requests.ts';
import { changeRevisit, findRevisitOfDeal } from '../../store/revisits.ts';
import type { Tx } from '../../store/store.ts';

/** A deal that begins again was come back to, and its buyer is asked for a decision, not for advice. */
export async function whenReopened(
  tx: Tx,
  { workspaceId, from, to, now }: { workspaceId: WorkspaceId; from: DealId; to: DealId; now: Date },
): Promise<void> {
  const revisit = await findRevisitOfDeal(tx, workspaceId, from);
  if (revisit) await changeRevisit(tx, revisit, { state: 'started', newDealId: to });
  await restFeedback(tx, workspaceId, from, await todayOf(tx, workspaceId, from, now));
}

/** Nobody is asked about a deal that never was one, and nobody comes back to it. */
export async function whenInvalid(
  tx: Tx,
  workspaceId: WorkspaceId,
  dealId: DealId,
  now: Date,
): Promise<void> {
  const revisit = await findRevisitOfDeal(tx, workspaceId, dealId);
  if (revisit && revisit.state !== 'started') {
    await changeRevisit(tx, revisit, { state: 'dropped' });
  }
  await restFeedback(tx, workspaceId, dealId, await todayOf(tx, workspaceId, dealId, now));
}

async function todayOf(tx: Tx, workspaceId: WorkspaceId, id: DealId, now: Date): Promise<Day> {
  return dayIn(now, (await findDeal(tx, workspaceId, id))?.deal.zone ?? 'UTC');
}

async function restFeedback(
  tx: Tx,
  workspaceId: WorkspaceId,
  dealId: DealId,
  closedOn: Day,
): Promise<void> {
  const request = await findFeedbackOfDeal(tx, workspaceId, dealId);
  if (!request) return;
  if (request.state === 'drafted') {
    await changeFeedbackRequest(tx, request, { state: 'not_agreed', closedOn });
  } else if (request.state === 'sent' || request.state === 'reminded') {
    await changeFeedbackRequest(tx, request, { state: 'closed', closedOn });
  }
}
