import {
  addDays,
  type BusinessCalendar,
  type Calendars,
  type Day,
  dayIn,
  sayDay,
} from '../../domain/calendar.ts';
import type { DealContact } from '../../domain/contact.ts';
import { type ClosedDeal, dealTitle } from '../../domain/deal.ts';
import { askingDays, type FeedbackRequest } from '../../domain/feedback.ts';
import type { DealId, FeedbackRequestId } from '../../domain/ids.ts';
import type { Person } from '../../domain/person.ts';
import { isRefusal, type Refusal, refuse } from '../../domain/refusal.ts';
import { quietDays } from '../../domain/revisit.ts';
import { listDealContacts } from '../../store/contacts.ts';
import {
  findFeedbackOfDeal,
  findFeedbackRequest,
  insertFeedbackRequest,
} from '../../store/feedback-requests.ts';
import { findLossOfDeal } from '../../store/losses.ts';
import { findPerson } from '../../store/people.ts';
import { reachDeal } from '../../store/reach-deal.ts';
import type { Tx } from '../../store/store.ts';
import { draftFeedback } from './plan-feedback.ts';

/** A request with all that a form about it shows. */
export interface KnownFeedback {
  readonly request: FeedbackRequest;
  readonly deal: ClosedDeal;
  readonly owner: Person | undefined;
  readonly sender: Person | undefined;
  readonly contacts: readonly DealContact[];
  readonly today: Day;
  /** Days on which it moves on. */
  readonly calendar: BusinessCalendar;
}

export interface At {
  readonly now: Date;
  readonly calendars: Calendars;
}

const notFound = refuse(
  'feedback_not_found',
  'That question to a buyer is not here any more. /deal feedback with the deal’s name shows it.',
);

/** A request that `actor` sends, or whose deal they work on. */
export async function reachFeedback(
  tx: Tx,
  actor: Person,
  id: FeedbackRequestId,
  at: At,
): Promise<KnownFeedback | Refusal> {
  const request = await findFeedbackRequest(tx, actor.workspaceId, id);
  if (!request) return notFound;
  const action = request.senderId === actor.id ? 'view' : 'change';
  const deal = await reachDeal(tx, actor, request.dealId, action);
  if (isRefusal(deal)) return deal;
  return deal.status === 'lost' ? know(tx, deal, request, at) : notFound;
}

/** The request of a lost deal, made where there is none, as for deals that came from a CRM. */
export async function reachFeedbackOfDeal(
  tx: Tx,
  actor: Person,
  dealId: DealId,
  at: At,
): Promise<KnownFeedback | Refusal> {
  const kept = await findFeedbackOfDeal(tx, actor.workspaceId, dealId);
  if (kept) return reachFeedback(tx, actor, kept.id, at);
  const deal = await reachDeal(tx, actor, dealId, 'change');
  if (isRefusal(deal)) return deal;
  if (deal.status !== 'lost') return notFound;
  const today = dayIn(at.now, deal.zone);
  const quiet = await refuseQuiet(tx, deal, today);
  if (quiet) return quiet;
  const loggedOn = dayIn(deal.closedAt, deal.zone);
  const draft = await draftFeedback(tx, deal, { ...at, loggedOn, today });
  await insertFeedbackRequest(tx, draft);
  return know(tx, deal, draft, at);
}

/** We stepped away and promised quiet: only they may write first (METHOD §4.7). */
async function refuseQuiet(tx: Tx, deal: ClosedDeal, today: Day): Promise<Refusal | undefined> {
  const loss = await findLossOfDeal(tx, deal.workspaceId, deal.id);
  const until = addDays(deal.closedOn, quietDays);
  if (loss?.outcome !== 'we_withdrew' || today >= until) return undefined;
  const day = sayDay(until, today);
  return refuse(
    'quiet',
    `We stepped away from ${dealTitle(deal)}, so nobody writes to them before ${day} unless they write first. /deal revisit keeps the day.`,
  );
}

async function know(
  tx: Tx,
  deal: ClosedDeal,
  request: FeedbackRequest,
  { now, calendars }: At,
): Promise<KnownFeedback> {
  const sender = await findPerson(tx, deal.workspaceId, request.senderId);
  return {
    request,
    deal,
    owner: await findPerson(tx, deal.workspaceId, deal.ownerId),
    sender,
    contacts: await listDealContacts(tx, deal.id),
    today: dayIn(now, deal.zone),
    calendar: askingDays(sender, calendars, deal.buyerRegion),
  };
}
