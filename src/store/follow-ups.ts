import { and, eq, inArray, lte } from 'drizzle-orm';
import { can } from '../domain/access.ts';
import { addDays, type Calendars, type Day, workCalendar } from '../domain/calendar.ts';
import { buyerName, type Deal } from '../domain/deal.ts';
import { askingDays, feedbackDays, feedbackDue } from '../domain/feedback.ts';
import type { FollowUp } from '../domain/follow-up.ts';
import type { DealId, PersonId, WorkspaceId } from '../domain/ids.ts';
import type { Person } from '../domain/person.ts';
import { checkInDue } from '../domain/practice.ts';
import { listDealsByIds } from './deals.ts';
import { listReviewWaits } from './follow-up-reviews.ts';
import { inMany } from './lists.ts';
import { listPeople } from './people.ts';
import type { Tx } from './store.ts';

/** When it is asked for whom. */
export interface FollowUpInput {
  readonly workspaceId: WorkspaceId;
  readonly personIds: readonly PersonId[];
  /** The readers' own day. */
  readonly today: Day;
  readonly calendars: Calendars;
}

/** What is due for somebody, before its deal is known. */
export type Draft = Omit<FollowUp, 'amount' | 'facts'> & {
  readonly facts: Omit<FollowUp['facts'], 'account'>;
};

/**
 * What follows from deals that have ended and is due for some people, each in the state of this
 * moment: what was done is not among it. A fixed number of queries for any number of people; nothing
 * of a restricted deal for whoever is not on it.
 */
export async function listFollowUps(tx: Tx, input: FollowUpInput): Promise<FollowUp[]> {
  const { workspaceId, personIds } = input;
  if (personIds.length === 0) return [];
  const readers = new Map((await listPeople(tx, personIds)).map((one) => [one.id, one]));
  const asked = [
    ...(await listTries(tx, input, readers)),
    ...(await listCalls(tx, input)),
    ...(await listFeedback(tx, input, readers)),
    ...(await listRevisits(tx, input)),
    ...(await listReviewWaits(tx, input)),
  ];
  if (asked.length === 0) return [];
  const dealIds = [...new Set(asked.map(({ dealId }) => dealId))];
  const deals = await listDealsByIds(tx, workspaceId, dealIds);
  const mayRead = await whoMayRead(tx, workspaceId, [...deals.values()]);
  return asked.flatMap((draft) => {
    const deal = deals.get(draft.dealId);
    const reader = readers.get(draft.personId);
    if (!deal || !reader || !mayRead(reader, deal)) return [];
    const { amount } = deal;
    return [{ ...draft, amount, facts: { ...draft.facts, account: buyerName(deal) } }];
  });
}

/** Areas whose check-in has come: once for each of the three (METHOD S4-42). */
async function listTries(
  tx: Tx,
  { workspaceId, personIds, today, calendars }: FollowUpInput,
  readers: ReadonlyMap<PersonId, Person>,
): Promise<Draft[]> {
  const { practices, reviews } = tx.tables;
  const rows = await tx
    .select({ practice: practices, dealId: reviews.dealId })
    .from(practices)
    .innerJoin(reviews, eq(reviews.id, practices.reviewId))
    .where(
      and(
        eq(practices.workspaceId, workspaceId),
        inMany(tx, practices.personId, personIds),
        eq(practices.state, 'active'),
      ),
    )
    .orderBy(practices.id);
  return rows.flatMap(({ practice, dealId }): Draft[] => {
    const { id, personId, startedOn, behaviour, tries } = practice;
    const reader = readers.get(personId);
    const calendar = reader && workCalendar(reader, calendars);
    const dueOn = calendar && startedOn ? checkInDue(startedOn, today, calendar) : undefined;
    if (!startedOn || !dueOn) return [];
    const facts = { who: '', what: behaviour, tries, on: startedOn };
    return [{ kind: 'promise_try', id, personId, dealId, dueOn, since: startedOn, facts }];
  });
}

/** Calls to watch whose day has come: asked of the observer (METHOD S3-18). */
async function listCalls(
  tx: Tx,
  { workspaceId, personIds, today }: FollowUpInput,
): Promise<Draft[]> {
  const { commitments, people, reviews } = tx.tables;
  const rows = await tx
    .select({ call: commitments, who: people.name, dealId: reviews.dealId })
    .from(commitments)
    .innerJoin(people, eq(people.id, commitments.personId))
    .innerJoin(reviews, eq(reviews.id, commitments.reviewId))
    .where(
      and(
        eq(commitments.workspaceId, workspaceId),
        inMany(tx, commitments.observerId, personIds),
        eq(commitments.kind, 'observed_call'),
        eq(commitments.state, 'open'),
        lte(commitments.dueOn, today),
      ),
    )
    .orderBy(commitments.dueOn, commitments.id);
  return rows.flatMap(({ call, who, dealId }): Draft[] => {
    const { id, observerId, dueOn, what } = call;
    if (!observerId) return [];
    const facts = { who, what, tries: 0, on: dueOn };
    return [{ kind: 'observe_call', id, personId: observerId, dealId, dueOn, since: dueOn, facts }];
  });
}

/** Notes to buyers that are to be sent, or followed by one last word (METHOD §4.6). */
async function listFeedback(
  tx: Tx,
  { workspaceId, personIds, today, calendars }: FollowUpInput,
  readers: ReadonlyMap<PersonId, Person>,
): Promise<Draft[]> {
  const { contacts, deals, feedbackRequests } = tx.tables;
  const rows = await tx
    .select({ request: feedbackRequests, who: contacts.name, region: deals.buyerRegion })
    .from(feedbackRequests)
    .leftJoin(contacts, eq(contacts.id, feedbackRequests.contactId))
    .innerJoin(deals, eq(deals.id, feedbackRequests.dealId))
    .where(
      and(
        eq(feedbackRequests.workspaceId, workspaceId),
        inMany(tx, feedbackRequests.senderId, personIds),
        inArray(feedbackRequests.state, ['drafted', 'sent']),
        lte(feedbackRequests.draftedOn, today),
      ),
    )
    .orderBy(feedbackRequests.id);
  return rows.flatMap(({ request, who, region }): Draft[] => {
    const { id, senderId: personId, dealId, draftedOn } = request;
    const calendar = askingDays(readers.get(personId), calendars, region ?? undefined);
    const sentOn = request.sentOn ?? undefined;
    const known = { state: request.state, draftedOn, sentOn };
    const due = feedbackDue(known, today, calendar);
    if (!due) return [];
    const { sendFrom, remindOn } = feedbackDays(known, calendar);
    const about = { id, personId, dealId, since: draftedOn };
    const facts = { who: who ?? 'somebody', what: '', tries: 0 };
    return due === 'send'
      ? [{ kind: 'feedback_send', ...about, dueOn: sendFrom, facts: { ...facts, on: sendFrom } }]
      : [
          {
            kind: 'feedback_remind',
            ...about,
            dueOn: remindOn,
            facts: { ...facts, on: sentOn ?? remindOn },
          },
        ];
  });
}

/** A day to come back is asked about for so many days; after them it was no news. */
const newsDays = 60;

/** Lost deals that are worth another look: asked of whoever owns them (METHOD §4.7). */
async function listRevisits(
  tx: Tx,
  { workspaceId, personIds, today }: FollowUpInput,
): Promise<Draft[]> {
  const { deals, revisits } = tx.tables;
  const rows = await tx
    .select({ revisit: revisits, personId: deals.ownerId })
    .from(revisits)
    .innerJoin(deals, and(eq(deals.id, revisits.dealId), eq(deals.status, 'lost')))
    .where(
      and(
        eq(revisits.workspaceId, workspaceId),
        inMany(tx, deals.ownerId, personIds),
        inArray(revisits.state, ['waiting', 'raised']),
        lte(revisits.on, today),
      ),
    )
    .orderBy(revisits.id);
  return rows.flatMap(({ revisit: { id, dealId, on, trigger }, personId }): Draft[] => {
    if (on < addDays(today, -newsDays)) return [];
    const facts = { who: '', what: trigger, tries: 0, on };
    return [{ kind: 'come_back', id, personId, dealId, dueOn: on, since: on, facts }];
  });
}

/** `can(…, 'view')` for many at once; people and circles are only looked up for restricted deals. */
async function whoMayRead(
  tx: Tx,
  workspaceId: WorkspaceId,
  all: readonly Deal[],
): Promise<(reader: Person, deal: Deal) => boolean> {
  const hidden = all.filter(({ privacy }) => privacy === 'restricted');
  const circles = new Map<DealId, PersonId[]>();
  const managers = new Map<PersonId, PersonId | null>();
  if (hidden.length > 0) {
    const { dealPeople, people } = tx.tables;
    const ids = hidden.map(({ id }) => id);
    const helpers = await tx
      .select({ dealId: dealPeople.dealId, personId: dealPeople.personId })
      .from(dealPeople)
      .where(inMany(tx, dealPeople.dealId, ids));
    for (const { dealId, personId } of helpers) {
      circles.set(dealId, [...(circles.get(dealId) ?? []), personId]);
    }
    const led = await tx
      .select({ id: people.id, managerId: people.managerId })
      .from(people)
      .where(eq(people.workspaceId, workspaceId));
    for (const { id, managerId } of led) managers.set(id, managerId);
  }
  return (reader, deal) =>
    can(reader, 'view', deal, {
      helperIds: circles.get(deal.id) ?? [],
      managerChainIds: chainOf(deal.ownerId, managers),
    });
}

function chainOf(ownerId: PersonId, managers: ReadonlyMap<PersonId, PersonId | null>): PersonId[] {
  const chain: PersonId[] = [];
  for (
    let at = managers.get(ownerId);
    at && at !== ownerId && !chain.includes(at);
    at = managers.get(at)
  ) {
    chain.push(at);
  }
  return chain;
}
