import type { Deps } from '../../deps.ts';
import type { Contact, ContactRole, Power, Stance } from '../../domain/contact.ts';
import type { OpenDeal } from '../../domain/deal.ts';
import type { ContactId, DealId } from '../../domain/ids.ts';
import type { Person } from '../../domain/person.ts';
import { isRefusal, type Refusal, refuse } from '../../domain/refusal.ts';
import { cleanLine, readLine } from '../../domain/text.ts';
import {
  changeContact,
  ensureContact,
  findContact,
  findContactNamed,
  saveDealContact,
} from '../../store/contacts.ts';
import { appendEvent } from '../../store/events.ts';
import { firstSeen } from '../../store/inbox.ts';
import { reachOpenDeal } from '../../store/reach-deal.ts';
import type { Tx } from '../../store/store.ts';

/** A contact as it was typed; facts about the deal, nothing private (METHOD part 5). */
export interface ContactForm {
  readonly name: string | undefined;
  readonly title: string | undefined;
  readonly role: ContactRole | undefined;
  readonly power: Power;
  readonly stance: Stance;
}

export interface SavedContact {
  readonly deal: OpenDeal;
  readonly name: string;
}

/**
 * Puts somebody on a deal, or changes what is known of them; whoever had left is back. The same
 * `formId` twice saves once.
 * @param input.contactId absent for somebody new.
 */
export async function saveContact(
  deps: Deps,
  actor: Person,
  input: {
    readonly dealId: DealId;
    readonly contactId: ContactId | undefined;
    readonly formId: string;
    readonly form: ContactForm;
  },
): Promise<SavedContact | Refusal> {
  const now = deps.clock.now();
  const { form, contactId } = input;
  const name = readLine(form.name, { field: 'name', what: 'Their name', max: 80 });
  if (isRefusal(name)) return name;
  const title = readTitle(form.title);
  if (isRefusal(title)) return title;
  const { workspaceId } = actor;
  return deps.store.transaction(async (tx) => {
    const deal = await reachOpenDeal(tx, actor, input.dealId);
    if (isRefusal(deal)) return deal;
    const known = contactId && (await findForChange(tx, deal, contactId, name));
    if (isRefusal(known)) return known;
    if (!(await firstSeen(tx, workspaceId, `form:${input.formId}`, now))) return { deal, name };
    const facts = { accountId: deal.accountId, name, title };
    const contact = known ?? (await ensureContact(tx, workspaceId, facts, now));
    const { role, power, stance } = form;
    const change = { name, title, power, stance, leftOn: undefined };
    await changeContact(tx, workspaceId, contact.id, change);
    await saveDealContact(tx, workspaceId, { dealId: deal.id, contactId: contact.id }, { role });
    await appendEvent(tx, {
      workspaceId,
      dealId: deal.id,
      at: now,
      actorId: actor.id,
      kind: 'contact_saved',
      payload: { contactId: contact.id, role, power, stance },
    });
    return { deal, name };
  });
}

function readTitle(typed: string | undefined): string | Refusal | undefined {
  if (cleanLine(typed ?? '') === '') return undefined;
  return readLine(typed, { field: 'title', what: 'Their title', max: 80 });
}

/** A contact of the deal's account whom nobody else there would share the new name with. */
async function findForChange(
  tx: Tx,
  deal: OpenDeal,
  id: ContactId,
  name: string,
): Promise<Contact | Refusal> {
  const contact = await findContact(tx, deal.workspaceId, id);
  if (!contact || contact.accountId !== deal.accountId) return contactGone;
  const namesake = await findContactNamed(tx, deal.accountId, name);
  if (namesake && namesake.id !== id) {
    return refuse(
      'name_taken',
      `${namesake.name} is in the list of ${deal.account} already. Add what tells them apart.`,
      'name',
    );
  }
  return contact;
}

export const contactGone = refuse(
  'contact_gone',
  'That person is not on this deal any more. /deal people shows who is.',
);
