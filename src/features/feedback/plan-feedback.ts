import type { WhenEnded } from '../../deps.ts';
import { type Calendars, type Day, dayIn } from '../../domain/calendar.ts';
import { closestContact } from '../../domain/contact.ts';
import type { Deal } from '../../domain/deal.ts';
import {
  askingDays,
  chooseSender,
  type FeedbackRequest,
  feedbackDraftedOn,
} from '../../domain/feedback.ts';
import { newId } from '../../domain/ids.ts';
import type { Person } from '../../domain/person.ts';
import { AppError } from '../../domain/refusal.ts';
import { listDealContacts } from '../../store/contacts.ts';
import { findDeal } from '../../store/deals.ts';
import { insertFeedbackRequest } from '../../store/feedback-requests.ts';
import { findPerson, listPeople, listReports } from '../../store/people.ts';
import type { Tx } from '../../store/store.ts';

const mostColleagues = 20;

/**
 * Drafts the question to the buyer of a deal that was lost, for somebody who was not selling. Who
 * said no before is never asked; nor is a buyer we stepped away from, for we promised them quiet
 * (METHOD §4.6, §4.7).
 */
export function planFeedbackWith(calendars: Calendars): WhenEnded {
  return async (tx, { deal, lost, now }) => {
    if (!lost || lost.story.outcome === 'we_withdrew') return;
    const today = dayIn(now, deal.zone);
    const given = { calendars, loggedOn: today, today, now };
    await insertFeedbackRequest(tx, await draftFeedback(tx, deal, given));
  };
}

/** A request as it begins: to whom and from whom, if nobody says otherwise. */
export async function draftFeedback(
  tx: Tx,
  deal: Deal,
  {
    calendars,
    loggedOn,
    today,
    now,
  }: {
    readonly calendars: Calendars;
    readonly loggedOn: Day;
    readonly today: Day;
    readonly now: Date;
  },
): Promise<FeedbackRequest> {
  const saidNo = deal.feedbackAgreed === false;
  const sender = await findSender(tx, deal);
  const calendar = askingDays(sender, calendars, deal.buyerRegion);
  return {
    id: newId(now),
    workspaceId: deal.workspaceId,
    dealId: deal.id,
    contactId: closestContact(await listDealContacts(tx, deal.id))?.id,
    senderId: sender.id,
    agreed: deal.feedbackAgreed === true,
    state: saidNo ? 'not_agreed' : 'drafted',
    draftedOn: feedbackDraftedOn(loggedOn, calendar),
    sentOn: undefined,
    remindedOn: undefined,
    closedOn: saidNo ? today : undefined,
    choices: [],
    words: undefined,
    couldHaveWon: undefined,
  };
}

/** Who asks about a deal, if nobody says otherwise. */
export async function findSender(tx: Tx, deal: Deal): Promise<Person> {
  const { workspaceId, ownerId } = deal;
  const owner = await findPerson(tx, workspaceId, ownerId);
  if (!owner) {
    throw new AppError(`Deal '${deal.id}' has an owner '${ownerId}' whom nobody knows`, {
      code: 'owner_missing',
    });
  }
  const manager = owner.managerId && (await findPerson(tx, workspaceId, owner.managerId));
  const circle = (await findDeal(tx, workspaceId, deal.id))?.circle;
  const helpers = await listPeople(tx, circle?.helperIds ?? []);
  const managers = [owner, ...helpers].flatMap(({ managerId }) => (managerId ? [managerId] : []));
  // A private deal does not exist for colleagues.
  const colleagues =
    deal.privacy === 'team' ? await listReports(tx, workspaceId, managers, mostColleagues) : [];
  return chooseSender({ owner, manager: manager || undefined, helpers, colleagues });
}
