import { addDays, type Calendars, type Day } from '../../domain/calendar.ts';
import { feedbackRanOut } from '../../domain/feedback.ts';
import type { WorkspaceId } from '../../domain/ids.ts';
import { listDealsByIds } from '../../store/deals.ts';
import { closeFeedbackRequests, listOpenFeedback } from '../../store/feedback-requests.ts';
import type { Tx } from '../../store/store.ts';

/** A request drafted later than so many calendar days ago cannot have run out: 19 business days. */
const youngestDays = 19;

/** Closes what nobody answered in 20 business days (METHOD §3.2); what is closed is asked no more. */
export async function sweepFeedback(
  tx: Tx,
  { workspaceId, today }: { readonly workspaceId: WorkspaceId; readonly today: Day },
  calendars: Calendars,
): Promise<{ readonly closed: number }> {
  const open = await listOpenFeedback(tx, workspaceId, addDays(today, -youngestDays));
  const dealIds = open.map(({ dealId }) => dealId);
  const deals = await listDealsByIds(tx, workspaceId, dealIds);
  const over = open.filter((request) =>
    feedbackRanOut(request, today, calendars.planOf(deals.get(request.dealId)?.buyerRegion)),
  );
  if (over.length > 0) {
    const ids = over.map(({ id }) => id);
    await closeFeedbackRequests(tx, workspaceId, ids, today);
  }
  return { closed: over.length };
}
