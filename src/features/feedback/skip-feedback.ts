import type { FeedbackRequestId } from '../../domain/ids.ts';
import type { Person } from '../../domain/person.ts';
import { isRefusal, type Refusal } from '../../domain/refusal.ts';
import { appendEvent } from '../../store/events.ts';
import { changeFeedbackRequest } from '../../store/feedback-requests.ts';
import { type KnownFeedback, reachFeedback } from './reach-feedback.ts';
import type { FeedbackDeps } from './send-feedback.ts';

/** Nobody asks this buyer. What was sent already stays sent; a second tap changes nothing. */
export async function skipFeedback(
  { store, clock, calendars }: FeedbackDeps,
  actor: Person,
  id: FeedbackRequestId,
): Promise<KnownFeedback | Refusal> {
  const now = clock.now();
  return store.transaction(async (tx) => {
    const known = await reachFeedback(tx, actor, id, { now, calendars });
    if (isRefusal(known)) return known;
    const { request, deal, today: closedOn } = known;
    const wasSent = request.state === 'sent' || request.state === 'reminded';
    if (request.state !== 'drafted' && !wasSent) return known;
    const change = { state: wasSent ? 'closed' : 'not_agreed', closedOn } as const;
    if (!(await changeFeedbackRequest(tx, request, change))) return known;
    await appendEvent(tx, {
      workspaceId: actor.workspaceId,
      dealId: deal.id,
      at: now,
      actorId: actor.id,
      kind: 'feedback_skipped',
      payload: { feedbackId: id },
    });
    return { ...known, request: { ...request, ...change } };
  });
}
