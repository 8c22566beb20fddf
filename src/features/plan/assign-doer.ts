import type { OpenDeal } from '../../domain/deal.ts';
import type { Doer } from '../../domain/homework.ts';
import type { ContactId } from '../../domain/ids.ts';
import type { Person } from '../../domain/person.ts';
import { isRefusal, type Refusal, refuse } from '../../domain/refusal.ts';
import { cleanLine, readLine } from '../../domain/text.ts';
import { ensureContact, findContact } from '../../store/contacts.ts';
import type { Tx } from '../../store/store.ts';

/** What stands before a name that was typed, as *Name, role*, where a contact's id could be. */
export const newContactPrefix = 'new:';

export function asDoer({ name, id }: Person): Doer {
  return { name, personId: id, contactId: undefined };
}

/** A colleague as the doer of a step of ours, if they can do one. */
export function readColleague(person: Person | undefined): Doer | Refusal {
  if (!person) return refuse('no_doer', 'Pick the colleague who does it.', 'person');
  const who = person.name;
  if (person.standing === 'bot') {
    return refuse('bot_doer', `${who} is an app. Pick a colleague who can do it.`, 'person');
  }
  if (!person.active) {
    return refuse(
      'left_doer',
      `${who} is no longer in this workspace. Pick somebody else.`,
      'person',
    );
  }
  if (person.standing === 'guest') {
    return refuse('guest_doer', `${who} is a guest here. Pick a full member.`, 'person');
  }
  return asDoer(person);
}

/** Somebody at the buyer as a doer: a contact's id, or `new:` and what was typed. */
export async function readContact(
  tx: Tx,
  deal: OpenDeal,
  chosen: string,
  now: Date,
): Promise<Doer | Refusal> {
  if (chosen.startsWith(newContactPrefix)) {
    const [typedName, ...role] = chosen.slice(newContactPrefix.length).split(',');
    const name = readLine(typedName, { field: 'contact', what: 'Their name', max: 80 });
    if (isRefusal(name)) return name;
    const title = cleanLine(role.join(',')) || undefined;
    const asked = { accountId: deal.accountId, name, title };
    const contact = await ensureContact(tx, deal.workspaceId, asked, now);
    return { name: contact.name, contactId: contact.id, personId: undefined };
  }
  const contact = await findContact(tx, deal.workspaceId, chosen as ContactId);
  if (!contact || contact.accountId !== deal.accountId) {
    return refuse('no_doer', 'Who does it there? Type a name, like Dana Lee, CFO.', 'contact');
  }
  if (contact.leftOn) {
    const left = `${contact.name} no longer works there. Who does it now?`;
    return refuse('contact_left', left, 'contact');
  }
  return { name: contact.name, contactId: contact.id, personId: undefined };
}
