import type { Deps } from '../../deps.ts';
import { dayIn } from '../../domain/calendar.ts';
import type { Contact, DealContact } from '../../domain/contact.ts';
import type { OpenDeal } from '../../domain/deal.ts';
import type { Homework } from '../../domain/homework.ts';
import type { ContactId, DealId } from '../../domain/ids.ts';
import type { Person } from '../../domain/person.ts';
import { isRefusal, type Refusal } from '../../domain/refusal.ts';
import {
  changeContact,
  findContact,
  listDealContacts,
  releaseSteps,
} from '../../store/contacts.ts';
import { appendEvent } from '../../store/events.ts';
import { listHomeworkByIds } from '../../store/homework.ts';
import { reachOpenDeal } from '../../store/reach-deal.ts';
import type { Tx } from '../../store/store.ts';
import { contactGone } from './save-contact.ts';

/** Somebody who left, and what they leave behind on the deal. */
export interface LeftContact {
  readonly deal: OpenDeal;
  readonly contact: Contact;
  /** Open steps that need a new name. */
  readonly steps: readonly Homework[];
  /** Who could introduce whoever takes over; undefined when we know nobody else. */
  readonly other: DealContact | undefined;
}

/**
 * A contact left the company: they count no longer, and their open steps on every deal of the
 * account are nobody's until they get a new name. Said twice it is said once.
 */
export async function leaveCompany(
  deps: Deps,
  actor: Person,
  input: { readonly dealId: DealId; readonly contactId: ContactId },
): Promise<LeftContact | Refusal> {
  const now = deps.clock.now();
  return deps.store.transaction(async (tx) => {
    const deal = await reachOpenDeal(tx, actor, input.dealId);
    if (isRefusal(deal)) return deal;
    const contact = await findContact(tx, actor.workspaceId, input.contactId);
    if (!contact || contact.accountId !== deal.accountId) return contactGone;
    const steps = contact.leftOn ? [] : await release(tx, actor, deal, contact, now);
    const others = await listDealContacts(tx, deal.id);
    const there = others.filter(({ id, leftOn }) => id !== contact.id && leftOn === undefined);
    const other = there.find(({ engagedOn }) => engagedOn) ?? there[0];
    return { deal, contact, steps, other };
  });
}

/** Every deal that loses a doer keeps the fact. @returns the steps of `deal` that need a new name. */
async function release(
  tx: Tx,
  actor: Person,
  deal: OpenDeal,
  { id: contactId }: Contact,
  now: Date,
): Promise<Homework[]> {
  const { workspaceId } = actor;
  await changeContact(tx, workspaceId, contactId, { leftOn: dayIn(now, deal.zone) });
  const released = await releaseSteps(tx, workspaceId, contactId);
  const dealIds = new Set([deal.id, ...released.map(({ dealId }) => dealId)]);
  for (const dealId of dealIds) {
    const homeworkIds = released.filter((step) => step.dealId === dealId).map(({ id }) => id);
    await appendEvent(tx, {
      workspaceId,
      dealId,
      at: now,
      actorId: actor.id,
      side: 'buyer',
      kind: 'contact_left',
      payload: { contactId, homeworkIds },
    });
  }
  const own = released.filter(({ dealId }) => dealId === deal.id).map(({ id }) => id);
  return listHomeworkByIds(tx, workspaceId, own);
}
