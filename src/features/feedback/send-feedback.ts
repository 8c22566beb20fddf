import type { ListenerDeps } from '../../deps.ts';
import { can } from '../../domain/access.ts';
import { canSend, type FeedbackRequest, feedbackDays } from '../../domain/feedback.ts';
import type { ContactId, FeedbackRequestId } from '../../domain/ids.ts';
import type { Person } from '../../domain/person.ts';
import { isRefusal, type Refusal, refuse } from '../../domain/refusal.ts';
import { cleanLine, readLine } from '../../domain/text.ts';
import { ensureContact, saveDealContact } from '../../store/contacts.ts';
import { findDeal } from '../../store/deals.ts';
import { appendEvent } from '../../store/events.ts';
import { changeFeedbackRequest, type FeedbackChange } from '../../store/feedback-requests.ts';
import type { Tx } from '../../store/store.ts';
import { type KnownFeedback, reachFeedback } from './reach-feedback.ts';

export type FeedbackDeps = Pick<ListenerDeps, 'store' | 'clock' | 'calendars'>;

/** What the form with the note gives back; what it does not show is not there. */
export interface SendForm {
  /** The state the form was shown for: what happened since is not done twice. */
  readonly state: string;
  /** What its button said: it is not sent by a day that has come meanwhile. */
  readonly does: 'keep' | 'send' | 'remind';
  readonly sender: Person | undefined;
  readonly contactId: string | undefined;
  /** Somebody who is not among the contacts yet. */
  readonly contactName: string | undefined;
}

/** What came of it: kept for its day, asked, or reminded. */
export interface SentFeedback {
  readonly known: KnownFeedback;
  readonly did: 'kept' | 'sent' | 'reminded' | 'nothing';
}

/**
 * Keeps who asks whom and, once that is due, that a person has sent the note or the reminder. The
 * app writes to no buyer (METHOD §3.3, 9). The same form twice does it once.
 */
export async function sendFeedback(
  { store, clock, calendars }: FeedbackDeps,
  actor: Person,
  id: FeedbackRequestId,
  form: SendForm,
): Promise<SentFeedback | Refusal> {
  const now = clock.now();
  return store.transaction(async (tx) => {
    const known = await reachFeedback(tx, actor, id, { now, calendars });
    if (isRefusal(known)) return known;
    const { request, today, deal } = known;
    if (request.state !== form.state) return { known, did: 'nothing' };
    const who = await readWho(tx, known, form, now);
    if (isRefusal(who)) return who;
    const did = deedOf(known, form);
    const change: FeedbackChange = {
      ...who,
      ...(did === 'sent' ? { state: 'sent', sentOn: today } : {}),
      ...(did === 'reminded' ? { state: 'reminded', remindedOn: today } : {}),
    };
    if (!(await changeFeedbackRequest(tx, request, change))) {
      return refuse('changed', 'Somebody changed this just now. /deal feedback shows it afresh.');
    }
    if (did !== 'kept') {
      await appendEvent(tx, {
        workspaceId: actor.workspaceId,
        dealId: deal.id,
        at: now,
        actorId: actor.id,
        kind: did === 'sent' ? 'feedback_asked' : 'feedback_reminded',
        payload: { feedbackId: id },
      });
    }
    return { known: { ...known, request: { ...request, ...change } as FeedbackRequest }, did };
  });
}

/** Nothing is sent before its time; what a person says was sent counts after it, too. */
function deedOf(
  { request, today, calendar }: KnownFeedback,
  { does, sender }: SendForm,
): 'kept' | 'sent' | 'reminded' {
  const days = sender ? { ...calendar, workDays: sender.workDays } : calendar;
  const { sendFrom, remindOn } = feedbackDays(request, days);
  if (request.state === 'drafted') return does === 'send' && today >= sendFrom ? 'sent' : 'kept';
  return does === 'remind' && today >= remindOn ? 'reminded' : 'kept';
}

async function readWho(
  tx: Tx,
  known: KnownFeedback,
  form: SendForm,
  now: Date,
): Promise<Pick<FeedbackChange, 'senderId' | 'contactId'> | Refusal> {
  if (known.request.state !== 'drafted') return {};
  const sender = await readSender(tx, known, form.sender);
  if (isRefusal(sender)) return sender;
  const contactId = await readContact(tx, known, form, now);
  if (isRefusal(contactId)) return contactId;
  return { senderId: sender.id, contactId };
}

async function readSender(
  tx: Tx,
  { deal }: KnownFeedback,
  sender: Person | undefined,
): Promise<Person | Refusal> {
  if (!sender) return refuse('no_sender', 'Pick the colleague who asks.', 'sender');
  const { name } = sender;
  if (!canSend(sender)) {
    const message = `${name} cannot be asked here. Pick a colleague who is a full member.`;
    return refuse('not_here', message, 'sender');
  }
  const found = await findDeal(tx, deal.workspaceId, deal.id);
  if (found && can(sender, 'view', found.deal, found.circle)) return sender;
  return refuse(
    'not_on_it',
    `This deal is private and ${name} is not on it. Pick somebody who is.`,
    'sender',
  );
}

async function readContact(
  tx: Tx,
  { deal, contacts }: KnownFeedback,
  form: SendForm,
  now: Date,
): Promise<ContactId | Refusal> {
  const picked = contacts.find(({ id }) => id === form.contactId);
  if (picked) return picked.id;
  if (cleanLine(form.contactName ?? '') === '') {
    return refuse('no_contact', 'Name whom to ask at their end.', 'contact');
  }
  const name = readLine(form.contactName, { field: 'contact', what: 'Their name', max: 100 });
  if (isRefusal(name)) return name;
  const { workspaceId, accountId, id: dealId } = deal;
  const contact = await ensureContact(tx, workspaceId, { accountId, name, title: undefined }, now);
  await saveDealContact(tx, workspaceId, { dealId, contactId: contact.id });
  return contact.id;
}
