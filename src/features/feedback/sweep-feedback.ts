import { addDays, type Calendars, type Day } from '../../domain/calendar.ts';
import { closestContact } from '../../domain/contact.ts';
import type { Deal } from '../../domain/deal.ts';
import {
  askingDays,
  canSend,
  type FeedbackRequest,
  feedbackRanOut,
} from '../../domain/feedback.ts';
import type { DealId, PersonId, WorkspaceId } from '../../domain/ids.ts';
import type { Person } from '../../domain/person.ts';
import { listContactsOfDeals } from '../../store/contacts.ts';
import { listDealsByIds } from '../../store/deals.ts';
import {
  changeFeedbackRequest,
  closeFeedbackRequests,
  listOpenFeedback,
} from '../../store/feedback-requests.ts';
import { listPeople } from '../../store/people.ts';
import type { Tx } from '../../store/store.ts';
import { findSender } from './plan-feedback.ts';

/** A request drafted later than so many calendar days ago cannot have run out: 19 business days. */
const youngestDays = 19;

interface Known {
  readonly deals: ReadonlyMap<DealId, Deal>;
  readonly senders: ReadonlyMap<PersonId, Person>;
}

/**
 * Closes what nobody answered in 20 business days (METHOD §3.2); what is closed is asked no more. A
 * draft follows what became known since: whom to ask, who has left there, and who has left here.
 */
export async function sweepFeedback(
  tx: Tx,
  { workspaceId, today }: { readonly workspaceId: WorkspaceId; readonly today: Day },
  calendars: Calendars,
): Promise<{ readonly closed: number; readonly mended: number }> {
  const open = await listOpenFeedback(tx, workspaceId, today);
  if (open.length === 0) return { closed: 0, mended: 0 };
  const dealIds = open.map(({ dealId }) => dealId);
  const people = await listPeople(tx, [...new Set(open.map(({ senderId }) => senderId))]);
  const known = {
    deals: await listDealsByIds(tx, workspaceId, dealIds),
    senders: new Map(people.map((person) => [person.id, person])),
  };
  const over = open.filter((request) => isOver(request, known, today, calendars));
  if (over.length > 0) {
    const ids = over.map(({ id }) => id);
    await closeFeedbackRequests(tx, workspaceId, ids, today);
  }
  const drafts = open.filter((one) => one.state === 'drafted' && !over.includes(one));
  return { closed: over.length, mended: await mendDrafts(tx, drafts, known) };
}

function isOver(
  request: FeedbackRequest,
  { deals, senders }: Known,
  today: Day,
  calendars: Calendars,
): boolean {
  if (request.draftedOn > addDays(today, -youngestDays)) return false;
  const sender = senders.get(request.senderId);
  const region = deals.get(request.dealId)?.buyerRegion;
  return feedbackRanOut(request, today, askingDays(sender, calendars, region));
}

async function mendDrafts(
  tx: Tx,
  drafts: readonly FeedbackRequest[],
  { deals, senders }: Known,
): Promise<number> {
  const dealIds = drafts.map(({ dealId }) => dealId);
  const contacts = await listContactsOfDeals(tx, dealIds);
  let mended = 0;
  for (const draft of drafts) {
    const deal = deals.get(draft.dealId);
    if (!deal) continue;
    const sender = senders.get(draft.senderId);
    const senderId = sender && canSend(sender) ? sender.id : (await findSender(tx, deal)).id;
    const known = contacts.get(deal.id) ?? [];
    const hasLeft = known.some(({ id, leftOn }) => id === draft.contactId && leftOn !== undefined);
    const contactId = draft.contactId && !hasLeft ? draft.contactId : closestContact(known)?.id;
    if (senderId === draft.senderId && contactId === draft.contactId) continue;
    mended += (await changeFeedbackRequest(tx, draft, { senderId, contactId })) ? 1 : 0;
  }
  return mended;
}
